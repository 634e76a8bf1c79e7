/**
 * GraphBuilder: writes a network down the way its paper does and gets an ONNX graph (opset 21, static shapes).
 *
 * Batch normalisation after a convolution or a linear layer is folded, as in every deployed model: `conv` has a bias
 * by default and no norm follows it. `batchNorm` is for the norms that cannot be folded (pre-activation networks).
 */
import { Emitter, type Tensor } from './emitter.ts'
import { axisValues, type Padding, paddings } from './window.ts'

export type { Tensor } from './emitter.ts'

export type Activation = keyof typeof activations

export interface ConvOptions {
  readonly out: number
  /** One number for all spatial axes, or one per axis. */
  readonly kernel: number | readonly number[]
  readonly stride?: number | readonly number[]
  /** Default `'symmetric'`: ⌊dilation · (kernel − 1) / 2⌋ on both sides, as PyTorch models write it. */
  readonly pad?: Padding
  readonly dilation?: number | readonly number[]
  readonly groups?: number
  /** Default true: the bias of the layer, or of the batch norm folded into it. */
  readonly bias?: boolean
  /** Weights of `convWeights` that several layers use; default their own. */
  readonly weights?: readonly Tensor[]
  readonly activation?: Activation
}

export type DepthwiseOptions = Omit<ConvOptions, 'out' | 'groups'>

export interface ConvTransposeOptions extends Omit<ConvOptions, 'weights'> {
  readonly outputPad?: number | readonly number[]
}

export interface PoolOptions {
  readonly kernel: number | readonly number[]
  readonly stride?: number | readonly number[]
  readonly pad?: Padding
  readonly ceil?: boolean
}

export interface AveragePoolOptions extends PoolOptions {
  readonly countIncludePad?: boolean
}

export interface LinearOptions {
  readonly out: number
  readonly bias?: boolean
  readonly activation?: Activation
}

export interface ResizeOptions {
  /** Spatial sizes of the result. */
  readonly to: readonly number[]
  readonly mode: 'nearest' | 'linear' | 'cubic'
  readonly alignCorners?: boolean
}

export class GraphBuilder extends Emitter {
  // Convolution: x [N, C, …spatial], weight [out, C / groups, …kernel].

  conv(x: Tensor, options: ConvOptions): Tensor {
    const { groups = 1, activation, weights = this.convWeights(x, options) } = options
    const y = this.node('Conv', [x, ...weights], { ...this.#window(x, options), group: groups })
    return this.activate(y, activation)
  }

  /** Filters [out, C / groups, …kernel] for maps like `x`, and the bias. */
  convWeights(x: Tensor, { out, kernel, groups = 1, bias = true }: ConvOptions): readonly Tensor[] {
    const filters = this.weight([out, this.channels(x) / groups, ...axisValues(kernel, x.shape.length - 2)])
    return bias ? [filters, this.weight([out])] : [filters]
  }

  /** One filter per channel. */
  depthwise(x: Tensor, options: DepthwiseOptions): Tensor {
    return this.conv(x, { ...options, out: this.channels(x), groups: this.channels(x) })
  }

  convTranspose(x: Tensor, options: ConvTransposeOptions): Tensor {
    const { out, groups = 1, bias = true, activation } = options
    const rank = x.shape.length - 2
    const attributes = {
      ...this.#window(x, options),
      group: groups,
      output_padding: axisValues(options.outputPad ?? 0, rank),
    }
    const weight = this.weight([this.channels(x), out / groups, ...axisValues(options.kernel, rank)])
    const y = this.node('ConvTranspose', bias ? [x, weight, this.weight([out])] : [x, weight], attributes)
    return this.activate(y, activation)
  }

  // Pooling.

  maxPool(x: Tensor, options: PoolOptions): Tensor {
    return this.node('MaxPool', [x], { ...this.#window(x, options), ceil_mode: options.ceil === true ? 1 : 0 })
  }

  averagePool(x: Tensor, options: AveragePoolOptions): Tensor {
    const { dilations: _, ...window } = this.#window(x, options)
    return this.node('AveragePool', [x], {
      ...window,
      ceil_mode: options.ceil === true ? 1 : 0,
      count_include_pad: options.countIncludePad === true ? 1 : 0,
    })
  }

  /** [N, C, …] → [N, C, 1, …]. */
  globalAveragePool(x: Tensor): Tensor {
    return this.node('GlobalAveragePool', [x])
  }

  globalMaxPool(x: Tensor): Tensor {
    return this.node('GlobalMaxPool', [x])
  }

  // Matrix products.

  /** x [N, in] → [N, out]. */
  gemm(x: Tensor, options: LinearOptions): Tensor {
    const weight = this.weight([options.out, lastOf(x.shape)])
    const inputs = options.bias === false ? [x, weight] : [x, weight, this.weight([options.out])]
    return this.activate(this.node('Gemm', inputs, { transB: 1 }), options.activation)
  }

  /** x [..., in] → [..., out]: a MatMul with a constant and an Add, as exporters write it for rank above 2. */
  linear(x: Tensor, options: LinearOptions): Tensor {
    const product = this.matmul(x, this.weight([lastOf(x.shape), options.out]))
    const y = options.bias === false ? product : this.add(product, this.weight([options.out]))
    return this.activate(y, options.activation)
  }

  matmul(a: Tensor, b: Tensor): Tensor {
    return this.node('MatMul', [a, b])
  }

  // Normalisation.

  /** Unfolded batch norm at inference: scale, bias, mean and variance per channel. */
  batchNorm(x: Tensor, activation?: Activation): Tensor {
    const perChannel = [this.channels(x)]
    const inputs = [
      x,
      this.weight(perChannel),
      this.weight(perChannel),
      this.weight(perChannel),
      this.weight(perChannel),
    ]
    return this.activate(this.node('BatchNormalization', inputs, { epsilon: 1e-5 }), activation)
  }

  /** Over the last axis. */
  layerNorm(x: Tensor, options: { readonly epsilon?: number; readonly bias?: boolean } = {}): Tensor {
    const dims = [lastOf(x.shape)]
    const inputs = options.bias === false ? [x, this.weight(dims)] : [x, this.weight(dims), this.weight(dims)]
    return this.node('LayerNormalization', inputs, { axis: -1, epsilon: options.epsilon ?? 1e-5 })
  }

  groupNorm(x: Tensor, groups: number, epsilon = 1e-5): Tensor {
    const dims = [this.channels(x)]
    return this.node('GroupNormalization', [x, this.weight(dims), this.weight(dims)], { num_groups: groups, epsilon })
  }

  lrn(x: Tensor, size: number): Tensor {
    return this.node('LRN', [x], { size })
  }

  // Elementwise.

  activate(x: Tensor, activation: Activation | undefined): Tensor {
    return activation === undefined ? x : activations[activation](this, x)
  }

  relu(x: Tensor): Tensor {
    return this.node('Relu', [x])
  }

  relu6(x: Tensor): Tensor {
    return this.clip(x, 0, 6)
  }

  clip(x: Tensor, low: number, high: number): Tensor {
    return this.node('Clip', [x, this.scalar(low), this.scalar(high)])
  }

  leakyRelu(x: Tensor, alpha: number): Tensor {
    return this.node('LeakyRelu', [x], { alpha })
  }

  /** One slope per channel. */
  prelu(x: Tensor): Tensor {
    return this.node('PRelu', [x, this.weight([this.channels(x), ...x.shape.slice(2).map(() => 1)])])
  }

  sigmoid(x: Tensor): Tensor {
    return this.node('Sigmoid', [x])
  }

  tanh(x: Tensor): Tensor {
    return this.node('Tanh', [x])
  }

  softmax(x: Tensor, axis = -1): Tensor {
    return this.node('Softmax', [x], { axis })
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.node('Add', [a, b])
  }

  sub(a: Tensor, b: Tensor): Tensor {
    return this.node('Sub', [a, b])
  }

  mul(a: Tensor, b: Tensor): Tensor {
    return this.node('Mul', [a, b])
  }

  div(a: Tensor, b: Tensor): Tensor {
    return this.node('Div', [a, b])
  }

  /** x · factor, one scalar. */
  scale(x: Tensor, factor: number): Tensor {
    return this.mul(x, this.scalar(factor))
  }

  cast(x: Tensor, to: 'float32' | 'int64'): Tensor {
    return this.node('Cast', [x], { to: to === 'float32' ? 1 : 7 })
  }

  // Layout.

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.node('Reshape', [x, this.ints(shape)])
  }

  /** [N, ...] → [N, product of the rest]. */
  flatten(x: Tensor): Tensor {
    return this.node('Flatten', [x], { axis: 1 })
  }

  transpose(x: Tensor, perm: readonly number[]): Tensor {
    return this.node('Transpose', [x], { perm })
  }

  concat(parts: readonly Tensor[], axis: number): Tensor {
    return this.node('Concat', parts, { axis })
  }

  /** Parts of the given sizes along `axis`. */
  split(x: Tensor, sizes: readonly number[], axis: number): Tensor[] {
    return this.nodes('Split', [x, this.ints(sizes)], { axis }, sizes.length)
  }

  /** x[start : end : step] along one axis. */
  slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
    return this.node('Slice', [x, this.ints([start]), this.ints([end]), this.ints([axis]), this.ints([step])])
  }

  /** Rows `indices` of `x` along `axis`; a scalar index tensor drops the axis. */
  gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
    return this.node('Gather', [x, indices], { axis })
  }

  squeeze(x: Tensor, axes: readonly number[]): Tensor {
    return this.node('Squeeze', [x, this.ints(axes)])
  }

  unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
    return this.node('Unsqueeze', [x, this.ints(axes)])
  }

  expand(x: Tensor, shape: readonly number[]): Tensor {
    return this.node('Expand', [x, this.ints(shape)])
  }

  /** Zeros around `x`: `before` and `after` per axis. */
  padZeros(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
    return this.node('Pad', [x, this.ints([...before, ...after])], { mode: 'constant' })
  }

  reduceMean(x: Tensor, axes: readonly number[], keepDims = true): Tensor {
    return this.node('ReduceMean', [x, this.ints(axes)], { keepdims: keepDims ? 1 : 0 })
  }

  /** Spatial resampling of x [N, C, …]. */
  resize(x: Tensor, options: ResizeOptions): Tensor {
    const sizes = this.ints([...x.shape.slice(0, 2), ...options.to])
    const coordinates = options.alignCorners === true ? 'align_corners' : 'half_pixel'
    return this.node('Resize', [x, null, null, sizes], {
      mode: options.mode,
      coordinate_transformation_mode: options.mode === 'nearest' ? 'asymmetric' : coordinates,
      nearest_mode: 'floor',
    })
  }

  /** Nearest-neighbour enlargement by an integer. */
  upsample(x: Tensor, factor: number): Tensor {
    return this.resize(x, { to: x.shape.slice(2).map((size) => size * factor), mode: 'nearest' })
  }

  depthToSpace(x: Tensor, blocksize: number): Tensor {
    return this.node('DepthToSpace', [x], { blocksize, mode: 'CRD' })
  }

  /** Size of axis 1 of x [N, C, …]. */
  channels(x: Tensor): number {
    return dimOf(x.shape, 1)
  }

  #window(x: Tensor, options: Pick<ConvOptions, 'kernel' | 'stride' | 'pad' | 'dilation'>) {
    const spatial = x.shape.slice(2)
    const kernel = axisValues(options.kernel, spatial.length)
    const strides = axisValues(options.stride ?? 1, spatial.length)
    const dilations = axisValues(options.dilation ?? 1, spatial.length)
    const pads = paddings(options.pad ?? 'symmetric', spatial, kernel, strides, dilations)
    return { kernel_shape: kernel, strides, dilations, pads }
  }
}

/** `shape[axis]`; a missing axis is a mistake in a family file. */
export function dimOf(shape: readonly number[], axis: number): number {
  const size = shape[axis]
  if (size === undefined) throw new Error(`axis ${axis} of a tensor [${shape}]`)
  return size
}

const lastOf = (shape: readonly number[]): number => dimOf(shape, shape.length - 1)

const activations = {
  relu: (g: GraphBuilder, x: Tensor) => g.relu(x),
  relu6: (g: GraphBuilder, x: Tensor) => g.relu6(x),
  'leaky-relu': (g: GraphBuilder, x: Tensor) => g.leakyRelu(x, 0.1),
  silu: (g: GraphBuilder, x: Tensor) => g.mul(x, g.sigmoid(x)),
  mish: (g: GraphBuilder, x: Tensor) => g.node('Mish', [x]),
  'hard-swish': (g: GraphBuilder, x: Tensor) => g.node('HardSwish', [x]),
  'hard-sigmoid': (g: GraphBuilder, x: Tensor) => g.node('HardSigmoid', [x], { alpha: 1 / 6, beta: 0.5 }),
  sigmoid: (g: GraphBuilder, x: Tensor) => g.sigmoid(x),
  tanh: (g: GraphBuilder, x: Tensor) => g.tanh(x),
  gelu: (g: GraphBuilder, x: Tensor) => g.node('Gelu', [x], { approximate: 'none' }),
  'gelu-tanh': (g: GraphBuilder, x: Tensor) => g.node('Gelu', [x], { approximate: 'tanh' }),
} as const
