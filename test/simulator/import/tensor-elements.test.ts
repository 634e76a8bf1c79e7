import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { DType } from '../../../simulator/graph/dtype.ts'
import { decodeBits, decodeRaw, saturate } from '../../../simulator/import/tensor-elements.ts'

describe('elements of tensors', () => {
  // Source: IEEE 754-2019 table 3.5; OCP OFP8 1.0 table 2; OCP MX 1.0 tables 5 and 7; onnx float8.md for the fnuz types.
  test.each<[DType, number, number]>([
    ['float16', 0x3c00, 1],
    ['float16', 0xc000, -2],
    ['float16', 0x7bff, 65504],
    ['float16', 0x0001, 2 ** -24],
    ['float16', 0x7c00, Number.POSITIVE_INFINITY],
    ['float16', 0xfc00, Number.NEGATIVE_INFINITY],
    ['float16', 0x7e00, Number.NaN],
    ['bfloat16', 0x3f80, 1],
    ['bfloat16', 0xc040, -3],
    ['bfloat16', 0x7f80, Number.POSITIVE_INFINITY],
    ['float8e4m3fn', 0x7e, 448],
    ['float8e4m3fn', 0x01, 2 ** -9],
    ['float8e4m3fn', 0x7f, Number.NaN],
    ['float8e4m3fn', 0xff, Number.NaN],
    ['float8e4m3fnuz', 0x7f, 240],
    ['float8e4m3fnuz', 0x80, Number.NaN],
    ['float8e4m3fnuz', 0x01, 2 ** -10],
    ['float8e5m2', 0x7b, 57344],
    ['float8e5m2', 0x7c, Number.POSITIVE_INFINITY],
    ['float8e5m2', 0x7d, Number.NaN],
    ['float8e5m2', 0x01, 2 ** -16],
    ['float8e5m2fnuz', 0x7f, 57344],
    ['float8e5m2fnuz', 0x80, Number.NaN],
    ['float8e5m2fnuz', 0x01, 2 ** -17],
    ['float8e8m0', 127, 1],
    ['float8e8m0', 0, 2 ** -127],
    ['float8e8m0', 254, 2 ** 127],
    ['float8e8m0', 255, Number.NaN],
    ['int8', 0xff, -1],
    ['int8', 0x80, -128],
    ['uint8', 0xff, 255],
    ['int16', 0x8000, -32768],
    ['bool', 1, 1],
  ])('%s: pattern %i is %d', (dtype, bits, expected) => {
    expect(decodeBits(dtype, bits)).toBe(expected)
  })

  test('float4e2m1 has the eight magnitudes of the standard, either sign', () => {
    const magnitudes = [0, 0.5, 1, 1.5, 2, 3, 4, 6]
    const values = Array.from({ length: 16 }, (_, bits) => decodeBits('float4e2m1', bits))
    expect(values).toEqual([...magnitudes, ...magnitudes.map((value) => -value)])
  })

  test.prop([fc.nat(0xffff)])('bfloat16 is the upper half of a float32', (bits) => {
    const view = new DataView(new ArrayBuffer(4))
    view.setUint32(0, bits * 2 ** 16)
    expect(decodeBits('bfloat16', bits)).toBe(view.getFloat32(0))
  })

  test('types under a byte are packed from the low bits up', () => {
    expect(decodeRaw('int4', Uint8Array.of(0x8f, 0x07), 3)).toEqual([-1, -8, 7])
    expect(decodeRaw('uint4', Uint8Array.of(0x8f), 2)).toEqual([15, 8])
    expect(decodeRaw('int2', Uint8Array.of(0b00_01_10_11), 4)).toEqual([-1, -2, 1, 0])
    expect(decodeRaw('uint2', Uint8Array.of(0b00_01_10_11), 4)).toEqual([3, 2, 1, 0])
  })

  test.prop([fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))])(
    'int64 saturates at the safe integers',
    (values) => {
      const raw = new Uint8Array(BigInt64Array.from(values).buffer)
      const expected = values.map((value) =>
        Number(BigInt.asIntN(54, value) === value ? value : value < 0n ? -(2n ** 53n - 1n) : 2n ** 53n - 1n),
      )
      expect(decodeRaw('int64', raw, values.length)).toEqual(expected)
    },
  )

  test('the largest int64, "to the end" of slices, is the largest safe integer', () => {
    expect(saturate(Number(2n ** 63n - 1n))).toBe(Number.MAX_SAFE_INTEGER)
    expect(saturate(Number(-(2n ** 63n)))).toBe(Number.MIN_SAFE_INTEGER)
  })

  test.prop([fc.array(fc.double())])('float64 is read as it is', (values) => {
    expect(decodeRaw('float64', new Uint8Array(Float64Array.from(values).buffer), values.length)).toEqual(values)
  })

  test.prop([fc.array(fc.integer())])('int32 is read as it is, from any alignment', (values) => {
    const raw = new Uint8Array(values.length * 4 + 1)
    raw.set(new Uint8Array(Int32Array.from(values).buffer), 1)
    expect(decodeRaw('int32', raw.subarray(1), values.length)).toEqual(values)
  })

  test('complex numbers and strings have no elements', () => {
    expect(decodeRaw('complex64', new Uint8Array(8), 1)).toBeNull()
    expect(decodeRaw('string', new Uint8Array(8), 1)).toBeNull()
  })
})
