/** Element types of tensors: width, kind, and whether a precision transform may re-type them. */

/** `block`: several elements share a scale, which is part of their bits; only weights are stored so. */
type DTypeKind = 'float' | 'integer' | 'boolean' | 'string' | 'complex' | 'block'

export interface DTypeTraits {
  /** Of one element, a fraction where a block shares scales. */
  readonly bits: number
  readonly kind: DTypeKind
  /** Elements that are stored together; absent = 1. */
  readonly block?: number
}

/** `bytes` for `elements` together, scales and minima included (ggml/src/ggml-common.h). */
function block<const Elements extends number>(elements: Elements, bytes: number) {
  return { bits: (8 * bytes) / elements, kind: 'block', block: elements } as const
}

/**
 * Names follow ONNX where it has one; sub-byte and fp8 types included. `string` has no fixed width. The block formats
 * are ggml's, under its names in lower case; indices into tables of 2 to 128 weights (`uint1` … `uint7`) are Core ML's.
 */
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
  float6e2m3: { bits: 6, kind: 'float' },
  float6e3m2: { bits: 6, kind: 'float' },
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
  uint7: { bits: 7, kind: 'integer' },
  uint6: { bits: 6, kind: 'integer' },
  uint5: { bits: 5, kind: 'integer' },
  uint4: { bits: 4, kind: 'integer' },
  uint3: { bits: 3, kind: 'integer' },
  uint2: { bits: 2, kind: 'integer' },
  uint1: { bits: 1, kind: 'integer' },
  bool: { bits: 8, kind: 'boolean' },
  string: { bits: 0, kind: 'string' },
  complex64: { bits: 64, kind: 'complex' },
  complex128: { bits: 128, kind: 'complex' },
  q1_0: block(128, 18),
  q2_k: block(256, 84),
  q3_k: block(256, 110),
  q4_0: block(32, 18),
  q4_1: block(32, 20),
  q4_k: block(256, 144),
  q5_0: block(32, 22),
  q5_1: block(32, 24),
  q5_k: block(256, 176),
  q6_k: block(256, 210),
  q8_0: block(32, 34),
  q8_1: block(32, 36),
  q8_k: block(256, 292),
  iq1_s: block(256, 50),
  iq1_m: block(256, 56),
  iq2_xxs: block(256, 66),
  iq2_xs: block(256, 74),
  iq2_s: block(256, 82),
  iq3_xxs: block(256, 98),
  iq3_s: block(256, 110),
  iq4_nl: block(32, 18),
  iq4_xs: block(256, 136),
  tq1_0: block(256, 54),
  tq2_0: block(256, 66),
  mxfp4: block(32, 17),
  nvfp4: block(64, 36),
} as const satisfies Record<string, DTypeTraits>

export type DType = keyof typeof dtypes

/** Bytes of `elements` packed elements; sub-byte types round up to whole bytes per tensor. */
export function dtypeBytes(dtype: DType, elements: number): number {
  return Math.ceil((dtypes[dtype].bits * elements) / 8)
}
