import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../model-zoo/index.ts'
import { fuse } from '../../simulator/cost/fuse.ts'
import type { BoundNode } from '../../simulator/graph/bound.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import { litertFusion } from '../support/litert-fusion.ts'

/** What the compiled model has beside the network: conversions at its boundary, and where it takes raw pixels their normalisation. */
const boundary = 4
const normalisation = 2

/**
 * Layers that the runtimes report for float models deployed by Qualcomm AI Hub (quic/ai-hub-models 52c080d, perf.yaml of
 * each model). A missing or doubled node of a builder shows here even where no weight counts it.
 */
describe('layers of deployed models', () => {
  test.for([
    { presetId: 'resnet18', layers: 55, around: boundary + normalisation },
    { presetId: 'resnet50', layers: 128, around: boundary + normalisation },
    { presetId: 'resnext101-32x8d', layers: 247, around: boundary + normalisation },
    { presetId: 'regnet-x-3.2gf', layers: 190, around: boundary + normalisation },
    { presetId: 'efficientnet-b0', layers: 245, around: boundary + normalisation },
    { presetId: 'mobilenet-v3-large', layers: 146, around: boundary + normalisation },
    { presetId: 'googlenet', layers: 145, around: boundary + normalisation },
    { presetId: 'ddrnet23-slim', layers: 157, around: boundary + normalisation },
    { presetId: 'ffnet-40s', layers: 144, around: boundary + normalisation },
    { presetId: 'unet', layers: 53, around: boundary },
    { presetId: 'bisenet-v1', layers: 82, around: boundary },
    { presetId: 'mediapipe-selfie', layers: 140, around: boundary },
  ])('$presetId has the $layers layers that ONNX Runtime reports', ({ presetId, layers, around }) => {
    expect(buildPreset(presetId).nodes.length + around).toBe(layers)
  })

  test.for([
    { presetId: 'resnet18', layers: 38, around: normalisation },
    { presetId: 'resnet50', layers: 79, around: normalisation },
    { presetId: 'wide-resnet50-2', layers: 79, around: normalisation },
    { presetId: 'resnext101-32x8d', layers: 147, around: normalisation },
    { presetId: 'regnet-x-3.2gf', layers: 114, around: normalisation },
    { presetId: 'mobilenet-v2-1.0', layers: 71, around: normalisation },
    { presetId: 'mnasnet0-5', layers: 71, around: normalisation },
    { presetId: 'googlenet', layers: 84, around: normalisation },
    { presetId: 'efficientnet-b0', layers: 245, around: normalisation },
    { presetId: 'ffnet-40s', layers: 94, around: normalisation },
    { presetId: 'unet', layers: 31, around: 0 },
    { presetId: 'bisenet-v1', layers: 64, around: 0 },
    { presetId: 'yamnet', layers: 30, around: 0 },
    { presetId: 'esrgan-x4', layers: 1024, around: 0 },
  ])('$presetId fuses to the $layers layers that TFLite reports', ({ presetId, layers, around }) => {
    const bound = bindShapes(buildPreset(presetId), {})
    const summary = summarize(bound, presetId)
    const kernels = fuse(summary, 'fp32', litertFusion)
    const pads = bound.nodes.filter(needsPad)
    // TFLite has no SiLU: a sigmoid and a product, two layers.
    const gates = summary.operators.filter(({ op }) => op === 'Swish')
    expect(kernels.length + gates.length + pads.length + around).toBe(layers)
  })
})

/** TFLite knows no explicit padding: what is neither `SAME` nor `VALID` is a PAD of its own. */
function needsPad({ node, inputs }: BoundNode): boolean {
  const { kernel_shape: kernel, strides, pads, dilations = [] } = node.attributes
  const type = inputs[0]?.type
  if (node.op === 'ConvTranspose' || type?.kind !== 'tensor' || !isSizes(type.shape)) return false
  if (!isSizes(kernel) || !isSizes(strides) || !isSizes(pads) || !isSizes(dilations)) return false
  if (pads.every((size) => size === 0)) return false
  return type.shape.slice(2).some((size, axis) => {
    const [step = 1, reach] = [strides[axis], (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1)]
    const total = Math.max(0, (Math.ceil(size / step) - 1) * step + reach + 1 - size)
    const same = [Math.floor(total / 2), Math.ceil(total / 2)]
    return pads[axis] !== same[0] || pads[axis + kernel.length] !== same[1]
  })
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number')
}
