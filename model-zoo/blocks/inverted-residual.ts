/**
 * Mobile inverted bottlenecks, the block of MobileNet V2/V3, MnasNet, FBNet, ProxylessNAS and EfficientNet.
 *
 * Sources: arXiv:1801.04381 (inverted residual), 1905.11946 (with squeeze-excitation), 2003.02838 and 2104.00298 (fused).
 */
import type { Activation, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'
import type { Padding } from '../../simulator/build/window.ts'
import { type SqueezeExcitationOptions, squeezeExcitation } from './squeeze-excitation.ts'

export interface InvertedResidualOptions {
  /** Channels between the expansion and the projection; no expansion when equal to the input's … */
  readonly hidden: number
  /** … unless the network keeps a 1×1 there all the same (FBNet). */
  readonly alwaysExpand?: boolean
  readonly out: number
  readonly kernel: number
  readonly stride: number
  readonly activation: Activation
  readonly squeeze?: SqueezeExcitationOptions | undefined
  readonly pad?: Padding
  readonly dilation?: number
}

/** Expand 1×1, filter depthwise, gate, project 1×1; residual where the shape is kept. */
export function invertedResidual(g: GraphBuilder, x: Tensor, options: InvertedResidualOptions): Tensor {
  const { hidden, out, activation } = options
  const isExpanded = hidden !== g.channels(x) || options.alwaysExpand === true
  const expanded = isExpanded ? g.conv(x, { out: hidden, kernel: 1, activation }) : x
  const filtered = g.depthwise(expanded, { ...window(options), activation })
  return residual(g, x, g.conv(gated(g, filtered, options), { out, kernel: 1 }), options.stride)
}

/**
 * Fused form: the expansion itself is the spatial convolution; without expansion one convolution is left.
 * `strideOnProjection`: the expansion runs at full resolution and the 1×1 skips (EfficientNet-EdgeTPU in TensorFlow).
 */
export function fusedInvertedResidual(
  g: GraphBuilder,
  x: Tensor,
  options: InvertedResidualOptions & { readonly strideOnProjection?: boolean },
): Tensor {
  const { hidden, out, activation } = options
  if (hidden === g.channels(x)) {
    return residual(g, x, g.conv(x, { ...window(options), out, activation }), options.stride)
  }
  const late = options.strideOnProjection === true ? options.stride : 1
  const expanded = g.conv(x, { ...window(options), stride: options.stride / late, out: hidden, activation })
  return residual(g, x, g.conv(gated(g, expanded, options), { out, kernel: 1, stride: late }), options.stride)
}

const window = ({ kernel, stride, pad = 'symmetric', dilation = 1 }: InvertedResidualOptions) => ({
  kernel,
  stride,
  pad,
  dilation,
})

function gated(g: GraphBuilder, x: Tensor, { squeeze }: InvertedResidualOptions): Tensor {
  return squeeze === undefined ? x : squeezeExcitation(g, x, squeeze)
}

function residual(g: GraphBuilder, x: Tensor, y: Tensor, stride: number): Tensor {
  return stride === 1 && g.channels(x) === g.channels(y) ? g.add(y, x) : y
}
