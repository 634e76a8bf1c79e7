/**
 * Pieces of DDRNet and PIDNet: stages that end before their last ReLU, pre-activated convolutions, and pooling over
 * growing regions at stride 64.
 *
 * Sources: arXiv:2101.06085 figures 3 to 5; github:ydhongHIT/DDRNet segmentation/DDRNet_23_slim.py;
 * github:XuJiacong/PIDNet models/model_utils.py.
 */
import { type ConvOptions, dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

export interface ResidualStageOptions {
  readonly block: 'basic' | 'bottleneck'
  readonly width: number
  readonly blocks: number
  readonly stride?: number
}

/** Residual blocks, the last without its ReLU: a branch adds to the map before it is activated. */
export function residualStage(g: GraphBuilder, x: Tensor, options: ResidualStageOptions): Tensor {
  const { block, width, blocks, stride = 1 } = options
  const out = block === 'basic' ? width : 2 * width
  let y = x
  for (let index = 0; index < blocks; index++) {
    const first = index === 0 ? stride : 1
    const inner = block === 'basic' ? y : g.conv(y, { out: width, kernel: 1, activation: 'relu' })
    const filtered = g.conv(inner, { out: width, kernel: 3, stride: first, activation: 'relu' })
    const residual = g.conv(filtered, { out, kernel: block === 'basic' ? 3 : 1 })
    const keepsShape = first === 1 && g.channels(y) === out
    const sum = g.add(residual, keepsShape ? y : g.conv(y, { out, kernel: 1, stride: first }))
    y = index === blocks - 1 ? sum : g.relu(sum)
  }
  return y
}

/** Batch norm, ReLU, convolution without bias: the norm comes first, so nothing folds it. */
export function preactivated(g: GraphBuilder, x: Tensor, options: ConvOptions): Tensor {
  return g.conv(g.batchNorm(x, 'relu'), { bias: false, ...options })
}

/** x reduced by a 1×1 as it is, and after means over windows of 5, 9, 17 and everything, enlarged to x's size. */
export function regionScales(
  g: GraphBuilder,
  x: Tensor,
  width: number,
): { readonly local: Tensor; readonly scales: Tensor[] } {
  const reduced = (map: Tensor) => preactivated(g, map, { out: width, kernel: 1 })
  const windows = [5, 9, 17].map((kernel) => {
    const stride = (kernel - 1) / 2
    return g.averagePool(x, { kernel, stride, pad: stride, countIncludePad: true })
  })
  return {
    local: reduced(x),
    scales: [...windows, g.globalAveragePool(x)].map((map) => resizedTo(g, reduced(map), x)),
  }
}

/** A head of two convolutions, each after its own norm; the second norm follows a convolution and is folded. */
export function segmentationHead(g: GraphBuilder, x: Tensor, width: number, classes: number): Tensor {
  const hidden = preactivated(g, x, { out: width, kernel: 3, bias: true, activation: 'relu' })
  return g.conv(hidden, { out: classes, kernel: 1 })
}

export function resizedTo(g: GraphBuilder, x: Tensor, like: Tensor): Tensor {
  return g.resize(x, { to: [dimOf(like.shape, 2), dimOf(like.shape, 3)], mode: 'linear' })
}
