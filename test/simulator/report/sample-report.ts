/** A small, complete report built by code, with one figure of every kind: available, unavailable, judged, unknown. */
import type { Budget, Fit, Verdict } from '../../../simulator/decide/budget.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { AvailableMetric, Prediction } from '../../../simulator/predict/prediction.ts'
import { buildReport, type ReportInput } from '../../../simulator/report/build.ts'
import type { EdgeRunMeasurement, Report } from '../../../simulator/report/format.ts'

export const summary: GraphSummary = {
  version: 2,
  name: 'one convolution',
  batch: 1,
  tensors: [
    { role: 'input', dtype: 'float32', shape: [1, 3, 8, 8] },
    { role: 'output', dtype: 'float32', shape: [1, 4, 8, 8] },
  ],
  constants: [{ dtype: 'float32', elements: 108 }],
  operators: [
    {
      name: 'conv',
      op: 'Conv',
      origins: ['Conv'],
      class: 'convolution',
      inputs: [0],
      outputs: [1],
      constants: [0],
      macs: 6912,
      vectorOps: 0,
      gemm: { m: 64, n: 4, k: 27, repeat: 1 },
      window: { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 1, inputChannels: 3, outputChannels: 4 },
    },
  ],
}

export function metric(p50: number, factor = 2): AvailableMetric {
  return {
    availability: 'available',
    p50,
    pi80: [p50 / factor, p50 * factor],
    pi95: [p50 / factor ** 1.5, p50 * factor ** 1.5],
  }
}

export function samplePrediction(deviceId: string, latencyMs: number, changes: Partial<Prediction> = {}): Prediction {
  return {
    modelId: 'm'.repeat(26),
    deviceId,
    unitId: 'npu',
    runtimeId: 'tflite',
    precision: 'int8',
    batch: 1,
    powerMode: 'default',
    engineVersion: '0.2.0',
    catalogVersion: 'catalog-1',
    latencyMs: metric(latencyMs),
    throughputPerS: metric(1000 / latencyMs),
    energyMj: { availability: 'unavailable', missing: 'device.idleW' },
    powerW: metric(2.5),
    memory: {
      weightBytes: 108,
      kvCacheBytes: 0,
      peakActivationBytes: 448,
      peakOperator: 'conv',
      runtimeBytes: null,
      totalBytes: metric(556),
      capacityBytes: 1_000_000,
    },
    coverage: 1,
    unknownOperators: [],
    totals: { macs: 6912, vectorOps: 0, parameters: 108, trafficBytes: 556 },
    bound: 'compute',
    boundShare: 0.7,
    energyParts: null,
    largestKernels: [0],
    kernels: [
      {
        name: 'conv',
        operators: ['conv'],
        class: 'convolution',
        macs: 6912,
        vectorOps: 0,
        weightBytes: 108,
        inputBytes: 192,
        outputBytes: 256,
        arithmeticIntensity: 12.4,
        timeMs: latencyMs,
        computeMs: latencyMs,
        memoryMs: 0,
        linkMs: 0,
        overheadMs: 0,
        bound: 'compute',
        losses: [],
        energyMj: null,
        liveBytes: 448,
      },
    ],
    evidence: {
      level: 'extrapolated',
      rows: 0,
      networks: 0,
      devices: 0,
      anchored: false,
      basis: 'device',
      outsideEvidence: false,
    },
    measured: [],
    basis: [],
    explanation: { formula: 'LAT-1', quantity: 'latency', value: latencyMs, unit: 'ms', operation: 'leaf', inputs: [] },
    warnings: [],
    ...changes,
  }
}

export function sampleFit(verdict: Verdict, pMeets: number | null): Fit {
  return { verdict, pMeets, checks: [], blocking: null }
}

const budget: Budget = { maxLatencyMs: 33, maxPowerW: 10 }

export const edgeRun: EdgeRunMeasurement = {
  model: 'preset:squeezenet1-1',
  precision: 'fp32',
  valid: true,
  method: 'theil-sen',
  slopeMs: 61.2,
  interceptMs: 1.4,
  r2: 0.9991,
  samples: [
    { k: 1, ms: 62.6 },
    { k: 4, ms: 246.2 },
  ],
  versions: { 'onnxruntime-web': '1.30.0' },
  colo: null,
}

export function sampleInput(changes: Partial<ReportInput> = {}): ReportInput {
  return {
    title: 'Camera under 10 W',
    model: { name: summary.name, summary },
    budget,
    rows: [
      { deviceName: 'Slow Board', prediction: samplePrediction('slow-board', 120), fit: sampleFit('fails', 0.02) },
      { deviceName: 'Fast Board', prediction: samplePrediction('fast-board', 4.2), fit: sampleFit('fits', 0.97) },
      {
        deviceName: 'Dark Board',
        prediction: samplePrediction('dark-board', 1, {
          latencyMs: { availability: 'unavailable', missing: 'unit.peakMacsPerS' },
        }),
        fit: sampleFit('unknown', null),
      },
    ],
    ...changes,
  }
}

export function sampleReport(changes: Partial<ReportInput> = {}): Report {
  return buildReport(sampleInput(changes))
}
