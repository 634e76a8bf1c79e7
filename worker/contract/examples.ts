/**
 * Values that stand in the OpenAPI document as examples. The contract tests send every one of them, so they are
 * requests that work and ids that exist; figures in the report are illustrations.
 */
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { AvailableMetric } from '../../simulator/predict/prediction.ts'
import type { Report, ReportPrediction } from '../../simulator/report/format.ts'

export const exampleDeviceId = 'jetson-orin-nano-8gb'
export const exampleEdgeRunId = '0a4a3f1e-8a3c-4a9e-9d67-2f3b8c1d5e60'

/** One 3×3 convolution with its activation, 8 channels out of 3. */
export const exampleSummary: GraphSummary = {
  version: 2,
  name: 'one-convolution',
  batch: 1,
  tensors: [
    { role: 'input', dtype: 'float32', shape: [1, 3, 32, 32] },
    { role: 'activation', dtype: 'float32', shape: [1, 8, 32, 32] },
    { role: 'output', dtype: 'float32', shape: [1, 8, 32, 32] },
  ],
  constants: [
    { dtype: 'float32', elements: 216 },
    { dtype: 'float32', elements: 8 },
  ],
  operators: [
    {
      name: 'conv',
      op: 'Conv',
      origins: ['Conv'],
      class: 'convolution',
      inputs: [0],
      outputs: [1],
      constants: [0, 1],
      macs: 221_184,
      vectorOps: 8192,
      gemm: { m: 1024, n: 8, k: 27, repeat: 1 },
      window: { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 1, inputChannels: 3, outputChannels: 8 },
    },
    {
      name: 'relu',
      op: 'Relu',
      origins: ['Relu'],
      class: 'activation',
      inputs: [1],
      outputs: [2],
      constants: [],
      macs: 0,
      vectorOps: 8192,
      gemm: null,
      window: null,
    },
  ],
}

/** Of `exampleSummary`. */
export const exampleModelId = 'anjrx6zyhnxpnjwdsjkxl3agvu'

const around = (p50: number): AvailableMetric => ({
  availability: 'available',
  p50,
  pi80: [p50 / 2, p50 * 2],
  pi95: [p50 / 4, p50 * 4],
})

const examplePrediction: ReportPrediction = {
  modelId: exampleModelId,
  deviceId: exampleDeviceId,
  unitId: 'gpu',
  runtimeId: 'tensorrt',
  precision: 'fp16',
  batch: 1,
  powerMode: '15W',
  engineVersion: '0.2.0',
  catalogVersion: 'example',
  latencyMs: around(0.1),
  throughputPerS: around(10_000),
  energyMj: around(1),
  powerW: around(10),
  memory: {
    weightBytes: 448,
    kvCacheBytes: 0,
    peakActivationBytes: 32_768,
    peakOperator: 'relu',
    runtimeBytes: null,
    totalBytes: around(33_216),
    capacityBytes: 8e9,
  },
  coverage: 1,
  unknownOperators: [],
  totals: { macs: 221_184, vectorOps: 16_384, parameters: 224, trafficBytes: 23_000 },
  bound: 'overhead',
  boundShare: 0.9,
  energyParts: null,
  largestKernels: [{ name: 'conv+relu', class: 'convolution', timeMs: 0.1, bound: 'overhead' }],
  evidence: {
    level: 'extrapolated',
    rows: 0,
    networks: 0,
    devices: 0,
    anchored: false,
    basis: 'segment',
    outsideEvidence: true,
  },
  measured: [],
  basis: [],
  warnings: [],
}

export const exampleReport: Report = {
  format: 'edgefit-report',
  version: 1,
  title: 'One convolution on an Orin Nano',
  createdWith: { engineVersion: '0.2.0', catalogVersion: 'example' },
  model: { id: exampleModelId, name: exampleSummary.name, summary: exampleSummary },
  budget: { maxLatencyMs: 33 },
  rows: [
    {
      deviceName: 'Jetson Orin Nano 8 GB',
      prediction: examplePrediction,
      fit: {
        verdict: 'fits',
        pMeets: 0.99,
        checks: [{ limit: 'maxLatencyMs', limitValue: 33, metric: around(0.1), pMeets: 0.99, verdict: 'fits' }],
        blocking: 'maxLatencyMs',
      },
    },
  ],
  edgeRun: null,
}

/** Address of `exampleReport`. */
export const exampleReportHash = '37508678a3276a109a1ac8dbcfd3785587e883018923dc9e270779681f45e303'
