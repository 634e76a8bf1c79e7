import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { WireReader, wireTypes } from '../../../simulator/import/wire.ts'
import { concat, field, float32Field, key, varint, varintField } from '../../support/build-protobuf.ts'
import { problemOf } from './problem-of.ts'

function read<Result>(content: Uint8Array, readField: (wire: WireReader) => Result): Result[] {
  const wire = new WireReader([{ start: 0, bytes: content }], content.length)
  const results: Result[] = []
  wire.message(() => results.push(readField(wire)))
  return results
}

describe('the wire reader', () => {
  test.prop([fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })])(
    'reads any int64, rounded to a double',
    (value) => {
      expect(read(varintField(1, value), (wire) => wire.int64())).toEqual([Number(value)])
    },
  )

  test.prop([fc.array(fc.maxSafeInteger())])('reads a packed list as the same list one by one', (values) => {
    const list = (content: Uint8Array) => {
      const numbers: number[] = []
      read(content, (wire) => wire.int64s(numbers))
      return numbers
    }
    expect(list(field(3, concat(...values.map(varint))))).toEqual(values)
    expect(list(concat(...values.map((value) => varintField(3, value))))).toEqual(values)
  })

  test.prop([fc.array(fc.float({ noNaN: true }))])('reads floats, packed or one by one', (values) => {
    const list = (content: Uint8Array) => {
      const numbers: number[] = []
      read(content, (wire) => wire.floats(numbers, 4))
      return numbers
    }
    expect(list(field(3, new Uint8Array(Float32Array.from(values).buffer)))).toEqual(values)
    expect(list(concat(...values.map((value) => float32Field(3, value))))).toEqual(values)
  })

  test.prop([fc.string({ unit: 'binary' })])('reads any text', (text) => {
    expect(read(field(2, text), (wire) => wire.text())).toEqual([
      new TextDecoder().decode(new TextEncoder().encode(text)),
    ])
  })

  test('replaces what is not UTF-8 in a name', () => {
    expect(read(field(2, Uint8Array.of(0x61, 0xff)), (wire) => wire.text())).toEqual(['a\ufffd'])
  })

  test('steps over fields that nobody asks for, whatever their type', () => {
    const content = concat(
      varintField(1, 300),
      concat(key(2, wireTypes.fixed64), new Uint8Array(8)),
      field(3, 'skipped'),
      concat(key(4, wireTypes.fixed32), new Uint8Array(4)),
      varintField(5, 7),
    )
    const seen = read(content, (wire) => [wire.field, wire.type])
    expect(seen).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 5],
      [5, 0],
    ])
  })

  test('goes on after a message that was read in part', () => {
    const wire = new WireReader(
      [{ start: 0, bytes: concat(field(1, concat(field(2, 'in'), field(3, 'side'))), field(4, 'after')) }],
      19,
    )
    const seen: string[] = []
    wire.message(() => {
      if (wire.field === 4) seen.push(wire.text())
      else {
        wire.message(() => {
          if (wire.field === 2) seen.push(wire.text())
        })
      }
    })
    expect(seen).toEqual(['in', 'after'])
  })

  test('reads across segments by file offset and tells what was not kept', () => {
    const [head, gap, tail] = [field(1, 'a'), new Uint8Array(1000), varintField(3, 5)] as const
    const jumped = concat(key(2, 2), varint(gap.length))
    const start = head.length + jumped.length + gap.length
    const wire = new WireReader(
      [
        { start: 0, bytes: concat(head, jumped) },
        { start, bytes: tail },
      ],
      start + tail.length,
    )
    const seen: unknown[] = []
    wire.message(() => seen.push(wire.field === 3 ? wire.int64() : wire.content()))
    expect(seen).toEqual([Uint8Array.of(0x61), null, 5])
  })

  test.each([
    ['a varint of more than 64 bits', concat(key(1, 0), new Uint8Array(10).fill(0xff), Uint8Array.of(1))],
    ['a tenth byte that holds more than one bit', concat(key(1, 0), new Uint8Array(9).fill(0x80), Uint8Array.of(2))],
    ['field number 0', varintField(0, 1)],
    ['a field number of more than 29 bits', concat(varint(2n ** 33n), Uint8Array.of(0))],
    ['the start of a group', concat(key(1, 3), key(1, 4))],
    ['an unknown wire type', Uint8Array.of(0x0f)],
  ])('refuses %s as malformed at its byte', (_, content) => {
    const problem = problemOf(() => read(content, () => null))
    expect(problem).toMatchObject({ code: 'malformed', where: expect.stringMatching(/^byte \d+$/) })
  })

  test('refuses a field of another type than asked for', () => {
    expect(problemOf(() => read(varintField(1, 1), (wire) => wire.text()))).toMatchObject({ code: 'malformed' })
    expect(problemOf(() => read(field(1, 'abc'), (wire) => wire.int64()))).toMatchObject({ code: 'malformed' })
    expect(problemOf(() => read(field(1, 'abc'), (wire) => wire.floats([], 4)))).toMatchObject({ code: 'malformed' })
  })

  test('tells a file that ends too early from a message that does', () => {
    expect(problemOf(() => read(field(1, 'abc', 9), () => null))).toEqual({
      code: 'truncated',
      where: 'byte 0',
      expected: 'at least 11 bytes',
      received: '5 bytes',
      fix: expect.any(String),
    })
    const content = concat(field(1, field(2, 'abc', 9)), new Uint8Array(20).fill(8))
    const nested = () => read(content, (wire) => wire.message(() => null))
    expect(problemOf(nested)).toMatchObject({ code: 'malformed', where: 'byte 2' })
  })

  test('stops at more fields than any model has', () => {
    const many = new Uint8Array(8_000_000).fill(8)
    expect(problemOf(() => read(many, () => null))).toMatchObject({ code: 'too-many-nodes' })
  })
})
