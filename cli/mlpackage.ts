/** A `.mlpackage` is a folder: the model file within it is what readers take. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../simulator/problem.ts'

/** The path itself, or of a package's folder that of its model. Throws `ProblemError` `unsupported-format`. */
export async function modelFileOf(path: string): Promise<string> {
  if (!(await isKind(path, 'isDirectory'))) return path
  const model = join(path, 'Data', 'com.apple.CoreML', 'model.mlmodel')
  if (await isKind(model, 'isFile')) return model
  if (await isKind(join(path, 'coremldata.bin'), 'isFile')) {
    throw fail('unsupported-format', 'Give the .mlmodel or .mlpackage that it was compiled from.', {
      where: path,
      received: 'a compiled Core ML model',
    })
  }
  return path
}

/** Whether a file stands at `path`. */
export function isFile(path: string): Promise<boolean> {
  return isKind(path, 'isFile')
}

function isKind(path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> {
  return stat(path).then(
    (found) => found[kind](),
    () => false,
  )
}
