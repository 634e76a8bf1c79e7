import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../simulator/zoo/index.ts'

/** What the compiled model has beside the network: conversions at its boundary, and where it takes raw pixels their normalisation. */
const boundary = 4
const normalisation = 2

/**
 * Layers that ONNX Runtime reports for float models deployed by Qualcomm AI Hub (quic/ai-hub-models 52c080d, perf.yaml
 * of each model, runtime onnx). A missing or doubled node of a builder shows here even where no weight counts it.
 */
describe('layers of deployed models', () => {
  test.for([
    { presetId: 'resnet18', layers: 55, around: boundary + normalisation },
    { presetId: 'unet', layers: 53, around: boundary },
    { presetId: 'bisenet-v1', layers: 82, around: boundary },
    { presetId: 'ffnet-40s', layers: 144, around: boundary + normalisation },
    { presetId: 'ddrnet23-slim', layers: 157, around: boundary + normalisation },
    { presetId: 'mediapipe-selfie', layers: 140, around: boundary },
    { presetId: 'quicksrnet-small', layers: 13, around: boundary },
    { presetId: 'quicksrnet-medium', layers: 19, around: boundary },
    { presetId: 'xlsr', layers: 23, around: boundary },
    { presetId: 'sesr-m5', layers: 33, around: boundary },
    { presetId: 'real-esrgan-general-x4v3', layers: 74, around: boundary },
    { presetId: 'hrnet-w32-pose', layers: 749, around: boundary + normalisation },
    { presetId: 'r3d-18', layers: 54, around: boundary + normalisation },
    { presetId: 'mc3-18', layers: 54, around: boundary + normalisation },
  ])('$presetId has the $layers layers of its deployment', ({ presetId, layers, around }) => {
    expect(buildPreset(presetId).nodes.length + around).toBe(layers)
  })
})
