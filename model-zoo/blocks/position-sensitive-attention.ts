/**
 * Position-sensitive attention of YOLOv10 and YOLO11: all cells of the coarsest map attend to each other, keys at half
 * the width of values, positions told apart by a depthwise 3×3 over the values.
 *
 * Sources: arXiv:2405.14458 section 3.2; ultralytics/ultralytics ultralytics/nn/modules/block.py (`PSA`, `C2PSA`).
 */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import { halves } from './halves.ts'

const headSize = 64

/** Half of the channels pass `repeats` blocks of attention and a two-layer network, then meet the other half. */
export function positionSensitiveAttention(g: GraphBuilder, x: Tensor, repeats: number): Tensor {
  const out = g.channels(x)
  const [around, attended] = halves(g, g.conv(x, { out, kernel: 1, activation: 'silu' }))
  let deep = attended
  for (let block = 0; block < repeats; block++) {
    deep = g.add(deep, attention(g, deep))
    const wide = g.conv(deep, { out: 2 * g.channels(deep), kernel: 1, activation: 'silu' })
    deep = g.add(deep, g.conv(wide, { out: g.channels(deep), kernel: 1 }))
  }
  return g.conv(g.concat([around, deep], 1), { out, kernel: 1, activation: 'silu' })
}

/** x [N, C, H, W] → the same shape; one head per 64 channels. */
function attention(g: GraphBuilder, x: Tensor): Tensor {
  const [n, c, h, w] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2), dimOf(x.shape, 3)]
  const heads = Math.floor(c / headSize)
  const valueSize = c / heads
  const keySize = valueSize / 2
  const projected = g.conv(x, { out: heads * (2 * keySize + valueSize), kernel: 1 })
  const perHead = g.reshape(projected, [n, heads, 2 * keySize + valueSize, h * w])
  const [q, k, v] = g.split(perHead, [keySize, keySize, valueSize], 2)
  if (q === undefined || k === undefined || v === undefined) throw new Error('Split has three outputs')
  const scores = g.scale(g.matmul(g.transpose(q, [0, 1, 3, 2]), k), 1 / Math.sqrt(keySize))
  const mixed = g.matmul(v, g.transpose(g.softmax(scores), [0, 1, 3, 2]))
  const positions = g.depthwise(g.reshape(v, [n, c, h, w]), { kernel: 3 })
  return g.conv(g.add(g.reshape(mixed, [n, c, h, w]), positions), { out: c, kernel: 1 })
}
