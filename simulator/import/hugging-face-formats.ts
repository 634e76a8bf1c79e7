/** How a `config.json` says its weights are stored: the element type, and a quantization of the linear layers. */

import type { WeightFormat, WeightFormats } from '../build/transformer/builder.ts'
import type { DType } from '../graph/dtype.ts'
import { type Problem, problem } from '../problem.ts'
import type { JsonFields } from './json-fields.ts'

const floatTypes: Readonly<Record<string, DType>> = {
  float16: 'float16',
  half: 'float16',
  bfloat16: 'bfloat16',
  float32: 'float32',
  float: 'float32',
  float64: 'float64',
  float8_e4m3fn: 'float8e4m3fn',
  float8_e5m2: 'float8e5m2',
}

/** Methods that `quantizationOf` knows. */
const methods = ['gptq', 'awq', 'bitsandbytes', 'fp8', 'fbgemm_fp8', 'mxfp4', 'compressed-tensors']

/** Scales per column: a group that no reduction exceeds. */
const wholeColumn = 2 ** 30

/** Throws `invalid-field` for a quantization of other bits than 4 and 8. */
export function huggingFaceFormats(config: JsonFields): WeightFormats {
  const base = floatTypes[statedType(config)] ?? 'float32'
  const scheme = quantizationOf(config)
  return (label) => (scheme?.holds(label) === true ? scheme.format : base)
}

function statedType(config: JsonFields): string {
  const stated = config.textOrNull('dtype') ?? config.textOrNull('torch_dtype') ?? 'float32'
  return stated.replace(/^torch\./, '')
}

/** What the file says about its weights and is not understood: their bytes are then those of the nearest that is. */
export function unknownFormats(config: JsonFields): Problem[] {
  const fix = 'Trust the size of the weight files instead of the bytes that are counted.'
  const type = statedType(config)
  const method = config.objectOrNull('quantization_config')?.textOrNull('quant_method') ?? null
  return [
    ...(Object.hasOwn(floatTypes, type)
      ? []
      : [
          problem('unknown-precision', fix, {
            where: config.at(config.has('dtype') ? 'dtype' : 'torch_dtype'),
            expected: `one of ${Object.keys(floatTypes).join(', ')}; float32 is counted`,
            received: type,
          }),
        ]),
    ...(method === null || methods.includes(method)
      ? []
      : [
          problem('unknown-precision', fix, {
            where: config.at('quantization_config.quant_method'),
            expected: `one of ${methods.join(', ')}; unquantized weights are counted`,
            received: method,
          }),
        ]),
  ]
}

interface Scheme {
  readonly format: WeightFormat
  holds(label: string): boolean
}

const isExpert = (label: string): boolean => label.includes('/experts/')

/** Matrices of the layers; the output matrix and the tables are left as they are. */
const isLinear = (label: string): boolean =>
  isExpert(label) || (/^(\w+\/)?layer\d*\//.test(label) && label.endsWith('/weight') && !/norm\/weight$/.test(label))

function quantizationOf(config: JsonFields): Scheme | null {
  const mlx = config.objectOrNull('quantization')
  if (mlx?.has('bits')) {
    return {
      format: grouped(mlx, 'bits', mlx.count('group_size', 64), true),
      holds: (label) => isLinear(label) || label === 'embedding',
    }
  }
  const fields = config.objectOrNull('quantization_config')
  if (fields === null) return null
  const linear = (format: WeightFormat): Scheme => ({ format, holds: isLinear })
  switch (fields.text('quant_method', 'unstated')) {
    case 'gptq':
    case 'awq':
      return linear(grouped(fields, 'bits', groupSize(fields), true))
    case 'bitsandbytes':
      if (fields.flag('load_in_8bit', false)) return linear({ bits: 8, group: wholeColumn, zeroPoints: false })
      return linear({ bits: 4, group: 64, zeroPoints: false })
    case 'fp8':
    case 'fbgemm_fp8':
      return linear('float8e4m3fn')
    case 'mxfp4':
      return { format: 'mxfp4', holds: isExpert }
    case 'compressed-tensors':
      return compressed(fields, linear)
    default:
      return null
  }
}

/** The first group of layers stands for all. */
function compressed(fields: JsonFields, linear: (format: WeightFormat) => Scheme): Scheme | null {
  const groups = fields.objectOrNull('config_groups')
  const [first] = groups?.names ?? []
  const weights = first === undefined ? null : (groups?.object(first).objectOrNull('weights') ?? null)
  if (weights === null) return null
  if (weights.text('type', 'int') === 'float') {
    return linear(weights.count('num_bits') === 8 ? 'float8e4m3fn' : 'nvfp4')
  }
  return linear(grouped(weights, 'num_bits', groupSize(weights), !weights.flag('symmetric', true)))
}

/** −1 and absent: one scale per column. */
function groupSize(fields: JsonFields): number {
  const size = fields.numberOrNull('group_size')
  return size === null || size <= 0 ? wholeColumn : size
}

function grouped(fields: JsonFields, bitsField: string, group: number, zeroPoints: boolean): WeightFormat {
  const bits = fields.count(bitsField)
  if (bits !== 4 && bits !== 8) throw fields.refuse(bitsField, '4 or 8')
  return { bits, group, zeroPoints }
}
