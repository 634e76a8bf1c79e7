/** Core ML interpolation to another size and cropping of regions. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import { type OperatorContext, scaled, vectorWork } from '../../../graph/operator.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { dimsFrom, listOr, scalarFrom } from './geometry.ts'
import { asStandard, type LoweredTable, standard, vector } from './lowered.ts'

/** Factors of height and width. */
const enlarged = (
  factorsOf: (context: OperatorContext) => readonly Dim[],
  modeOf: (context: OperatorContext) => string,
): LoweredOperator =>
  asStandard('Resize', (context) => {
    const rank = context.shape(0)?.length
    if (rank === undefined || rank < 2) return null
    const factors = [...new Array<Dim>(rank - 2).fill(1), ...factorsOf(context)]
    return { inputs: [context.tensor(0), null, vector(factors)], attributes: { mode: modeOf(context) } }
  })

/** Sizes of the last axes; the axes before them keep theirs. */
const sizedTo = (sizesOf: (context: OperatorContext) => readonly Dim[] | null, mode: string): LoweredOperator =>
  asStandard('Resize', (context) => {
    const shape = context.shape(0)
    const sizes = sizesOf(context)
    if (shape === null || sizes === null || sizes.length > shape.length) return null
    const kept = shape.slice(0, shape.length - sizes.length)
    return { inputs: [context.tensor(0), null, null, vector([...kept, ...sizes])], attributes: { mode } }
  })

/** Four taps per output element, of a shape of its own. */
function sampled(op: string, shapeOf: (context: OperatorContext) => Shape): LoweredOperator {
  return {
    op,
    class: standard(op).class,
    infer: (context) => [tensor(context.dtype(0), shapeOf(context))],
    work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.bilinear)),
  }
}

export const layerResizes: LoweredTable = {
  upsample: enlarged(
    (context) => listOr(context, 'fractionalScalingFactor', listOr(context, 'scalingFactor', [1, 1])),
    (context) => context.text('mode', 'nearest'),
  ),
  resizeBilinear: sizedTo((context) => listOr(context, 'targetSize', [1, 1]), 'linear'),
  /** x [.., C, H, W], regions [N, ..] → [N, .., C, h, w]. */
  cropResize: sampled('RoiAlign', (context) => {
    const shape = context.shape(0)
    if (shape === null) return null
    const regions = context.shape(1)?.[0] ?? null
    return [regions, ...shape.slice(1, -2), ...listOr(context, 'targetSize', [1, 1])]
  }),
}

const factors = (context: OperatorContext): readonly Dim[] => [
  scalarFrom(context, 'scale_factor_height', 1, 1),
  scalarFrom(context, 'scale_factor_width', 2, 1),
]

const targets = (context: OperatorContext): readonly Dim[] => [
  scalarFrom(context, 'target_size_height', 1, 1),
  scalarFrom(context, 'target_size_width', 2, 1),
]

/** The last `resized_dims` entries count, 0 keeps the size. */
const lastSizes = (context: OperatorContext): readonly Dim[] | null => {
  const shape = context.shape(0)
  const given = dimsFrom(context, 'shape', 1)
  if (shape === null || given === null) return null
  const count = Math.min(context.number('resized_dims', given.length), given.length, shape.length)
  const sizes = given.slice(given.length - count)
  return sizes.map((size, index) => (size === 0 ? (shape[shape.length - count + index] ?? null) : size))
}

const interpolation = { bilinear: 'linear', nearest: 'nearest' } as const

export const programResizes: LoweredTable = {
  upsample_bilinear: enlarged(factors, () => interpolation.bilinear),
  upsample_nearest_neighbor: enlarged(factors, () => interpolation.nearest),
  resize_bilinear: sizedTo(targets, interpolation.bilinear),
  resize_nearest_neighbor: sizedTo(targets, interpolation.nearest),
  resize: sizedTo(lastSizes, interpolation.bilinear),
  affine: sampled('GridSample', (context) => {
    const sizes = [context.number('output_height'), context.number('output_width')]
    return context.shape(0) === null ? null : [...(context.shape(0)?.slice(0, 2) ?? []), ...sizes]
  }),
  resample: standard('GridSample'),
  /** Regions with their image, [N, 1, 4 or 5, 1, 1], or since iOS 17 boxes [N, 4]. */
  crop_resize: sampled('RoiAlign', (context) => {
    const shape = context.shape(0)
    if (shape === null) return null
    const sizes = [context.number('target_height', 1), context.number('target_width', 1)]
    if (context.has(1)) return [context.shape(1)?.[0] ?? null, ...shape.slice(0, 2), ...sizes]
    return [context.shape(2)?.[0] ?? shape[0] ?? null, shape[1] ?? null, ...sizes]
  }),
}
