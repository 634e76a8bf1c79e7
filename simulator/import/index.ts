/** Model bytes → ParsedModel: the one way in. */
import { fail, type ProblemError } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { coremlReader } from './coreml/reader.ts'
import { describedReader } from './describe.ts'
import { ggufReader } from './gguf.ts'
import { huggingFaceReader } from './hugging-face.ts'
import { headBytes } from './limits.ts'
import { onnxReader } from './onnx/reader.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { safetensorsReader } from './safetensors.ts'
import { safetensorsIndexReader } from './safetensors-index.ts'
import { sniff } from './sniff.ts'
import { tfliteReader } from './tflite/reader.ts'

export type { ByteSource } from './byte-source.ts'
export { fromBytes } from './byte-source.ts'
export type { ParsedModel } from './reader.ts'

/** In the order in which they are asked. */
const readers: readonly ModelReader[] = [
  ggufReader,
  safetensorsReader,
  describedReader,
  safetensorsIndexReader,
  huggingFaceReader,
  onnxReader,
  tfliteReader,
  coremlReader,
]

/**
 * Reads a model file: the first reader that recognises its first bytes. `name`, the file's, is a hint and stands in
 * problems. Throws `ProblemError` with any code of the section "model files"; what `source` rejects with passes through.
 */
export async function openModel(source: ByteSource, name: string | null = null): Promise<ParsedModel> {
  const head = await source.read(0, Math.min(headBytes, source.size))
  const reader = readers.find((candidate) => candidate.match(head, name))
  if (reader === undefined) throw refusal(head, name)
  return reader.open(source, name)
}

function refusal(head: Uint8Array, name: string | null): ProblemError {
  const where = name === null ? {} : { where: name }
  const expected = `a model in one of these formats: ${readers.map((reader) => reader.format).join(', ')}`
  if (head.length === 0) {
    return fail('empty-file', 'Copy or download the file again; nothing of it arrived.', {
      ...where,
      expected,
      received: '0 bytes',
    })
  }
  const sniffed = sniff(head)
  if (sniffed !== null) return fail(sniffed.code, sniffed.fix, { ...where, expected, received: sniffed.what })
  return fail('wrong-format', 'Give the model file itself, in ONNX format.', {
    ...where,
    expected,
    received: `a file that begins with ${hex(head.subarray(0, 8))}`,
  })
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
