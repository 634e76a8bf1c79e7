/** Elements of small tensors as numbers: little-endian raw bytes of every numeric type, packed and small floats included. */
import { type DType, dtypes } from '../graph/dtype.ts'
import { maxKeptElements, maxKeptWeights } from './limits.ts'

/** Binary floats narrower than 32 bits. `specials`: what the all-ones exponent means. */
interface SmallFloat {
  readonly exponentBits: number
  readonly mantissaBits: number
  readonly bias: number
  /** ieee: infinities and NaNs; fn: NaN only where every bit is one; fnuz: NaN is negative zero; none: all finite. */
  readonly specials: 'ieee' | 'fn' | 'fnuz' | 'none'
}

/** Source: IEEE 754-2019; OCP 8-bit and Microscaling formats 1.0; onnx/docs/docsgen/source/technical/float8.md. */
const smallFloats: Partial<Record<DType, SmallFloat>> = {
  float16: { exponentBits: 5, mantissaBits: 10, bias: 15, specials: 'ieee' },
  bfloat16: { exponentBits: 8, mantissaBits: 7, bias: 127, specials: 'ieee' },
  float8e4m3fn: { exponentBits: 4, mantissaBits: 3, bias: 7, specials: 'fn' },
  float8e4m3fnuz: { exponentBits: 4, mantissaBits: 3, bias: 8, specials: 'fnuz' },
  float8e5m2: { exponentBits: 5, mantissaBits: 2, bias: 15, specials: 'ieee' },
  float8e5m2fnuz: { exponentBits: 5, mantissaBits: 2, bias: 16, specials: 'fnuz' },
  float4e2m1: { exponentBits: 2, mantissaBits: 1, bias: 1, specials: 'none' },
}

/** Value of the bit pattern `bits` of a narrow `dtype`; integers are given as their unsigned pattern too. */
export function decodeBits(dtype: DType, bits: number): number {
  if (dtype === 'float8e8m0') return bits === 0xff ? Number.NaN : 2 ** (bits - 127)
  const float = smallFloats[dtype]
  if (float !== undefined) return decodeSmallFloat(float, bits)
  const width = dtypes[dtype].bits
  return dtype.startsWith('int') && bits >= 2 ** (width - 1) ? bits - 2 ** width : bits
}

function decodeSmallFloat({ exponentBits, mantissaBits, bias, specials }: SmallFloat, bits: number): number {
  const sign = bits >> (exponentBits + mantissaBits) === 1 ? -1 : 1
  const exponent = (bits >> mantissaBits) & (2 ** exponentBits - 1)
  const mantissa = bits & (2 ** mantissaBits - 1)
  const topExponent = exponent === 2 ** exponentBits - 1
  if (specials === 'ieee' && topExponent) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (specials === 'fn' && topExponent && mantissa === 2 ** mantissaBits - 1) return Number.NaN
  if (specials === 'fnuz' && sign === -1 && exponent === 0 && mantissa === 0) return Number.NaN
  const fraction = mantissa / 2 ** mantissaBits
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias)
}

/** int64 beyond the safe integers saturates: such values are "to the end" in slices, and the same there. */
export function saturate(value: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
}

/**
 * `count` elements of `raw`, little-endian, several to a byte from the low bits up where they are narrower.
 * `null` for complex numbers and strings. `raw` must hold at least that many.
 */
export function decodeRaw(dtype: DType, raw: Uint8Array, count: number): number[] | null {
  const { bits, kind } = dtypes[dtype]
  if (kind === 'complex' || kind === 'string') return null
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  const elements: number[] = []
  for (let index = 0; index < count; index += 1) {
    if (bits < 8) {
      const perByte = 8 / bits
      const byte = view.getUint8(Math.floor(index / perByte))
      elements.push(decodeBits(dtype, (byte >> ((index % perByte) * bits)) & (2 ** bits - 1)))
    } else if (bits === 8) elements.push(decodeBits(dtype, view.getUint8(index)))
    else if (bits === 16) elements.push(decodeBits(dtype, view.getUint16(index * 2, true)))
    else if (dtype === 'float32') elements.push(view.getFloat32(index * 4, true))
    else if (dtype === 'float64') elements.push(view.getFloat64(index * 8, true))
    else if (bits === 32) elements.push(decodeBits(dtype, view.getUint32(index * 4, true)))
    else if (dtype === 'uint64') elements.push(saturate(Number(view.getBigUint64(index * 8, true))))
    else elements.push(saturate(Number(view.getBigInt64(index * 8, true))))
  }
  return elements
}

/** Whether a constant of `count` elements may be shape arithmetic, and so keeps them. */
export function keepsElements(dtype: DType, count: number): boolean {
  const isIndexType = dtype === 'int64' || dtype === 'int32' || dtype === 'bool'
  return count <= (isIndexType ? maxKeptElements : maxKeptWeights)
}
