/**
 * One walk over a protobuf file that keeps its structure and jumps over its payloads, by ranged reads.
 *
 * Fields up to `maxKeptFieldBytes` are kept whole. A longer one is descended into where the layout says that it holds a
 * message, else only its key and length are kept. Weights are therefore neither read (beyond the read-ahead) nor held.
 */
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { maxFields, maxKeptFieldBytes, maxKeptListBytes, maxMessageDepth, maxStructureBytes } from './limits.ts'
import { ReadAhead } from './read-ahead.ts'
import { type Segment, tooManyFields, WireReader, wireTypes } from './wire.ts'

/** Fields that hold messages, and lists to keep up to `maxKeptListBytes`, by field number. May refer to itself. */
export interface MessageLayout {
  readonly [field: number]: MessageLayout | 'keep'
}

/** Longest key and length of a field: 5 and 10 bytes; longest key and varint value the same. */
const maxHeaderBytes = 15

/**
 * Kept parts of the file, in file order; no field's header, name or kept content straddles two of them.
 * Throws `truncated`, `malformed`, `too-deep`, `too-many-nodes`.
 */
export async function skim(source: ByteSource, layout: MessageLayout): Promise<Segment[]> {
  const segments: Segment[] = []
  const window = new ReadAhead(source)
  let wire = new WireReader([], source.size)
  let fields = 0
  let keptBytes = 0
  let runStart = 0
  let position = 0

  function closeRun(): void {
    if (position === runStart) return
    keptBytes += position - runStart
    checkStructure(keptBytes, position)
    // A copy, so that the window with the payloads in it is released.
    segments.push({ start: runStart, bytes: window.bytes.slice(runStart - window.start, position - window.start) })
  }

  async function need(length: number): Promise<void> {
    closeRun()
    runStart = position
    await window.load(position, length)
    wire = new WireReader([{ start: window.start, bytes: window.bytes }], source.size)
  }

  async function walk(end: number, message: MessageLayout, depth: number): Promise<void> {
    if (depth > maxMessageDepth) {
      throw fail('too-deep', 'Flatten the nested graphs of the model.', {
        where: `byte ${position}`,
        expected: `at most ${maxMessageDepth} nested messages`,
      })
    }
    while (position < end) {
      const headerLength = Math.min(maxHeaderBytes, end - position)
      if (!window.has(position, headerLength)) await need(headerLength)
      fields += 1
      if (fields > maxFields) throw tooManyFields(position)
      wire.header(position, end)
      const { type, valueStart, valueEnd } = wire
      const inner = message[wire.field]
      const limit = inner === 'keep' ? maxKeptListBytes : maxKeptFieldBytes
      if (type !== wireTypes.lengthDelimited || valueEnd - valueStart <= limit) {
        checkStructure(keptBytes + valueEnd - valueStart, position)
        if (!window.has(position, valueEnd - position)) await need(valueEnd - position)
        position = valueEnd
        continue
      }
      position = valueStart
      if (typeof inner === 'object') await walk(valueEnd, inner, depth + 1)
      else {
        closeRun()
        position = valueEnd
        runStart = valueEnd
      }
    }
  }

  await walk(source.size, layout, 0)
  closeRun()
  return segments
}

function checkStructure(keptBytes: number, position: number): void {
  if (keptBytes <= maxStructureBytes) return
  throw fail('too-many-nodes', 'Simplify the model or strip its metadata, and export it again.', {
    where: `byte ${position}`,
    expected: `at most ${maxStructureBytes} bytes beside weights`,
  })
}
