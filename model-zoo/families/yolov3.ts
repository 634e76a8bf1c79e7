/**
 * YOLOv3 on Darknet-53, and its tiny form.
 *
 * Figures: batch norm folded, as in the cited conversions; the last convolutions have biases.
 * Sources: arXiv:1804.02767; AlexeyAB/darknet cfg/yolov3.cfg, cfg/yolov3-tiny.cfg.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { darknetGraph } from '../blocks/darknet-head.ts'

const anchors = {
  stride8: [10, 13, 16, 30, 33, 23],
  stride16: [30, 61, 62, 45, 59, 119],
  stride32: [116, 90, 156, 198, 373, 326],
}

const tinyAnchors = {
  stride16: [10, 14, 23, 27, 37, 58],
  stride32: [81, 82, 135, 169, 344, 319],
}

/** Residual blocks of the stages at strides 2 to 32. */
const residuals = [1, 2, 8, 8, 4]

const convolution =
  (g: GraphBuilder) =>
  (x: Tensor, out: number, kernel: 1 | 3, stride = 1): Tensor =>
    g.conv(x, { out, kernel, stride, activation: 'leaky-relu' })

/** Darknet-53: maps at strides 2 to 32. */
function darknet53Features(g: GraphBuilder, image: Tensor): Tensor[] {
  const conv = convolution(g)
  let x = conv(image, 32, 3)
  return residuals.map((count, stage) => {
    g.within(`stage${stage + 1}`, () => {
      const out = 64 * 2 ** stage
      x = conv(x, out, 3, 2)
      for (let block = 0; block < count; block++) x = g.add(x, conv(conv(x, out / 2, 1), out, 3))
    })
    return x
  })
}

function yolov3(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const conv = convolution(g)
  const [, , stride8, stride16, stride32] = darknet53Features(g, image)
  if (stride8 === undefined || stride16 === undefined || stride32 === undefined) throw new Error('five stages')
  /** Five convolutions; the last feeds both the detections of its map and the finer map. */
  const set = (x: Tensor, out: number) => {
    const once = conv(conv(x, out, 1), 2 * out, 3)
    return conv(conv(conv(once, out, 1), 2 * out, 3), out, 1)
  }
  const joined = (coarse: Tensor, fine: Tensor) =>
    g.concat([g.upsample(conv(coarse, g.channels(coarse) / 2, 1), 2), fine], 1)
  const coarse = set(stride32, 512)
  const middle = set(joined(coarse, stride16), 256)
  const fine = set(joined(middle, stride8), 128)
  return darknetGraph(g, image, [
    { map: conv(coarse, 1024, 3), anchors: anchors.stride32 },
    { map: conv(middle, 512, 3), anchors: anchors.stride16 },
    { map: conv(fine, 256, 3), anchors: anchors.stride8 },
  ])
}

function yolov3Tiny(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const conv = convolution(g)
  let x = conv(image, 16, 3)
  for (const out of [32, 64, 128, 256]) x = conv(g.maxPool(x, { kernel: 2, stride: 2, pad: 0 }), out, 3)
  const stride16 = x
  const halved = conv(g.maxPool(stride16, { kernel: 2, stride: 2, pad: 0 }), 512, 3)
  const coarse = conv(conv(g.maxPool(halved, { kernel: 2, stride: 1, pad: 'same' }), 1024, 3), 256, 1)
  const fine = g.concat([g.upsample(conv(coarse, 128, 1), 2), stride16], 1)
  return darknetGraph(g, image, [
    { map: conv(coarse, 512, 3), anchors: tinyAnchors.stride32 },
    { map: conv(fine, 256, 3), anchors: tinyAnchors.stride16 },
  ])
}

const preset = (file: string, build: Preset['build']): Preset => ({
  family: 'yolo_classic',
  task: 'detection',
  inputShape: [1, 3, 416, 416],
  citation: `arXiv:1804.02767; AlexeyAB/darknet cfg/${file}`,
  build,
})

export const yolov3Presets: PresetTable = {
  yolov3: preset('yolov3.cfg', yolov3),
  'yolov3-tiny': preset('yolov3-tiny.cfg', yolov3Tiny),
}
