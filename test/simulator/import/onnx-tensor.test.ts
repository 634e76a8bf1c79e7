import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { maxKeptElements, maxKeptWeights } from '../../../simulator/import/limits.ts'
import { dtypeOfCode, readTensor, type StoredTensor } from '../../../simulator/import/onnx/tensor.ts'
import { WireReader } from '../../../simulator/import/wire.ts'
import { bytesOf, type TensorParts, tensor } from '../../support/build-onnx.ts'
import { problemOf } from './problem-of.ts'

function read(parts: TensorParts): StoredTensor {
  const content = tensor({ name: 't', ...parts })
  return readTensor(new WireReader([{ start: 0, bytes: content }], content.length))
}

const elementsOf = (parts: TensorParts) => read(parts).constant.elements

const types = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  complex64: 14,
}
const [float4, int4, uint64] = [23, 22, 13]

describe('a stored tensor', () => {
  test('has the element types of the standard by their codes', () => {
    expect([1, 2, 7, 8, 9, 10, 16, 17, 22, 23, 26].map(dtypeOfCode)).toEqual([
      'float32',
      'uint8',
      'int64',
      'string',
      'bool',
      'float16',
      'bfloat16',
      'float8e4m3fn',
      'int4',
      'float4e2m1',
      'int2',
    ])
    expect([0, 27, -1].map(dtypeOfCode)).toEqual([null, null, null])
  })

  test.prop([fc.array(fc.maxSafeInteger(), { maxLength: 40 })])(
    'has the same elements from raw bytes and from a list',
    (values) => {
      const dims = [values.length]
      const raw = bytesOf(BigInt64Array.from(values, BigInt))
      expect(elementsOf({ type: types.int64, dims, raw })).toEqual(values)
      expect(elementsOf({ type: types.int64, dims, int64s: values })).toEqual(values)
    },
  )

  test('is read from the list that its type has', () => {
    expect(elementsOf({ type: types.float32, dims: [2], floats: [0.5, -1] })).toEqual([0.5, -1])
    expect(elementsOf({ type: types.float64, dims: [1], doubles: [0.1] })).toEqual([0.1])
    expect(elementsOf({ type: types.int32, dims: [2], int32s: [-5, 5] })).toEqual([-5, 5])
    expect(elementsOf({ type: types.int8, dims: [1], int32s: [-5] })).toEqual([-5])
    expect(elementsOf({ type: types.bool, dims: [2], int32s: [1, 0] })).toEqual([1, 0])
    expect(elementsOf({ type: types.float16, dims: [2], int32s: [0x3c00, 0xc000] })).toEqual([1, -2])
    expect(elementsOf({ type: int4, dims: [3], int32s: [0x8f, 0x07] })).toEqual([-1, -8, 7])
    expect(elementsOf({ type: float4, dims: [2], int32s: [0x62] })).toEqual([1, 4])
    expect(elementsOf({ type: uint64, dims: [1], uint64s: [2n ** 64n - 1n] })).toEqual([Number.MAX_SAFE_INTEGER])
    expect(elementsOf({ type: types.complex64, dims: [1], floats: [1, 2] })).toBeNull()
  })

  test('is a scalar without dimensions and nothing with a dimension of 0', () => {
    expect(read({ type: types.int64, int64s: [3] }).constant).toMatchObject({ dims: [], elements: [3] })
    expect(read({ type: types.int64, dims: [0] })).toMatchObject({
      constant: { dims: [0], elements: [] },
      hasPayload: true,
    })
    expect(elementsOf({ type: types.int64, dims: [0], raw: new Uint8Array(0) })).toEqual([])
  })

  test('keeps elements of index types up to one limit, of others up to a lower one', () => {
    const kept = (type: number, elements: number, width: number) =>
      elementsOf({ type, dims: [elements], raw: new Uint8Array(elements * width) }) !== null
    expect(kept(types.int64, maxKeptElements, 8)).toBe(true)
    expect(kept(types.int64, maxKeptElements + 1, 8)).toBe(false)
    expect(kept(types.float32, maxKeptWeights, 4)).toBe(true)
    expect(kept(types.float32, maxKeptWeights + 1, 4)).toBe(false)
    expect(kept(types.int8, maxKeptWeights + 1, 1)).toBe(false)
  })

  test('counts the bits of its type, none for strings', () => {
    expect(read({ type: int4, dims: [5], raw: new Uint8Array(3) }).storedBits).toBe(20)
    expect(read({ type: types.float16, dims: [2, 3], raw: new Uint8Array(12) }).storedBits).toBe(96)
    expect(read({ type: types.string, dims: [1], strings: ['label'] }).storedBits).toBe(0)
  })

  test('is accepted without any payload, and says so', () => {
    expect(read({ type: types.float32, dims: [3, 3] })).toMatchObject({ hasPayload: false, storedBits: 288 })
  })

  test.each<[string, TensorParts]>([
    ['raw bytes that are too few', { type: types.float32, dims: [2, 2], raw: new Uint8Array(15) }],
    ['raw bytes that are too many', { type: types.int8, dims: [2], raw: new Uint8Array(3) }],
    ['a list that is too short', { type: types.float32, dims: [3], floats: [1, 2] }],
    ['a list that is too long', { type: types.int64, dims: [1], int64s: [1, 2] }],
    ['half a complex number', { type: types.complex64, dims: [1], floats: [1] }],
    ['packed elements that are too few', { type: int4, dims: [5], int32s: [1, 2] }],
    ['strings that are too few', { type: types.string, dims: [2], strings: ['a'] }],
    [
      'an external length that is too small',
      { type: types.float32, dims: [2], external: { location: 'w', length: '4' } },
    ],
    [
      'a long list that is too short by any count',
      { type: types.int64, dims: [200_000], int64s: new Array(18_000).fill(1) },
    ],
  ])('is refused with %s', (_, parts) => {
    expect(problemOf(() => read(parts))).toMatchObject({ code: 'tensor-size-mismatch', where: 't' })
  })

  test.each<[string, TensorParts, string]>([
    ['an element type of no standard', { type: 99, dims: [1] }, 'malformed'],
    ['a negative dimension', { dims: [-1] }, 'malformed'],
    ['a dimension over 2^53', { dims: [2n ** 62n] }, 'dimension-too-large'],
    ['dimensions whose product is over 2^53', { dims: [2 ** 31, 2 ** 31] }, 'dimension-too-large'],
    ['more axes than any runtime takes', { dims: new Array(65).fill(1) }, 'malformed'],
  ])('is refused with %s', (_, parts, code) => {
    expect(problemOf(() => read(parts))).toMatchObject({ code, where: 't' })
  })

  test('keeps where external data is', () => {
    const parts = { dims: [4], external: { location: 'data/w.bin', offset: '4096', length: '16' } }
    expect(read(parts).constant.external).toEqual({ location: 'data/w.bin', offset: 4096, lengthBytes: 16 })
    expect(read({ dims: [4], external: { location: 'w' } }).constant.external).toEqual({
      location: 'w',
      offset: 0,
      lengthBytes: null,
    })
  })
})
