import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type ByteSource, fromBytes } from '../../../simulator/import/byte-source.ts'
import { maxKeptFieldBytes, maxMessageDepth } from '../../../simulator/import/limits.ts'
import { type MessageLayout, skim } from '../../../simulator/import/skim.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'
import { rejectionOf } from './problem-of.ts'

/** Field 1 holds a message of the same kind, field 2 is kept, anything else is payload. */
const layout: { [field: number]: MessageLayout | 'keep' } = { 2: 'keep' }
layout[1] = layout

const long = maxKeptFieldBytes + 1

async function kept(content: Uint8Array): Promise<readonly [start: number, end: number][]> {
  return (await skim(fromBytes(content), layout)).map(({ start, bytes }) => [start, start + bytes.length])
}

describe('the walk that jumps over payloads', () => {
  test('keeps a short file whole', async () => {
    const content = concat(varintField(5, 1), field(7, 'abc'))
    expect(await kept(content)).toEqual([[0, content.length]])
  })

  test('keeps key and length of a long payload, and goes on behind it', async () => {
    const payload = field(7, new Uint8Array(long))
    const content = concat(payload, field(7, 'abc'))
    const headerBytes = payload.length - long
    expect(await kept(content)).toEqual([
      [0, headerBytes],
      [payload.length, content.length],
    ])
  })

  test('goes into a long message and keeps a long field that the layout names', async () => {
    const inner = concat(field(7, 'a'), field(7, new Uint8Array(long)), field(2, new Uint8Array(long)))
    const content = field(1, inner)
    const payloadEnd = content.length - field(2, new Uint8Array(long)).length
    const ranges = await kept(content)
    expect(ranges.at(0)).toEqual([0, payloadEnd - long])
    expect(ranges.at(1)?.[0]).toBe(payloadEnd)
    expect(ranges.at(-1)?.[1]).toBe(content.length)
  })

  test('holds no more than it keeps, whatever was read around it', async () => {
    const content = concat(field(7, new Uint8Array(long)), field(7, 'abc'), field(7, new Uint8Array(long)))
    for (const { bytes } of await skim(fromBytes(content), layout)) {
      expect(bytes.buffer.byteLength).toBe(bytes.length)
    }
  })

  const anyMessage = fc.letrec<{ message: Uint8Array }>((tie) => ({
    message: fc
      .array(
        fc.oneof(
          fc.nat(1000).map((value) => varintField(5, value)),
          fc.nat(40_000).map((length) => field(7, new Uint8Array(length))),
          fc.nat(40_000).map((length) => field(2, new Uint8Array(length))),
          tie('message').map((inner) => field(1, inner)),
        ),
        { maxLength: 4 },
      )
      .map((fields) => concat(...fields)),
  })).message

  test.prop([anyMessage], { numRuns: 40 })('keeps segments in order, with the bytes of the file', async (content) => {
    let end = 0
    for (const { start, bytes } of await skim(fromBytes(content), layout)) {
      expect(start).toBeGreaterThanOrEqual(end)
      expect(Buffer.compare(bytes, content.subarray(start, start + bytes.length))).toBe(0)
      end = start + bytes.length
    }
    expect(end).toBeLessThanOrEqual(content.length)
  })

  test.prop([anyMessage], { numRuns: 40 })('asks only for ranges within the file', async (content) => {
    const views = fromBytes(content)
    const strict: ByteSource = {
      size: views.size,
      read(offset, length) {
        expect(length).toBeGreaterThan(0)
        return views.read(offset, length)
      },
    }
    await skim(strict, layout)
  })

  test('refuses messages nested too deep before it runs out of stack', async () => {
    let content: Uint8Array = new Uint8Array(long)
    for (let depth = 0; depth < maxMessageDepth + 2; depth += 1) content = concat(field(1, content), field(7, 'x'))
    expect(await rejectionOf(skim(fromBytes(content), layout))).toMatchObject({ code: 'too-deep' })
  })

  test('refuses more structure than any model has without reading it all', async () => {
    const block = concat(...new Array<Uint8Array>(64).fill(field(7, new Uint8Array(maxKeptFieldBytes))))
    const twice = concat(block, block)
    let bytesRead = 0
    // A file of the same megabyte over and over, 4 GB long, that no memory holds.
    const endless: ByteSource = {
      size: block.length * 4096,
      async read(offset, length) {
        bytesRead += length
        const start = offset % block.length
        return twice.subarray(start, start + length)
      },
    }
    expect(await rejectionOf(skim(endless, layout))).toMatchObject({ code: 'too-many-nodes' })
    expect(bytesRead).toBeLessThan(70e6)
  })
})
