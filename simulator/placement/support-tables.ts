/** Every support table. */
import { drpAi, drpAi3 } from './support-drpai.ts'
import { ortQnn, ortQnnQuantized, qnn, qnnContext } from './support-qnn.ts'
import type { SupportTable } from './support-table.ts'
import { edgeTpu, tfliteGpu, vela } from './support-tflite.ts'
import { hailo, neuralEngine, openvino, ortOpenvino, rknn, tensorrt, tidl, vitisAi } from './support-vendors.ts'

export const supportTables: readonly SupportTable[] = [
  edgeTpu,
  vela,
  tfliteGpu,
  qnn,
  ortQnn,
  ortQnnQuantized,
  qnnContext,
  neuralEngine,
  tensorrt,
  rknn,
  hailo,
  openvino,
  ortOpenvino,
  vitisAi,
  tidl,
  drpAi,
  drpAi3,
]
