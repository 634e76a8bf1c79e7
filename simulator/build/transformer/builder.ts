/** GraphBuilder for transformers: named parameters, stored in whatever format a file has them in. */
import type { DType } from '../../graph/dtype.ts'
import { dimOf, GraphBuilder, type Tensor } from '../builder.ts'
import type { Norm, TransformerActivation } from './config.ts'

/** `bits` per element and, for every `group` of them along the reduction, a 16-bit scale and perhaps a zero point. */
interface GroupFormat {
  readonly bits: 4 | 8
  readonly group: number
  readonly zeroPoints: boolean
}

export type WeightFormat = DType | GroupFormat

/** The format of a parameter by its label, `layer3/query/weight`. */
export type WeightFormats = (label: string) => WeightFormat

const asDescribed: WeightFormats = () => 'float32'

/** ONNX: Attention, RMSNormalization and RotaryEmbedding are operators from this set on. */
const transformerOpset = 23

const float32Code = 1

export class TransformerBuilder extends GraphBuilder {
  readonly #formats: WeightFormats
  readonly #parameters = new Map<string, Tensor>()

  constructor(name: string, formats: WeightFormats = asDescribed) {
    super(name, transformerOpset)
    this.#formats = formats
  }

  /** The parameter with this label, made on first use; asking twice shares it. Computes in float32 however it is stored. */
  parameter(label: string, dims: readonly number[]): Tensor {
    const known = this.#parameters.get(label)
    if (known !== undefined) return known
    const made = this.#stored(label, dims)
    this.#parameters.set(label, made)
    return made
  }

  /** x [..., in] → [..., out] with the parameters `label/weight` [in, out] and `label/bias`. */
  project(x: Tensor, label: string, out: number, bias: boolean, activation?: TransformerActivation): Tensor {
    const product = this.matmul(x, this.parameter(`${label}/weight`, [dimOf(x.shape, x.shape.length - 1), out]))
    const y = bias ? this.add(product, this.parameter(`${label}/bias`, [out])) : product
    return activation === undefined ? y : this.activated(y, activation)
  }

  /** Over the last axis. */
  norm(x: Tensor, label: string, { kind, epsilon, bias }: Norm): Tensor {
    const dims = [dimOf(x.shape, x.shape.length - 1)]
    const scale = this.parameter(`${label}/weight`, dims)
    if (kind === 'rms') return this.node('RMSNormalization', [x, scale], { axis: -1, epsilon })
    const inputs = bias ? [x, scale, this.parameter(`${label}/bias`, dims)] : [x, scale]
    return this.node('LayerNormalization', inputs, { axis: -1, epsilon })
  }

  activated(x: Tensor, activation: TransformerActivation): Tensor {
    if (activation === 'quick-gelu') return this.mul(x, this.sigmoid(this.scale(x, 1.702)))
    if (activation === 'relu-squared') {
      const positive = this.relu(x)
      return this.mul(positive, positive)
    }
    return this.activate(x, activation)
  }

  /** c · tanh(x / c). */
  softcapped(x: Tensor, limit: number | null): Tensor {
    return limit === null ? x : this.scale(this.tanh(this.scale(x, 1 / limit)), limit)
  }

  #stored(label: string, dims: readonly number[]): Tensor {
    const format = this.#formats(label)
    if (typeof format === 'string') {
      const weight = this.weight(dims, format, label)
      return format === 'float32' ? weight : this.node('Cast', [weight], { to: float32Code })
    }
    const { bits, group, zeroPoints } = format
    const axis = Math.max(0, dims.length - 2)
    const size = dimOf(dims, axis)
    const perGroup = dims.with(axis, Math.ceil(size / group))
    const type = bits === 4 ? 'uint4' : 'uint8'
    const scales = this.node('Cast', [this.weight(perGroup, 'float16', `${label}.scales`)], { to: float32Code })
    const inputs = [this.weight(dims, type, label), scales]
    if (zeroPoints) inputs.push(this.weight(perGroup, type, `${label}.zero_points`))
    return this.node('DequantizeLinear', inputs, { axis, block_size: Math.min(group, size) })
  }
}
