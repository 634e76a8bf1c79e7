/** Model bytes → ParsedModel: the one way in. */
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { headBytes } from './limits.ts'
import { onnxReader } from './onnx.ts'
import type { ModelReader, ParsedModel } from './reader.ts'

export type { ByteSource } from './byte-source.ts'
export { fromBytes } from './byte-source.ts'
export type { ParsedModel } from './reader.ts'

const readers: readonly ModelReader[] = [onnxReader]

/**
 * Reads a model file; the first reader that recognises its first bytes decides. `name` is a hint and is shown in problems.
 * Throws `ProblemError` with any code of the section "model files".
 */
export async function openModel(source: ByteSource, name: string | null = null): Promise<ParsedModel> {
  const head = await source.read(0, Math.min(headBytes, source.size))
  const reader = readers.find((candidate) => candidate.match(head, name))
  if (reader === undefined) throw fail('wrong-format', 'Give an ONNX file.', {})
  return reader.open(source, name)
}
