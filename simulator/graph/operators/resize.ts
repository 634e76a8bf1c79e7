/** Interpolation to another size. */
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { normalizeAxis } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

export function resize(shape: (context: OperatorContext) => Shape): Operator {
  return {
    class: 'resize',
    infer: (context) => [tensor(context.dtype(0), shape(context))],
    work: (context) => vectorWork(scaled(context.outputCount, opsPerOutput(context.text('mode', 'nearest')))),
  }
}

function opsPerOutput(mode: string): number {
  if (mode.includes('nearest')) return 1
  return mode.includes('cubic') ? opsPerElement.cubic : opsPerElement.bilinear
}

/** ⌊size · scale⌋ per axis; scale 1 keeps a symbol. */
export function scaledSize(dim: Dim, scale: Dim): Dim {
  if (scale === 1) return dim
  return typeof dim === 'number' && typeof scale === 'number' ? Math.floor(dim * scale) : null
}

/** Opset 10: (x, scales); from 11: (x, roi, scales, sizes), and from 18 only the listed axes. */
function resizeShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const isFirst = context.node.inputs.length === 2 && !context.since(11)
  const scales = context.elements(isFirst ? 1 : 2)
  const sizes = context.elements(3)
  const axes = (context.numberList('axes') ?? shape.map((_, axis) => axis)).map((axis) =>
    normalizeAxis(axis, shape.length),
  )
  if (sizes !== null && sizes.length > 0) return sizedAxes(context, shape, axes, sizes)
  if (context.has(3) || scales === null) return shape.map((dim, axis) => (axes.includes(axis) ? null : dim))
  return shape.map((dim, axis) => {
    const position = axes.indexOf(axis)
    return position < 0 ? dim : scaledSize(dim, scales[position] ?? null)
  })
}

/** `keep_aspect_ratio_policy` scales all listed axes by the smallest or largest ratio. */
function sizedAxes(
  context: OperatorContext,
  shape: readonly Dim[],
  axes: readonly number[],
  sizes: readonly Dim[],
): Shape {
  const policy = context.text('keep_aspect_ratio_policy', 'stretch')
  const ratios = axes.map((axis, i) => ratio(sizes[i] ?? null, shape[axis] ?? null))
  const known = ratios.every((value) => value !== null)
  const common = policy === 'not_larger' ? Math.min(...ratios.map(Number)) : Math.max(...ratios.map(Number))
  return shape.map((dim, axis) => {
    const position = axes.indexOf(axis)
    if (position < 0) return dim
    if (policy === 'stretch') return sizes[position] ?? null
    return known && typeof dim === 'number' ? Math.floor(dim * common + 0.5) : null
  })
}

function ratio(size: Dim, dim: Dim): number | null {
  return typeof size === 'number' && typeof dim === 'number' ? size / dim : null
}

/** x [B, C, …], grid [B, …, rank] → [B, C, …]. */
function gridSampleShape(context: OperatorContext): Shape {
  const input = context.shape(0)
  const grid = context.shape(1)
  if (input === null || grid === null) return null
  return [...input.slice(0, 2), ...grid.slice(1, -1)]
}

/** theta [B, r, r + 1], size [B, C, …] → grid [B, …, r]. */
function affineGridShape(context: OperatorContext): Shape {
  const size = context.elements(1)
  return size === null ? null : [size[0] ?? null, ...size.slice(2), size.length - 2]
}

export const resizeOperators: OperatorFamily = {
  Resize: entry('resize', resize(resizeShape), { prune: 'resize' }),
  GridSample: entry('grid-sample', {
    class: 'resize',
    infer: (context) => [tensor(context.dtype(0), gridSampleShape(context))],
    work: (context) => vectorWork(scaled(context.outputCount, opsPerOutput(context.text('mode', 'linear')))),
  }),
  AffineGrid: entry(null, {
    class: 'resize',
    infer: (context) => [tensor(context.dtype(0), affineGridShape(context))],
    work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.bilinear)),
  }),
}
