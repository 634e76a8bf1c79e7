/**
 * Single-shot detectors: boxes and classes predicted on maps of a backbone and on smaller maps behind it.
 *
 * Outputs are the encoded boxes and the class probabilities of all anchors; decoding and suppression are the caller's.
 * Figures: batch norm folded, as counted by Open Model Zoo; the ResNet-34 file also holds 0.08 M of default boxes.
 * Sources: arXiv:1512.02325, 1704.04861, 1801.04381; tensorflow/models research/object_detection (ssd_mobilenet_v1_coco,
 * ssdlite_mobilenet_v2_coco); chuanqi305/MobileNet-SSD, SqueezeNet-SSD; mlcommons/inference
 * vision/classification_and_detection/python/models/ssd_r34.py.
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Padding } from '../../simulator/build/window.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { anchorRows } from '../blocks/anchor-rows.ts'
import { separable } from '../blocks/separable.ts'
import { mobilenetV1Features } from './mobilenet-v1.ts'
import { expand, filterAndProject, mobilenetV2Features } from './mobilenet-v2.ts'
import { resnet34, resnetFeatures } from './resnet.ts'
import { squeezenet11, squeezenetFeatures } from './squeezenet.ts'

/** A map behind the backbone: 1×1 to `squeezed`, 3×3 to `out`. */
interface ExtraMap {
  readonly squeezed: number
  readonly out: number
  /** Default 2. */
  readonly stride?: number
  /** Default the detector's. */
  readonly pad?: Padding
}

interface SsdConfig {
  /** Maps that boxes are predicted on; the last one goes on to the extra maps. */
  readonly backbone: (g: GraphBuilder, image: Tensor) => Tensor[]
  readonly extras: readonly ExtraMap[]
  /** Anchors per cell of each map. */
  readonly anchors: readonly number[]
  /** Background included. */
  readonly classes: number
  readonly scores: 'sigmoid' | 'softmax'
  readonly predictor: { readonly kernel: number; readonly stride?: number }
  /** Depthwise-separable 3×3 convolutions after the backbone (SSDLite). */
  readonly lite?: boolean
  readonly activation: Activation
  readonly pad: Padding
}

export function ssd(name: string, shape: readonly number[], config: SsdConfig): Graph {
  const g = new GraphBuilder(name)
  const maps = config.backbone(g, g.input('input', shape))
  config.extras.forEach((extra, index) => {
    maps.push(g.within(`extra${index}`, () => extraMap(g, lastOf(maps), extra, config)))
  })
  const predicted = maps.map((map, level) => {
    const anchors = config.anchors[level] ?? 0
    return g.within(`head${level}`, () => ({
      boxes: predictor(g, map, 4 * anchors, config),
      scores: predictor(g, map, config.classes * anchors, config),
    }))
  })
  const boxes = predicted.map((map) => map.boxes)
  const scores = predicted.map((map) => map.scores)
  const logits = anchorRows(g, scores, config.classes)
  return g.finish({
    boxes: anchorRows(g, boxes, 4),
    scores: config.scores === 'softmax' ? g.softmax(logits) : g.sigmoid(logits),
  })
}

function extraMap(g: GraphBuilder, x: Tensor, extra: ExtraMap, config: SsdConfig): Tensor {
  const { activation } = config
  const squeezed = g.conv(x, { out: extra.squeezed, kernel: 1, activation })
  const window = { kernel: 3, stride: extra.stride ?? 2, pad: extra.pad ?? config.pad, out: extra.out, activation }
  return config.lite === true ? separable(g, squeezed, { ...window, between: activation }) : g.conv(squeezed, window)
}

function predictor(g: GraphBuilder, map: Tensor, out: number, { predictor, lite, activation, pad }: SsdConfig): Tensor {
  const options = { ...predictor, pad, out }
  return lite === true ? separable(g, map, { ...options, between: activation }) : g.conv(map, options)
}

function lastOf(maps: readonly Tensor[]): Tensor {
  const last = maps.at(-1)
  if (last === undefined) throw new Error('a backbone has maps')
  return last
}

function chosen(features: readonly Tensor[], indices: readonly number[]): Tensor[] {
  return indices.map((index) => lastOf(features.slice(index, index + 1)))
}

const fourSmallerMaps: readonly ExtraMap[] = [
  { squeezed: 256, out: 512 },
  { squeezed: 128, out: 256 },
  { squeezed: 128, out: 256 },
  { squeezed: 64, out: 128 },
]

/** MobileNet V1 to its 11th and 13th block. */
const mobilenetV1Coco: SsdConfig = {
  backbone: (g, image) => chosen(mobilenetV1Features(g, image, 1), [11, 13]),
  extras: fourSmallerMaps,
  anchors: [3, 6, 6, 6, 6, 6],
  classes: 91,
  scores: 'sigmoid',
  predictor: { kernel: 1 },
  activation: 'relu6',
  pad: 'same',
}

const mobilenetV1Voc: SsdConfig = {
  ...mobilenetV1Coco,
  backbone: (g, image) => chosen(mobilenetV1Features(g, image, 1, { activation: 'relu', pad: 'symmetric' }), [11, 13]),
  classes: 21,
  scores: 'softmax',
  activation: 'relu',
  pad: 'symmetric',
}

const mobilenetV2Lite: SsdConfig = {
  ...mobilenetV1Coco,
  backbone: mobilenetV2Maps,
  predictor: { kernel: 3 },
  lite: true,
}

/** The wide map inside the last block that halves the resolution, and the 1×1 behind the blocks. */
function mobilenetV2Maps(g: GraphBuilder, image: Tensor): Tensor[] {
  const wide: Tensor[] = []
  const features = mobilenetV2Features(g, image, 1, {
    pad: 'same',
    block(builder, x, options) {
      const expanded = expand(builder, x, options.expansion)
      if (options.stride === 2) wide.push(expanded)
      return filterAndProject(builder, x, expanded, options)
    },
  })
  return [lastOf(wide), g.conv(lastOf(features), { out: 1280, kernel: 1, activation: 'relu6' })]
}

/** SqueezeNet 1.1 with two more fire modules behind poolings. */
const squeezenetVoc: SsdConfig = {
  backbone: (g, image) => {
    const body = [...squeezenet11.body, 'pool', 96, 'pool', 96] as const
    return chosen(squeezenetFeatures(g, image, { ...squeezenet11, body }), [6, 11, 13, 15])
  },
  extras: [
    { squeezed: 128, out: 256 },
    { squeezed: 64, out: 128 },
  ],
  anchors: [4, 6, 6, 6, 6, 4],
  classes: 21,
  scores: 'softmax',
  predictor: { kernel: 3 },
  activation: 'relu',
  pad: 'symmetric',
}

/** ResNet-34 to its third stage, which keeps stride 8. */
const resnet34Coco: SsdConfig = {
  backbone: (g, image) => {
    const config = { ...resnet34, depths: resnet34.depths.slice(0, 3), keep: [false, false, true] }
    return [lastOf(resnetFeatures(g, image, config))]
  },
  extras: [
    { squeezed: 256, out: 512 },
    { squeezed: 256, out: 512 },
    { squeezed: 128, out: 256 },
    { squeezed: 128, out: 256, pad: 0 },
    { squeezed: 128, out: 256, stride: 1, pad: 0 },
  ],
  anchors: [4, 6, 6, 6, 4, 4],
  classes: 81,
  scores: 'softmax',
  predictor: { kernel: 3, stride: 3 },
  activation: 'relu',
  pad: 'symmetric',
}

const preset = (size: number, config: SsdConfig, citation: string): Preset => ({
  family: 'ssd',
  task: 'detection',
  inputShape: [1, 3, size, size],
  citation,
  build: (name, shape) => ssd(name, shape, config),
})

const tensorflow = 'arXiv:1512.02325; tensorflow/models research/object_detection'

export const ssdPresets: PresetTable = {
  'ssd-mobilenet-v1': preset(300, mobilenetV1Coco, `${tensorflow} ssd_mobilenet_v1_coco`),
  // What Hailo Model Zoo publishes as ssd_mobilenet_v2 is the SSDLite network: 4.46 M parameters, 0.76 G MACs.
  'ssd-mobilenet-v2': preset(300, mobilenetV2Lite, `${tensorflow}; Hailo Model Zoo ssd_mobilenet_v2 (SSDLite)`),
  'ssdlite-mobilenet-v2': preset(300, mobilenetV2Lite, `${tensorflow} ssdlite_mobilenet_v2_coco`),
  'mobilenet-ssd-caffe': preset(300, mobilenetV1Voc, 'arXiv:1512.02325; chuanqi305/MobileNet-SSD deploy.prototxt'),
  'squeezenet-ssd': preset(300, squeezenetVoc, 'arXiv:1512.02325; chuanqi305/SqueezeNet-SSD'),
  'ssd-resnet34-1200': preset(1200, resnet34Coco, 'arXiv:1512.02325; mlcommons/inference ssd_r34.py'),
}
