/** The preset zoo: well-known architectures built by code, weights described and never stored. */

import type { Preset, PresetInfo, PresetOptions, PresetTable } from '../simulator/build/preset.ts'
import type { Graph } from '../simulator/graph/graph.ts'
import { fail } from '../simulator/problem.ts'
import { alexnetVggPresets } from './families/alexnet-vgg.ts'
import { beitPresets } from './families/beit.ts'
import { bertPresets } from './families/bert.ts'
import { bisenetPresets } from './families/bisenet.ts'
import { blazefacePresets } from './families/blazeface.ts'
import { centernetPresets } from './families/centernet.ts'
import { clipTextPresets } from './families/clip-text.ts'
import { convnextPresets } from './families/convnext.ts'
import { ddrnetPresets } from './families/ddrnet.ts'
import { decoderLlmPresets } from './families/decoder-llm.ts'
import { deeplabPresets } from './families/deeplab.ts'
import { depthAnythingPresets } from './families/depth-anything.ts'
import { detrPresets } from './families/detr.ts'
import { dlaPresets } from './families/dla.ts'
import { efficientdetPresets } from './families/efficientdet.ts'
import { efficientformerPresets } from './families/efficientformer.ts'
import { efficientnetPresets } from './families/efficientnet.ts'
import { efficientvitPresets } from './families/efficientvit.ts'
import { esrganPresets } from './families/esrgan.ts'
import { fastdepthPresets } from './families/fastdepth.ts'
import { fastvitPresets } from './families/fastvit.ts'
import { fcnPspnetPresets } from './families/fcn-pspnet.ts'
import { ffnetPresets } from './families/ffnet.ts'
import { ghostnetPresets } from './families/ghostnet.ts'
import { googlenetPresets } from './families/googlenet.ts'
import { hardnetPresets } from './families/hardnet.ts'
import { hrnetPresets } from './families/hrnet.ts'
import { inceptionPresets } from './families/inception.ts'
import { levitPresets } from './families/levit.ts'
import { midasPresets } from './families/midas.ts'
import { mixnetPresets } from './families/mixnet.ts'
import { mlperfTinyPresets } from './families/mlperf-tiny.ts'
import { mobilebertPresets } from './families/mobilebert.ts'
import { mobilefacenetPresets } from './families/mobilefacenet.ts'
import { mobilenetV1Presets } from './families/mobilenet-v1.ts'
import { mobilenetV2Presets } from './families/mobilenet-v2.ts'
import { mobilenetV3Presets } from './families/mobilenet-v3.ts'
import { mobilenetV4Presets } from './families/mobilenet-v4.ts'
import { mobilevitPresets } from './families/mobilevit.ts'
import { nanodetPresets } from './families/nanodet.ts'
import { nasMobilePresets } from './families/nas-mobile.ts'
import { pidnetPresets } from './families/pidnet.ts'
import { posePresets } from './families/pose.ts'
import { preactivationPresets } from './families/preactivation.ts'
import { regnetPresets } from './families/regnet.ts'
import { repvggPresets } from './families/repvgg.ts'
import { resnetPresets } from './families/resnet.ts'
import { retinafacePresets } from './families/retinaface.ts'
import { retinanetPresets } from './families/retinanet.ts'
import { rtmdetPresets } from './families/rtmdet.ts'
import { scrfdPresets } from './families/scrfd.ts'
import { sdUnetPresets } from './families/sd-unet.ts'
import { sdVaePresets } from './families/sd-vae.ts'
import { segformerPresets } from './families/segformer.ts'
import { selfieSegmentationPresets } from './families/selfie-segmentation.ts'
import { shufflenetPresets } from './families/shufflenet.ts'
import { speechConvolutionalPresets } from './families/speech-convolutional.ts'
import { squeezenetPresets } from './families/squeezenet.ts'
import { ssdPresets } from './families/ssd.ts'
import { superResolutionPresets } from './families/super-resolution.ts'
import { swinPresets } from './families/swin.ts'
import { unetPresets } from './families/unet.ts'
import { videoResnetPresets } from './families/video-resnet.ts'
import { vitPresets } from './families/vit.ts'
import { vovnetPresets } from './families/vovnet.ts'
import { whisperPresets } from './families/whisper.ts'
import { yoloFastestPresets } from './families/yolo-fastest.ts'
import { yolo11Presets } from './families/yolo11.ts'
import { yolov3Presets } from './families/yolov3.ts'
import { yolov4Presets } from './families/yolov4.ts'
import { yolov5Presets } from './families/yolov5.ts'
import { yolov6Presets } from './families/yolov6.ts'
import { yolov7Presets } from './families/yolov7.ts'
import { yolov8Presets } from './families/yolov8.ts'
import { yolov9Presets } from './families/yolov9.ts'
import { yolov10Presets } from './families/yolov10.ts'
import { yoloxPresets } from './families/yolox.ts'
import { nearMatches } from './near-match.ts'
import { inputShape, scaleOf } from './options.ts'

export type { PresetInfo, PresetOptions } from '../simulator/build/preset.ts'
export { presetDecoder } from './families/decoder-llm.ts'

const tables: readonly PresetTable[] = [
  posePresets,
  mobilefacenetPresets,
  scrfdPresets,
  retinafacePresets,
  blazefacePresets,
  centernetPresets,
  detrPresets,
  rtmdetPresets,
  nanodetPresets,
  efficientdetPresets,
  retinanetPresets,
  ssdPresets,
  esrganPresets,
  superResolutionPresets,
  videoResnetPresets,
  bisenetPresets,
  ddrnetPresets,
  deeplabPresets,
  depthAnythingPresets,
  fastdepthPresets,
  fcnPspnetPresets,
  ffnetPresets,
  midasPresets,
  pidnetPresets,
  sdUnetPresets,
  sdVaePresets,
  segformerPresets,
  selfieSegmentationPresets,
  speechConvolutionalPresets,
  unetPresets,
  efficientformerPresets,
  efficientvitPresets,
  fastvitPresets,
  levitPresets,
  mobilevitPresets,
  beitPresets,
  convnextPresets,
  dlaPresets,
  hardnetPresets,
  hrnetPresets,
  mixnetPresets,
  regnetPresets,
  repvggPresets,
  swinPresets,
  vovnetPresets,
  alexnetVggPresets,
  efficientnetPresets,
  ghostnetPresets,
  googlenetPresets,
  inceptionPresets,
  mobilenetV3Presets,
  mobilenetV4Presets,
  nasMobilePresets,
  preactivationPresets,
  shufflenetPresets,
  bertPresets,
  decoderLlmPresets,
  whisperPresets,
  mobilebertPresets,
  clipTextPresets,
  mlperfTinyPresets,
  mobilenetV1Presets,
  mobilenetV2Presets,
  resnetPresets,
  squeezenetPresets,
  vitPresets,
  yolov3Presets,
  yolov4Presets,
  yoloFastestPresets,
  yolov5Presets,
  yolov6Presets,
  yolov7Presets,
  yolov8Presets,
  yolov9Presets,
  yolov10Presets,
  yolo11Presets,
  yoloxPresets,
]

const byId: ReadonlyMap<string, Preset> = new Map(tables.flatMap((table) => Object.entries(table)))

/** All presets by id, ids as in `model-zoo/published/zoo.csv`. */
export const presets: ReadonlyMap<string, PresetInfo> = byId

/**
 * The graph of a preset with static shapes: batch 1, size, width and depth as published unless `options` say otherwise.
 *
 * Throws `unknown-preset` (with near matches) and `invalid-field` for what cannot be built.
 */
export function buildPreset(id: string, options: PresetOptions = {}): Graph {
  const preset = byId.get(id)
  if (preset === undefined) {
    const near = nearMatches(id, [...byId.keys()])
    throw fail('unknown-preset', near.length === 0 ? 'List the presets.' : `Did you mean ${near.join(', ')}?`, {
      where: id,
    })
  }
  return preset.build(id, inputShape(preset, options), scaleOf(preset, options))
}
