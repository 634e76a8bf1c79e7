/** Deflated content → bytes, never more of them than announced. */
import { Inflate } from 'fflate'
import { fail, type ProblemError } from '../problem.ts'
import { type ByteSource, fromBytes } from './byte-source.ts'

/** Deflate expands up to 1,032 times: what one step can make before its length is looked at is some 16 MB. */
const stepBytes = 16 * 1024

/** `size`: bytes that come out; more or fewer are `malformed`, as is what is not deflated. `where` names it. */
export async function inflate(source: ByteSource, size: number, where: string): Promise<ByteSource> {
  const chunks: Uint8Array[] = []
  let produced = 0
  const stream = new Inflate((chunk) => {
    produced += chunk.length
    if (produced > size) throw wrongSize(where, size, `at least ${produced} bytes`)
    chunks.push(chunk)
  })
  for (let offset = 0; offset < source.size; offset += stepBytes) {
    const length = Math.min(stepBytes, source.size - offset)
    push(stream, await source.read(offset, length), offset + length === source.size, where)
  }
  if (produced !== size) throw wrongSize(where, size, `${produced} bytes`)
  return fromBytes(joined(chunks, size))
}

function push(stream: Inflate, bytes: Uint8Array, isLast: boolean, where: string): void {
  try {
    stream.push(bytes, isLast)
  } catch (error) {
    // fflate throws an `Error` with a number as its code.
    if (error instanceof Error && 'code' in error) throw notDeflated(where, error.message)
    throw error
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

function notDeflated(where: string, received: string): ProblemError {
  return fail('malformed', 'Copy or download the archive again, or make it again; it is damaged.', {
    where,
    expected: 'deflated content',
    received,
  })
}

function wrongSize(where: string, size: number, received: string): ProblemError {
  return fail('malformed', 'Make the archive again; it holds another size of content than it announces.', {
    where,
    expected: `${size} bytes`,
    received,
  })
}
