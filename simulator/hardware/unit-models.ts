/** Which model times which kind of unit. */
import { computeInMemoryModel } from './compute-in-memory.ts'
import type { ComputeUnitModel } from './compute-unit.ts'
import { cpuSimdModel } from './cpu-simd.ts'
import { dataflowModel } from './dataflow.ts'
import type { UnitKind } from './device.ts'
import { edgeTpuModel } from './edge-tpu.ts'
import { ethosUModel } from './ethos-u.ts'
import { gpuModel } from './gpu.ts'
import { mcuModel } from './mcu.ts'
import { mcuNpuModel } from './mcu-npu.ts'
import { npuTiledModel } from './npu-tiled.ts'
import { systolicModel } from './systolic.ts'

export const unitModels: Readonly<Record<UnitKind, ComputeUnitModel>> = {
  'cpu-simd': cpuSimdModel,
  gpu: gpuModel,
  npu: npuTiledModel,
  'hexagon-htp': npuTiledModel,
  'apple-neural-engine': npuTiledModel,
  'edge-tpu': edgeTpuModel,
  dataflow: dataflowModel,
  systolic: systolicModel,
  dsp: npuTiledModel,
  'fpga-dpu': npuTiledModel,
  'ethos-u': ethosUModel,
  'mcu-cpu': mcuModel,
  'mcu-npu': mcuNpuModel,
  'wasm-simd': cpuSimdModel,
  'compute-in-memory': computeInMemoryModel,
}
