/** Core ML operators that rename dimensions and move nothing. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import { noWork, type OperatorContext } from '../../../graph/operator.ts'
import { isStatic, productOf } from '../../../graph/shape.ts'
import { type TensorType, tensor, unknownTensor } from '../../../graph/value-type.ts'
import { dimsFrom } from './geometry.ts'
import { asStandard, type LoweredTable, lowered, standard, vector } from './lowered.ts'

const reshaped = (targetOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator =>
  asStandard('Reshape', (context) => {
    const target = targetOf(context)
    return target === null ? null : { inputs: [context.tensor(0), vector(target)] }
  })

const rankOf = (context: OperatorContext): number => context.shape(0)?.length ?? 0

/** [C, H, W] or [S, C, H, W] as `targetShape`; a batch axis after the sequence stays. */
function planarTarget(context: OperatorContext): readonly Dim[] | null {
  const target = context.numberList('targetShape')
  const shape = context.shape(0)
  if (target === null || shape === null) return null
  const batch = rankOf(context) === 5 ? shape.slice(1, 2) : []
  const [first = null, ...rest] = target.length === 3 ? [shape[0] ?? null, ...target] : target
  return [first, ...batch, ...rest]
}

/** [.., C, H, W] → [.., C·H·W, 1, 1]. */
function flatTarget(context: OperatorContext): readonly Dim[] | null {
  const shape = context.shape(0)
  if (shape === null || shape.length < 3) return shape
  return [...shape.slice(0, -3), productOf(shape, shape.length - 3), 1, 1]
}

/** Without axes, or on request, every axis of size 1 goes. */
const squeezed = (takesAll: (context: OperatorContext) => boolean): LoweredOperator =>
  asStandard('Squeeze', (context) => {
    const axes = takesAll(context) ? null : context.numberList('axes')
    return { inputs: [context.tensor(0)], attributes: axes === null ? {} : { axes } }
  })

/** A constant of the network as a value; `rank`: axes of every value, where they have the same. */
const loadConstant: LoweredOperator = {
  op: 'Constant',
  class: 'layout',
  infer(context) {
    const constant = context.tensor(0)
    const dims = context.numberList('shape') ?? []
    const missing = Math.max(0, context.number('rank', 0) - dims.length)
    return [tensor('float32', [...new Array<number>(missing).fill(1), ...dims], constant.elements)]
  },
  work: () => noWork,
}

/** Axes begin to end of each reference in turn; a mask takes all axes from the beginning on. */
function likeReferences(context: OperatorContext): readonly Dim[] | null {
  const begins = context.numberList('begins') ?? []
  const ends = context.numberList('ends') ?? []
  const masks = context.numberList('end_masks') ?? []
  const target: Dim[] = []
  for (const [index, begin] of begins.entries()) {
    const shape = context.shape(index + 1)
    if (shape === null) return null
    target.push(...shape.slice(begin, (masks[index] ?? 0) === 0 ? ends[index] : undefined))
  }
  return target
}

/** A target of 0 keeps the dimension at its place, −1 takes what is left. */
const keepingRank = reshaped((context) => context.numberList('targetShape'))

const identity = standard('Identity')
const flatten = (fallback: number): LoweredOperator =>
  asStandard('Flatten', (context) => ({
    inputs: [context.tensor(0)],
    attributes: { axis: context.number('axis', fallback) },
  }))

export const layerViews: LoweredTable = {
  copy: identity,
  identity,
  loadConstant,
  loadConstantND: loadConstant,
  reshape: reshaped(planarTarget),
  flatten: lowered('Flatten', reshaped(flatTarget)),
  flattenTo2D: flatten(0),
  reshapeStatic: reshaped((context) => context.numberList('targetShape')),
  reshapeDynamic: reshaped((context) => context.elements(1)),
  reshapeLike: reshaped((context) => context.shape(1)),
  rankPreservingReshape: keepingRank,
  squeeze: squeezed((context) => context.number('squeezeAll', 0) !== 0),
  expandDims: standard('Unsqueeze'),
}

/** A state is read as it is; what is written to it is what the next reading gives. */
const updateState: LoweredOperator = {
  op: 'TensorScatter',
  class: 'gather',
  infer: (context) => [written(context)],
  work: () => noWork,
}

function written(context: OperatorContext): TensorType {
  return context.has(1) ? context.tensor(1) : unknownTensor
}

/** What a computed target shape says about the rank, where its content is not known. */
function programTarget(context: OperatorContext): readonly Dim[] | null {
  const target = dimsFrom(context, 'shape', 1)
  if (target !== null || !context.has(1)) return target
  const shape: Shape = context.shape(1)
  const [rank] = isStatic(shape) ? shape : []
  return rank === undefined || rank > 64 ? null : new Array<Dim>(rank).fill(null)
}

export const programViews: LoweredTable = {
  identity,
  read_state: identity,
  coreml_update_state: updateState,
  reshape: reshaped(programTarget),
  reshape_like: reshaped(likeReferences),
  flatten2d: flatten(1),
  squeeze: squeezed(() => false),
  expand_dims: standard('Unsqueeze'),
}
