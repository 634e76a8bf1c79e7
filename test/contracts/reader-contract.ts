/**
 * What every model reader promises (`simulator/import/reader.ts`): `match` never throws; `open` throws only `ProblemError`,
 * gives the same from any source, and does not read weight payloads.
 */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type ByteSource, fromBytes } from '../../simulator/import/byte-source.ts'
import { headBytes } from '../../simulator/import/limits.ts'
import type { ModelReader } from '../../simulator/import/reader.ts'
import { ProblemError } from '../../simulator/problem.ts'

export interface ReaderSamples {
  /** Well-formed files by what they show, a few KB each at most: they are cut and mutated many times. */
  readonly small: Readonly<Record<string, Uint8Array>>
  /** A well-formed file that is nearly all weights, at least 4 MB; `null` for a format that holds none. */
  readonly heavy: Uint8Array | null
}

/** A hang, not slowness, is what this long a wait shows. */
const hangMs = 10_000

export function describeReader(reader: ModelReader, { small, heavy }: ReaderSamples): void {
  const samples = Object.entries(small)
  const anySample = fc.constantFrom(...Object.values(small))

  describe(`the ${reader.format} reader`, () => {
    test.each(samples)('recognises and opens %s', async (_, content) => {
      expect(reader.match(headOf(content), null)).toBe(true)
      const parsed = await reader.open(fromBytes(content), null)
      expect(parsed.format).toBe(reader.format)
      expect(parsed.fileBytes).toBe(content.length)
      expect(parsed.nodesAllGraphs).toBeGreaterThanOrEqual(parsed.nodes)
      const types = Object.values(parsed.weightBytesByDtype ?? { sum: parsed.weightBytes })
      expect(types.reduce((sum, bytes) => sum + bytes, 0)).toBe(parsed.weightBytes)
    })

    test.each(samples)('gives plain data for %s, but for the rules of its dialect', async (_, content) => {
      const { graph: given, ...rest } = await reader.open(fromBytes(content), null)
      const { dialect: _rules, ...graph } = given
      const plain = { ...rest, graph }
      expect(structuredClone(plain)).toEqual(plain)
    })

    test.each(samples)('leaves the bytes of %s as they were', async (_, content) => {
      const before = content.slice()
      await reader.open(fromBytes(content), null)
      expect(content).toEqual(before)
    })

    test.each(samples)('gives the same for %s from bytes and from copies of ranges', async (_, content) => {
      expect(await reader.open(copying(content), null)).toEqual(await reader.open(fromBytes(content), null))
    })

    if (heavy !== null) {
      test('reads a small part of a file that is nearly all weights, in few reads', async () => {
        const counted = counting(heavy)
        const parsed = await reader.open(counted, null)
        expect(parsed.weightBytes).toBeGreaterThan(heavy.length * 0.9)
        expect(counted.bytesRead).toBeLessThan(heavy.length / 10)
        expect(counted.reads).toBeLessThan(10 + 2 * parsed.graph.constants.size)
      })
    }

    test.prop([fc.uint8Array({ maxLength: headBytes })])('never throws while it looks at a head', (head) => {
      expect(typeof reader.match(head, 'model.bin')).toBe('boolean')
    })

    test.each(samples)(
      'opens or names what is wrong with every cut of %s',
      { timeout: hangMs * 6 },
      async (_, content) => {
        let problems = 0
        for (let length = 0; length < content.length; length += 1) {
          if ((await openOrProblem(reader, content.subarray(0, length))) instanceof ProblemError) problems += 1
        }
        // Some formats can be cut between two whole parts without a trace; never in most places.
        expect(problems).toBeGreaterThan(content.length * 0.9)
      },
    )

    test.prop([anySample, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })], {
      numRuns: 2000,
    })(
      'opens or names what is wrong with any file that a few bytes were changed in',
      async (sample, changes) => {
        const content = sample.slice()
        for (const [position, byte] of changes) content[position % content.length] = byte
        await openOrProblem(reader, content)
      },
      hangMs * 6,
    )

    test.prop([anySample, fc.nat(), fc.uint8Array({ maxLength: 24 }), fc.nat(24)], { numRuns: 1000 })(
      'opens or names what is wrong with any file that bytes were put into or taken from',
      async (sample, at, inserted, removed) => {
        const position = at % sample.length
        const content = [...sample.subarray(0, position), ...inserted, ...sample.subarray(position + removed)]
        await openOrProblem(reader, Uint8Array.from(content))
      },
      hangMs * 6,
    )
  })
}

/** The parsed model or the problem; anything else thrown is a failure of the reader and comes through. */
async function openOrProblem(reader: ModelReader, content: Uint8Array): Promise<unknown> {
  try {
    return await reader.open(fromBytes(content), null)
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

function headOf(content: Uint8Array): Uint8Array {
  return content.subarray(0, headBytes)
}

/** As a file handle or a `Blob` does: every read gives a buffer of its own. */
function copying(content: Uint8Array): ByteSource {
  const views = fromBytes(content)
  return { size: views.size, read: async (offset, length) => (await views.read(offset, length)).slice() }
}

function counting(content: Uint8Array): ByteSource & { bytesRead: number; reads: number } {
  const views = fromBytes(content)
  return {
    size: views.size,
    bytesRead: 0,
    reads: 0,
    async read(offset, length) {
      this.bytesRead += length
      this.reads += 1
      return views.read(offset, length)
    },
  }
}
