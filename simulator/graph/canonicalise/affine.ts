/**
 * Batch normalisation, scales and biases after a product live on in its weights; a scale before it, too. What is left of
 * them is a bias: one addition per result.
 */
import { dtypes } from '../dtype.ts'
import { factsOf } from '../operators.ts'
import type { OperatorClass } from '../summary.ts'
import {
  constantsOf,
  type Draft,
  type DraftConstant,
  type DraftOperator,
  elementsOf,
  soleReader,
  tensorsOf,
} from './draft.ts'

const products: ReadonlySet<OperatorClass> = new Set([
  'convolution',
  'depthwise-convolution',
  'transposed-convolution',
  'fully-connected',
])

export function foldAffine(draft: Draft): void {
  for (const operator of draft.operators) {
    if (operator.gemm === null) continue
    foldScaleBefore(draft, operator)
    if (!products.has(operator.class)) continue
    for (let next = affineAfter(operator); next !== null; next = affineAfter(operator)) {
      const addsBias = next.op !== 'Mul' && next.op !== 'Div'
      const bias = addsBias ? biasOf(next) : null
      const hadBias = hasBias(operator)
      operator.origins = [...operator.origins, ...next.origins]
      if (!draft.bypass(next)) break
      if (bias === null || hadBias) continue
      draft.rewire(operator, [...operator.inputs, bias])
      const [output] = operator.outputs
      if (operator.vectorOps !== null && output !== undefined) operator.vectorOps += elementsOf(output)
    }
  }
}

/** Operators between a product and its bias that move nothing. */
function affineAfter(operator: DraftOperator): DraftOperator | null {
  const next = soleReader(operator.outputs[0])
  if (next === null) return null
  if (next.outputs.length === 0 || tensorsOf(next).length !== 1) return null
  if (isBatchNorm(next)) return next
  if (!['Add', 'Sub', 'Mul', 'Div', 'Affine'].includes(next.op)) return null
  const [first, second, ...others] = next.inputs
  if (first?.kind === 'constant' && (next.op === 'Div' || next.op === 'Sub')) return null
  if (second === undefined && next.op !== 'Affine') return null
  const channels = channelsOf(operator)
  const fits = ({ elements }: DraftConstant): boolean => elements === channels || elements === 1
  return others.length <= 1 && constantsOf(next).every(fits) ? next : null
}

function isBatchNorm({ op }: DraftOperator): boolean {
  return factsOf(op).fusion === 'batch-norm'
}

function channelsOf({ gemm, window, class: operatorClass }: DraftOperator): number {
  if (window !== null) return window.outputChannels
  return operatorClass === 'fully-connected' ? (gemm?.n ?? 0) : (gemm?.n ?? 0) * (gemm?.repeat ?? 1)
}

/** Of a batch normalisation, scale and shift have as many elements. */
function biasOf(operator: DraftOperator): DraftConstant | null {
  const constants = constantsOf(operator)
  return constants.at(isBatchNorm(operator) ? 1 : -1) ?? null
}

/** Weights are one constant; quantized ones bring scales and zero points, which are no bias. */
function hasBias(operator: DraftOperator): boolean {
  const channels = channelsOf(operator)
  const [weight, ...others] = constantsOf(operator)
  if (weight === undefined) return false
  if (dtypes[weight.dtype].kind === 'integer')
    return others.some(({ dtype, elements }) => dtype === 'int32' && elements === channels)
  return others.some(({ elements }) => elements === channels)
}

/** A product of a scaled value is the scaled product, whichever operand it is. */
function foldScaleBefore(draft: Draft, product: DraftOperator): void {
  for (const input of tensorsOf(product)) {
    const scale = input.producer
    if (scale === null || soleReader(input) !== product || (scale.op !== 'Mul' && scale.op !== 'Div')) continue
    const [first, second] = scale.inputs
    if (first?.kind !== 'tensor' || second?.kind !== 'constant' || second.elements !== 1) continue
    if (product.window !== null) continue
    product.origins = [...scale.origins, ...product.origins]
    draft.bypass(scale)
  }
}
