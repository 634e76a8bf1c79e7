/**
 * Efficiencies of the first law by kind of unit **(defaults)**: starting values for calibration, from the ranges in
 * docs/method/latency.md, not claims about a product.
 */
import { operatorClasses } from '../graph/summary.ts'
import type { UnitKind } from './device.ts'
import { type Efficiency, idleHost, type LawParameters, type LawParametersPatch } from './parameters.ts'

/** Classes that multiply share five figures; the others have no MACs to speak of and follow the matrix product. */
function efficiency(
  convolution: number,
  depthwise: number,
  fullyConnected: number,
  matmul: number,
  recurrent: number,
): Efficiency {
  return {
    convolution,
    'depthwise-convolution': depthwise,
    'transposed-convolution': convolution * 0.7,
    'fully-connected': fullyConnected,
    matmul,
    attention: matmul,
    recurrent,
    elementwise: matmul,
    activation: matmul,
    normalization: matmul,
    softmax: matmul,
    pooling: matmul,
    reduction: matmul,
    resize: matmul,
    layout: matmul,
    view: matmul,
    gather: matmul,
    quantization: matmul,
    'control-flow': matmul,
    detection: matmul,
    classical: matmul,
    unknown: matmul,
  }
}

/** Every class `share` times as efficient, at most 1. */
export function scaleEfficiency(all: Efficiency, share: number): Efficiency {
  const scaled = { ...all }
  for (const operatorClass of operatorClasses) scaled[operatorClass] = Math.min(1, all[operatorClass] * share)
  return scaled
}

/** What applies to a unit unless its kind or a narrower scope says otherwise. */
export const baseParameters: LawParameters = {
  efficiency: efficiency(0.5, 0.1, 0.5, 0.4, 0.3),
  vectorOpsPerMac: 1 / 32,
  vectorEfficiency: 0.5,
  bandwidthEfficiency: 0.7,
  onchipBytesPerVectorOp: 2,
  bytesPerCoreCycle: 2.5,
  portBytesPerCycle: Number.POSITIVE_INFINITY,
  halfSizeBytes: 20_000,
  overlapExponent: 4,
  perKernelS: 2e-6,
  perForkS: 2e-6,
  perInferenceS: 100e-6,
  host: idleHost,
  parallelShare: 0.95,
  energyOverhead: 6,
  logSd: 0.6,
}

export const kindParameters: Readonly<Record<UnitKind, LawParametersPatch & { readonly efficiency: Efficiency }>> = {
  'cpu-simd': {
    efficiency: efficiency(0.55, 0.18, 0.55, 0.45, 0.35),
    vectorEfficiency: 0.35,
    bandwidthEfficiency: 0.6,
    onchipBytesPerVectorOp: 3,
    halfSizeBytes: 2_000,
    perKernelS: 3e-6,
    perInferenceS: 30e-6,
    energyOverhead: 10,
    logSd: 0.75,
  },
  'wasm-simd': {
    efficiency: efficiency(0.5, 0.25, 0.5, 0.5, 0.35),
    vectorEfficiency: 0.3,
    bandwidthEfficiency: 0.5,
    onchipBytesPerVectorOp: 3,
    halfSizeBytes: 2_000,
    overlapExponent: 2,
    perKernelS: 4e-6,
    perInferenceS: 200e-6,
    energyOverhead: 10,
    logSd: 0.7,
  },
  gpu: {
    efficiency: efficiency(0.6, 0.25, 0.7, 0.6, 0.3),
    vectorEfficiency: 0.5,
    bandwidthEfficiency: 0.75,
    onchipBytesPerVectorOp: 1,
    // AGX Orin with half or fewer of its processors on, measured (docs/method/gpu.md, GPU-3).
    bytesPerCoreCycle: 32,
    halfSizeBytes: 50_000,
    perKernelS: 4e-6,
    perInferenceS: 60e-6,
    energyOverhead: 4,
    logSd: 0.65,
  },
  npu: { efficiency: efficiency(0.4, 0.06, 0.4, 0.3, 0.2), perKernelS: 3e-6, perInferenceS: 300e-6, logSd: 1.0 },
  'hexagon-htp': {
    efficiency: efficiency(0.3, 0.05, 0.4, 0.2, 0.15),
    portBytesPerCycle: 64,
    perKernelS: 1.5e-6,
    perInferenceS: 150e-6,
    logSd: 0.8,
  },
  'apple-neural-engine': {
    efficiency: efficiency(0.6, 0.15, 0.5, 0.4, 0.2),
    perKernelS: 1e-6,
    perInferenceS: 150e-6,
    logSd: 0.7,
  },
  'edge-tpu': {
    efficiency: efficiency(0.5, 0.12, 0.5, 0.4, 0.2),
    vectorOpsPerMac: 1 / 64,
    vectorEfficiency: 1,
    perKernelS: 1e-6,
    perInferenceS: 200e-6,
    bandwidthEfficiency: 0.9,
    logSd: 0.5,
  },
  dataflow: {
    efficiency: efficiency(0.45, 0.06, 0.3, 0.1, 0.1),
    vectorOpsPerMac: 1 / 16,
    vectorEfficiency: 1,
    perKernelS: 0,
    perInferenceS: 50e-6,
    logSd: 0.9,
  },
  systolic: {
    efficiency: efficiency(0.5, 0.02, 0.6, 0.5, 0.2),
    vectorOpsPerMac: 1 / 64,
    halfSizeBytes: 100_000,
    perKernelS: 3e-6,
    perInferenceS: 100e-6,
    energyOverhead: 4,
    logSd: 0.9,
  },
  dsp: { efficiency: efficiency(0.4, 0.2, 0.4, 0.3, 0.2), perKernelS: 5e-6, perInferenceS: 300e-6, logSd: 1.0 },
  'fpga-dpu': { efficiency: efficiency(0.7, 0.2, 0.4, 0.3, 0.2), perKernelS: 5e-6, perInferenceS: 200e-6, logSd: 0.9 },
  'ethos-u': {
    efficiency: efficiency(0.7, 0.8, 0.7, 0.6, 0.5),
    vectorOpsPerMac: 1 / 128,
    vectorEfficiency: 1,
    halfSizeBytes: 500,
    perKernelS: 2e-6,
    perInferenceS: 50e-6,
    energyOverhead: 12,
    logSd: 0.7,
  },
  'mcu-cpu': {
    efficiency: efficiency(0.8, 0.8, 0.8, 0.7, 0.7),
    vectorOpsPerMac: 0.5,
    halfSizeBytes: 32,
    perKernelS: 0,
    perInferenceS: 50e-6,
    energyOverhead: 4,
    logSd: 0.5,
  },
  'mcu-npu': {
    efficiency: efficiency(0.9, 0.35, 0.7, 0.7, 0.45),
    vectorOpsPerMac: 1 / 8,
    halfSizeBytes: 500,
    perKernelS: 5e-6,
    perInferenceS: 50e-6,
    energyOverhead: 12,
    logSd: 1.0,
  },
  'compute-in-memory': {
    efficiency: efficiency(0.3, 0.05, 0.3, 0.2, 0.1),
    perKernelS: 2e-6,
    perInferenceS: 100e-6,
    energyOverhead: 3,
    logSd: 1.2,
  },
}
