/** Elementwise arithmetic, comparison, logic and selection with numpy broadcasting. */
import type { DType } from '../dtype.ts'
import { dtypes } from '../dtype.ts'
import { foldElementwise, onNumbers } from '../fold.ts'
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { broadcast, plus, times } from '../shape.ts'
import { type TensorType, tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

export type Rule = (...values: readonly Dim[]) => Dim

/** Result type of operators whose operands share one type. */
function operandType(operands: readonly TensorType[]): DType | null {
  for (const operand of operands) if (operand.dtype !== null) return operand.dtype
  return null
}

interface Elementwise {
  readonly ops?: number
  readonly output?: 'bool'
  readonly fold?: (dtype: DType | null) => Rule
}

/** `cost` counts operations per output element and operand pair. */
export function elementwise(traits: Elementwise): Operator {
  return {
    class: 'elementwise',
    infer(context) {
      const operands = context.inputs.map((_, index) => context.tensor(index))
      const type = operandType(operands)
      const dtype = traits.output ?? type
      // Before opset 7 the second operand was aligned at `axis` and never widened the first.
      const shape = context.since(7) ? broadcast(...operands.map((operand) => operand.shape)) : context.shape(0)
      const rule = traits.fold?.(type)
      return [tensor(dtype, shape, rule === undefined ? null : foldElementwise(operands, shape, dtype, rule))]
    },
    work: (context) =>
      vectorWork(scaled(context.outputCount, (traits.ops ?? 1) * Math.max(1, context.inputs.length - 1))),
  }
}

const isInteger = (dtype: DType | null): boolean => dtype !== null && dtypes[dtype].kind === 'integer'

const divide = (dtype: DType | null): Rule => {
  const exact = onNumbers((a, b) => (isInteger(dtype) ? Math.trunc(a / b) : a / b))
  return (a = null, b = null) => (b === 1 ? a : exact(a, b))
}

export const numeric = (rule: (...values: readonly number[]) => number) => () => onNumbers(rule)
export const compare = (rule: (a: number, b: number) => boolean) => () =>
  onNumbers((a = 0, b = 0) => (rule(a, b) ? 1 : 0))

/** Two equal symbols are equal, and a symbol stands for a size: it is never negative (exporters mark sizes with −1). */
export const equal: Rule = (a = null, b = null) => {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 1 : 0
  if ((typeof a === 'number' && a < 0) || (typeof b === 'number' && b < 0)) return a === null || b === null ? null : 0
  return a !== null && a === b ? 1 : null
}

const select: Rule = (condition = null, a = null, b = null) => {
  if (typeof condition === 'number') return condition === 0 ? b : a
  return a === b ? a : null
}

const modulo = (context: OperatorContext) => {
  const truncated = context.number('fmod', 0) === 1
  return onNumbers((a = 0, b = 0) => (truncated ? a % b : a - b * Math.floor(a / b)))
}

export const where: Operator = {
  class: 'elementwise',
  infer(context) {
    const operands = [context.tensor(0), context.tensor(1), context.tensor(2)]
    const shape = broadcast(context.shape(0), context.shape(1), context.shape(2))
    const dtype = operandType(operands.slice(1))
    return [tensor(dtype, shape, foldElementwise(operands, shape, dtype, select))]
  },
  work: (context) => vectorWork(context.outputCount),
}

export const mod: Operator = {
  class: 'elementwise',
  infer(context) {
    const operands = [context.tensor(0), context.tensor(1)]
    const shape = broadcast(context.shape(0), context.shape(1))
    const dtype = operandType(operands)
    return [tensor(dtype, shape, foldElementwise(operands, shape, dtype, modulo(context)))]
  },
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.division)),
}

export const logical = (rule: (a: boolean, b: boolean) => boolean) =>
  elementwise({ output: 'bool', fold: () => onNumbers((a = 0, b = 0) => (rule(a !== 0, b !== 0) ? 1 : 0)) })

const floorDivide: Rule = (a = null, b = null) => (b === 1 ? a : onNumbers((x = 0, y = 1) => Math.floor(x / y))(a, b))

const notEqual: Rule = (...operands) => {
  const same = equal(...operands)
  return typeof same === 'number' ? 1 - same : null
}

const multiply = elementwise({
  fold:
    () =>
    (a = null, b = null) =>
      times(a, b),
})

export const elementwiseOperators: OperatorFamily = {
  Add: entry(
    'add',
    elementwise({
      fold:
        () =>
        (a = null, b = null) =>
          plus(a, b),
    }),
    { fusion: 'addition' },
  ),
  Sub: entry(
    'subtract',
    elementwise({
      fold:
        () =>
        (a = null, b = null) =>
          b === 0 ? a : onNumbers((x = 0, y = 0) => x - y)(a, b),
    }),
  ),
  Mul: entry('multiply', multiply),
  Div: entry('divide', elementwise({ ops: opsPerElement.division, fold: divide })),
  Pow: entry('power', elementwise({ ops: opsPerElement.transcendental, fold: numeric((a = 0, b = 0) => a ** b) })),
  Mod: entry('floor-divide', mod),
  PRelu: entry('prelu', elementwise({ ops: 2 })),
  Max: entry('maximum', elementwise({ fold: numeric(Math.max) })),
  Min: entry('minimum', elementwise({ fold: numeric(Math.min) })),
  Sum: entry('add', elementwise({ fold: numeric((...values) => values.reduce((sum, value) => sum + value, 0)) }), {
    fusion: 'addition',
  }),
  Mean: entry(null, elementwise({ ops: 2 })),
  Equal: entry('compare', elementwise({ output: 'bool', fold: () => equal })),
  Greater: entry('compare', elementwise({ output: 'bool', fold: compare((a, b) => a > b) })),
  GreaterOrEqual: entry('compare', elementwise({ output: 'bool', fold: compare((a, b) => a >= b) })),
  Less: entry('compare', elementwise({ output: 'bool', fold: compare((a, b) => a < b) })),
  LessOrEqual: entry('compare', elementwise({ output: 'bool', fold: compare((a, b) => a <= b) })),
  And: entry(
    'logical',
    logical((a, b) => a && b),
  ),
  Or: entry(
    'logical',
    logical((a, b) => a || b),
  ),
  Xor: entry(
    'logical',
    logical((a, b) => a !== b),
  ),
  BitShift: entry('bitwise', elementwise({})),
  BitwiseAnd: entry('bitwise', elementwise({})),
  BitwiseOr: entry('bitwise', elementwise({})),
  BitwiseXor: entry('bitwise', elementwise({})),
  StringConcat: entry(null, elementwise({})),
  Where: entry('select', where),
  // Without an operator in ai.onnx.
  FloorDiv: entry('floor-divide', elementwise({ ops: opsPerElement.division, fold: () => floorDivide })),
  SquaredDifference: entry(
    'squared-difference',
    elementwise({ ops: 2, fold: numeric((a = 0, b = 0) => (a - b) ** 2) }),
  ),
  Atan2: entry(null, elementwise({ ops: opsPerElement.transcendental + opsPerElement.division })),
  NotEqual: entry('compare', elementwise({ output: 'bool', fold: () => notEqual })),
}
