/** All operators of TFLite files by `operatorKey`; custom ones only where their publisher documents what they do. */
import { type OperatorTable, unknownWork } from '../operator.ts'
import { tfliteConvolutions, transposedWithBias } from './tflite-convolution.ts'
import { detectionPostProcess, tfliteDetections } from './tflite-detection.ts'
import { tfliteElementwise } from './tflite-elementwise.ts'
import { tfliteGathers } from './tflite-gather.ts'
import { tfliteLayouts } from './tflite-layout.ts'
import { tfliteMatrixProducts } from './tflite-matmul.ts'
import { tflitePoolings } from './tflite-pooling.ts'
import { tfliteRecurrences } from './tflite-recurrent.ts'
import { tfliteReductions } from './tflite-reduction.ts'
import { declared, withWork } from './tflite-rule.ts'
import { stableHloOperators } from './tflite-stablehlo.ts'
import { tfliteStates } from './tflite-state.ts'
import { tfliteViews } from './tflite-view.ts'

const builtin: OperatorTable = {
  ...tfliteConvolutions,
  ...tfliteDetections,
  ...tfliteElementwise,
  ...tfliteGathers,
  ...tfliteLayouts,
  ...tfliteMatrixProducts,
  ...tflitePoolings,
  ...tfliteRecurrences,
  ...tfliteReductions,
  ...stableHloOperators,
  ...tfliteStates,
  ...tfliteViews,
}

/** What a compiler for one accelerator left in place of the operators that run there. */
const compiled = { ...withWork('unknown', () => unknownWork), infer: declared }

const custom: OperatorTable = {
  Convolution2DTransposeBias: transposedWithBias,
  TFLite_Detection_PostProcess: detectionPostProcess,
  'edgetpu-custom-op': compiled,
  'ethos-u': compiled,
}

const inDomain = (domain: string, table: OperatorTable): OperatorTable =>
  Object.fromEntries(Object.entries(table).map(([op, operator]) => [`${domain}.${op}`, operator]))

export const tfliteOperators: OperatorTable = { ...inDomain('tflite', builtin), ...inDomain('tflite.custom', custom) }
