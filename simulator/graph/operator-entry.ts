/**
 * What the registry says about an operator beyond its shapes and its work: all that costing, placement and transforms ask
 * of it, so that a new operator is one entry.
 */
import type { Operation } from './operations.ts'
import type { Operator } from './operator.ts'

/**
 * What fusion has to know beyond the operator's class: normalisations that become part of a product's weights, clamps of
 * an output stage, additions that may join two branches, padding of windows, concatenations written in place.
 */
export type FusionRole = 'batch-norm' | 'clamp' | 'addition' | 'pad' | 'concatenation'

/**
 * A function of one element that costs an exponential or a division. `rectifier`: a smooth form of ReLU, which a clamp can
 * stand for; `gate`: between 0 and 1.
 */
export type Curve = 'rectifier' | 'gate' | 'other'

/** How channels go through the operator when some are cut out (`transform/prune/rules.ts`). */
export type PruneRule =
  | 'channel-norm'
  | 'concat'
  | 'convolution'
  | 'depth-to-space'
  | 'elementwise'
  | 'expand'
  | 'gather'
  | 'gemm'
  | 'group-norm'
  | 'layer-norm'
  | 'matmul'
  | 'pad'
  | 'pooling'
  | 'quantization'
  | 'reduction'
  | 'resize'
  | 'sizes' // reads sizes alone, which inference computes anew
  | 'slice'
  | 'softmax'
  | 'space-to-depth'
  | 'split'
  | 'transpose'
  | 'transposed-convolution'
  | 'unchanged'
  | 'view'

/** What the operator does to number formats; every other one computes in the type of its operands. */
export type Quantization = 'quantizes' | 'dequantizes' | 'both'

export interface OperatorFacts {
  /** `null` = no support table speaks of it. */
  readonly support: Operation | null
  /** `null` = what its class says. */
  readonly fusion: FusionRole | null
  readonly curve: Curve | null
  /** `null` = its channels stay. */
  readonly prune: PruneRule | null
  readonly quantization: Quantization | null
}

/** An entry of the registry: shape rule, work rule, facts. */
export interface OperatorEntry extends Operator, OperatorFacts {}

/** Entries of one family by name. */
export type OperatorFamily = Readonly<Record<string, OperatorEntry>>

/** Facts of an operator that the registry does not hold. */
export const unknownOperator: OperatorFacts = {
  support: null,
  fusion: null,
  curve: null,
  prune: null,
  quantization: null,
}

/** An entry; facts that are not given are those of most operators. Element operations keep the channels that they get. */
export function entry(
  support: Operation | null,
  operator: Operator,
  facts: Partial<Omit<OperatorFacts, 'support'>> = {},
): OperatorEntry {
  const isElementwise = operator.class === 'elementwise' || operator.class === 'activation'
  return { ...unknownOperator, prune: isElementwise ? 'elementwise' : null, ...facts, ...operator, support }
}
