/**
 * Cross-stage partial blocks of the YOLO line: part of the channels passes a chain of layers, the rest goes around it.
 *
 * Sources: arXiv:1911.11929 (CSPNet); ultralytics/ultralytics nn/modules/block.py (`Bottleneck`, `C3`, `C2f`).
 */
import type { Activation, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'
import { halves } from './halves.ts'

export interface BottleneckOptions {
  /** Channels between the two convolutions; default the input's. */
  readonly hidden?: number
  /** Of the first convolution; the second is 3×3. */
  readonly kernel: 1 | 3
  readonly shortcut: boolean
  readonly activation?: Activation
}

/** Two convolutions that keep the shape, with a residual where asked for. */
export function bottleneck(g: GraphBuilder, x: Tensor, options: BottleneckOptions): Tensor {
  const { hidden = g.channels(x), kernel, shortcut, activation = 'silu' } = options
  const inner = g.conv(x, { out: hidden, kernel, activation })
  const y = g.conv(inner, { out: g.channels(x), kernel: 3, activation })
  return shortcut ? g.add(x, y) : y
}

export interface CrossStageOptions {
  readonly out: number
  /** Channels of each branch; default half of `out`. */
  readonly hidden?: number
  readonly repeats: number
  /** One link of the chain. */
  readonly inner: (x: Tensor) => Tensor
}

/** C3: two 1×1 reductions, one through the chain, joined by a third. */
export function c3(g: GraphBuilder, x: Tensor, options: CrossStageOptions): Tensor {
  const { out, hidden = out / 2, repeats, inner } = options
  let deep = g.conv(x, { out: hidden, kernel: 1, activation: 'silu' })
  for (let block = 0; block < repeats; block++) deep = inner(deep)
  const around = g.conv(x, { out: hidden, kernel: 1, activation: 'silu' })
  return g.conv(g.concat([deep, around], 1), { out, kernel: 1, activation: 'silu' })
}

/** C2f: one 1×1 split in halves; the second half and every link of the chain are kept and joined. */
export function c2f(g: GraphBuilder, x: Tensor, options: CrossStageOptions): Tensor {
  const { out, hidden = out / 2, repeats, inner } = options
  const kept: Tensor[] = [...halves(g, g.conv(x, { out: 2 * hidden, kernel: 1, activation: 'silu' }))]
  for (let block = 0; block < repeats; block++) kept.push(inner(kept.at(-1) ?? x))
  return g.conv(g.concat(kept, 1), { out, kernel: 1, activation: 'silu' })
}
