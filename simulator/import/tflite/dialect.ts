/** TFLite's operators in the one vocabulary; custom ones only where their publisher documents what they do. */
import type { ControlKind, Dialect, LoweredOperator } from '../../graph/dialect.ts'
import { convolutions, transposedWithBias } from './operators/convolution.ts'
import { detections } from './operators/detection.ts'
import { elementwise } from './operators/elementwise.ts'
import { gathers } from './operators/gather.ts'
import { layouts } from './operators/layout.ts'
import { matrixProducts } from './operators/matmul.ts'
import { poolings } from './operators/pooling.ts'
import { recurrences } from './operators/recurrent.ts'
import { reductions } from './operators/reduction.ts'
import { type LoweredTable, same, sameWithOptions } from './operators/rule.ts'
import { stableHlo } from './operators/stablehlo.ts'
import { states } from './operators/state.ts'
import { views } from './operators/view.ts'

/** Builtin operators have the schema's names; what a file calls a custom operator may not be mistaken for one. */
export const builtinDomain = 'tflite'
export const customDomain = 'tflite.custom'

const builtin: LoweredTable = {
  ...convolutions,
  ...detections,
  ...elementwise,
  ...gathers,
  ...layouts,
  ...matrixProducts,
  ...poolings,
  ...recurrences,
  ...reductions,
  ...stableHlo,
  ...states,
  ...views,
}

const custom: LoweredTable = {
  Convolution2DTransposeBias: transposedWithBias,
  TFLite_Detection_PostProcess: sameWithOptions('DetectionPostProcess'),
  'edgetpu-custom-op': same('AcceleratorProgram'),
  'ethos-u': same('AcceleratorProgram'),
}

const control: Readonly<Record<string, ControlKind>> = {
  IF: 'if',
  STABLEHLO_CASE: 'case',
  WHILE: 'while',
  STABLEHLO_WHILE: 'while',
  CALL: 'call',
  STABLEHLO_COMPOSITE: 'call',
}

/** A transposed convolution has its output's shape first. */
const addsBias = [
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'TRANSPOSE_CONV',
  'CONV_3D',
  'CONV_3D_TRANSPOSE',
  'FULLY_CONNECTED',
  'RNN',
  'LSTM',
  'SVDF',
  'UNIDIRECTIONAL_SEQUENCE_RNN',
  'UNIDIRECTIONAL_SEQUENCE_LSTM',
  'BIDIRECTIONAL_SEQUENCE_RNN',
  'BIDIRECTIONAL_SEQUENCE_LSTM',
]

const inDomain = <Entry>(domain: string, table: Readonly<Record<string, Entry>>) =>
  Object.entries(table).map(([op, entry]): [string, Entry] => [`${domain}.${op}`, entry])

export const tfliteDialect: Dialect = {
  operators: new Map<string, LoweredOperator>([...inDomain(builtinDomain, builtin), ...inDomain(customDomain, custom)]),
  control: new Map(inDomain(builtinDomain, control)),
  integerBiases: new Set(addsBias.map((op) => `${builtinDomain}.${op}`)),
}
