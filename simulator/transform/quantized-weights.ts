/** Which input of an operator is its weight, and what shape the scales of that weight have. */
import type { Node } from '../graph/graph.ts'
import type { WeightFormat } from './number-formats.ts'

/** Axis of the outputs and of what is summed over. */
interface WeightAxes {
  readonly output: number
  readonly inner: number
}

/** `null` where the operator's input is no weight of a product. */
export function weightAxes(node: Node, input: number, rank: number): WeightAxes | null {
  if (node.domain !== '') return null
  if (node.op === 'Conv') return input === 1 ? { output: 0, inner: 1 } : null
  if (node.op === 'ConvTranspose') return input === 1 ? { output: 1, inner: 0 } : null
  if (node.op === 'Gemm' && input === 1) {
    return node.attributes.transB === 1 ? { output: 0, inner: 1 } : { output: 1, inner: 0 }
  }
  if (node.op !== 'MatMul' || rank < 2) return null
  return input === 1 ? { output: rank - 1, inner: rank - 2 } : { output: rank - 2, inner: rank - 1 }
}

export interface WeightScales {
  readonly dims: readonly number[]
  readonly attributes: Readonly<Record<string, number>>
}

/** Blocks along the inner axis suit matrices; a convolution kernel has a scale per output channel instead. */
export function weightScales(dims: readonly number[], axes: WeightAxes, { scales }: WeightFormat): WeightScales {
  if (scales === 'tensor') return { dims: [], attributes: {} }
  if (scales === 'channel' || dims.length !== 2) {
    return { dims: [dims[axes.output] ?? 1], attributes: { axis: axes.output } }
  }
  const blocks = Math.ceil((dims[axes.inner] ?? 1) / scales.block)
  return { dims: dims.with(axes.inner, blocks), attributes: { axis: axes.inner, block_size: scales.block } }
}
