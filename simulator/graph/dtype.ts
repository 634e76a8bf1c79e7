/** Element types of tensors: width, kind, and whether a precision transform may re-type them. */

export type DTypeKind = 'float' | 'integer' | 'boolean' | 'string' | 'complex'

export interface DTypeTraits {
  readonly bits: number
  readonly kind: DTypeKind
}

/** Names follow ONNX where it has one; sub-byte and fp8 types included. `string` has no fixed width. */
export const dtypes = {
  float64: { bits: 64, kind: 'float' },
  float32: { bits: 32, kind: 'float' },
  float16: { bits: 16, kind: 'float' },
  bfloat16: { bits: 16, kind: 'float' },
  float8e4m3fn: { bits: 8, kind: 'float' },
  float8e4m3fnuz: { bits: 8, kind: 'float' },
  float8e5m2: { bits: 8, kind: 'float' },
  float8e5m2fnuz: { bits: 8, kind: 'float' },
  float8e8m0: { bits: 8, kind: 'float' },
  float4e2m1: { bits: 4, kind: 'float' },
  int64: { bits: 64, kind: 'integer' },
  int32: { bits: 32, kind: 'integer' },
  int16: { bits: 16, kind: 'integer' },
  int8: { bits: 8, kind: 'integer' },
  int4: { bits: 4, kind: 'integer' },
  int2: { bits: 2, kind: 'integer' },
  uint64: { bits: 64, kind: 'integer' },
  uint32: { bits: 32, kind: 'integer' },
  uint16: { bits: 16, kind: 'integer' },
  uint8: { bits: 8, kind: 'integer' },
  uint4: { bits: 4, kind: 'integer' },
  uint2: { bits: 2, kind: 'integer' },
  bool: { bits: 8, kind: 'boolean' },
  string: { bits: 0, kind: 'string' },
  complex64: { bits: 64, kind: 'complex' },
  complex128: { bits: 128, kind: 'complex' },
} as const satisfies Record<string, DTypeTraits>

export type DType = keyof typeof dtypes

/** Bytes of `elements` packed elements; sub-byte types round up to whole bytes per tensor. */
export function dtypeBytes(dtype: DType, elements: number): number {
  return Math.ceil((dtypes[dtype].bits * elements) / 8)
}
