/** Activations that exporters spell out: hard swish and sigmoid, SiLU, Mish, and GELU in its three spellings. */
import { opsPerElement } from '../vector-ops.ts'
import {
  constantsOf,
  type Draft,
  type DraftOperator,
  type DraftTensor,
  elementsOf,
  type Operand,
  soleReader,
  tensorsOf,
} from './draft.ts'

export function recogniseActivations(draft: Draft): void {
  for (const operator of draft.operators) {
    if (operator.op === 'Clip') hardSigmoid(draft, operator)
    else if (operator.op === 'Erf' || operator.op === 'Tanh') gelu(draft, operator)
  }
  for (const operator of draft.operators) if (operator.op === 'Mul') gate(draft, operator)
}

function activate(
  draft: Draft,
  last: DraftOperator,
  absorbed: readonly DraftOperator[],
  op: keyof typeof costs,
  x: Operand,
) {
  const [output] = last.outputs
  const vectorOps = output === undefined ? null : elementsOf(output) * costs[op]
  draft.merge(last, absorbed, { op, class: 'activation', inputs: [x], vectorOps })
}

const costs = {
  HardSigmoid: opsPerElement.hardSigmoid,
  HardSwish: opsPerElement.hardSwish,
  Swish: opsPerElement.swish,
  Gelu: opsPerElement.gelu,
  Mish: 2 * opsPerElement.transcendental,
} as const

/** clip(x + 3, 0, 6) / 6. */
function hardSigmoid(draft: Draft, clip: DraftOperator): void {
  const shift = producerOf(clip)
  const scale = soleReader(clip.outputs[0])
  if (shift === null || scale === null || !isWithScalar(shift, 'Add') || soleReader(shift.outputs[0]) !== clip) return
  if (!isWithScalar(scale, 'Mul') && !isWithScalar(scale, 'Div')) return
  const [x] = tensorsOf(shift)
  if (x !== undefined) activate(draft, scale, [shift, clip], 'HardSigmoid', x)
}

/** x · σ(x) and its like. */
function gate(draft: Draft, product: DraftOperator): void {
  const [a, b, ...others] = tensorsOf(product)
  if (a === undefined || b === undefined || others.length > 0) return
  const found = gatedBy(product, a, b) ?? gatedBy(product, b, a)
  if (found !== null) activate(draft, found.last, found.absorbed, found.op, found.x)
}

interface Gated {
  readonly last: DraftOperator
  readonly absorbed: readonly DraftOperator[]
  readonly op: keyof typeof costs
  readonly x: DraftTensor
}

function gatedBy(product: DraftOperator, x: DraftTensor, gated: DraftTensor): Gated | null {
  const by = gated.producer
  if (by === null || soleReader(gated) !== product) return null
  const [from] = tensorsOf(by)
  const direct = from === x
  if (direct && by.op === 'HardSigmoid') return { last: product, absorbed: [by], op: 'HardSwish', x }
  if (direct && by.op === 'Sigmoid') return { last: product, absorbed: [by], op: 'Swish', x }
  const before = producerOf(by)
  if (before === null || tensorsOf(before)[0] !== x || soleReader(from) !== by) return null
  // x · σ(1.702 x) is GELU in its cheapest spelling, and costs what SiLU does.
  if (by.op === 'Sigmoid' && isWithScalar(before, 'Mul')) {
    return { last: product, absorbed: [before, by], op: 'Swish', x }
  }
  if (by.op === 'Tanh' && before.op === 'Softplus') return { last: product, absorbed: [before, by], op: 'Mish', x }
  // x · clip(x + 3, 0, 6) / 6, the division last.
  const scale = by.op === 'Clip' && isWithScalar(before, 'Add') ? soleReader(product.outputs[0]) : null
  if (scale === null || !(isWithScalar(scale, 'Mul') || isWithScalar(scale, 'Div'))) return null
  return { last: scale, absorbed: [before, by, product], op: 'HardSwish', x }
}

/** x/2 · (1 + erf(x/√2)), or with the hyperbolic tangent of a cubic: whatever order the products are in. */
function gelu(draft: Draft, kernel: DraftOperator): void {
  const inner = innerOf(kernel)
  const one = soleReader(kernel.outputs[0])
  if (inner === null || one === null || !isWithScalar(one, 'Add')) return
  const product = soleReader(one.outputs[0])
  if (product?.op !== 'Mul') return
  const other = tensorsOf(product).find((tensor) => tensor !== one.outputs[0])
  const absorbed = [...inner.operators, kernel, one]
  if (other === undefined) {
    // (1 + erf) / 2, then times x.
    const last = isWithScalar(product, 'Mul') ? soleReader(product.outputs[0]) : null
    if (last?.op === 'Mul' && tensorsOf(last).includes(inner.x))
      activate(draft, last, [...absorbed, product], 'Gelu', inner.x)
    return
  }
  if (other === inner.x) {
    const half = soleReader(product.outputs[0])
    if (half !== null && (isWithScalar(half, 'Mul') || isWithScalar(half, 'Div'))) {
      activate(draft, half, [...absorbed, product], 'Gelu', inner.x)
    }
    return
  }
  const half = other.producer
  const isHalf = half !== null && (isWithScalar(half, 'Mul') || isWithScalar(half, 'Div'))
  if (isHalf && half !== null && tensorsOf(half)[0] === inner.x && soleReader(other) === product)
    activate(draft, product, [...absorbed, half], 'Gelu', inner.x)
}

interface Inner {
  readonly x: DraftTensor
  readonly operators: readonly DraftOperator[]
}

/** x/√2, or √(2/π) · (x + 0.044715 x³). */
function innerOf(kernel: DraftOperator): Inner | null {
  const scale = producerOf(kernel)
  if (scale === null || soleReader(scale.outputs[0]) !== kernel) return null
  if (!isWithScalar(scale, 'Mul') && !isWithScalar(scale, 'Div')) return null
  const [from] = tensorsOf(scale)
  if (from === undefined) return null
  if (kernel.op === 'Erf') return { x: from, operators: [scale] }
  const sum = from.producer
  if (sum?.op !== 'Add' || soleReader(from) !== scale) return null
  return cubicOf(sum, scale)
}

function cubicOf(sum: DraftOperator, scale: DraftOperator): Inner | null {
  const [a, b] = tensorsOf(sum)
  if (a === undefined || b === undefined) return null
  for (const [x, term] of [
    [a, b],
    [b, a],
  ] as const) {
    const found: DraftOperator[] = []
    const pending = [term]
    while (found.length <= 4) {
      const at = pending.pop()
      if (at === undefined) return found.length > 0 ? { x, operators: [...found, sum, scale] } : null
      if (at === x) continue
      const { producer } = at
      if (producer === null || (producer.op !== 'Mul' && producer.op !== 'Pow') || at.role !== 'activation') break
      if (found.includes(producer)) continue
      found.push(producer)
      pending.push(...tensorsOf(producer))
    }
  }
  return null
}

function producerOf(operator: DraftOperator): DraftOperator | null {
  return tensorsOf(operator)[0]?.producer ?? null
}

function isWithScalar(operator: DraftOperator, op: string): boolean {
  const constants = constantsOf(operator)
  return operator.op === op && tensorsOf(operator).length === 1 && constants.length > 0 && constants[0]?.elements === 1
}
