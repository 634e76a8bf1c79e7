/** Files that were dropped or chosen together, as the folder of the model among them. */
import type { Folder } from '../../../simulator/import/folder.ts'
import { fail } from '../../../simulator/problem.ts'
import { fromBlob } from './blob-source.ts'

/** Of several files, the model is the one that comes first here; configurations and data belong to it. */
const modelNames = [
  /\.(onnx|ort|tflite|mlmodel|gguf|mlpackage|zip)$/i,
  /\.safetensors$/i,
  /\.safetensors\.index\.json$/i,
]

/** Throws `ProblemError` `cannot-read` when there is no file. */
export function modelAmong(files: readonly File[]): File {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1))
  const named = modelNames.flatMap((pattern) => sorted.find(({ name }) => pattern.test(name)) ?? [])
  const model = named[0] ?? files[0]
  if (model === undefined) throw fail('cannot-read', 'Choose a model file.', { expected: 'a file' })
  return model
}

/** Dropped files have names and no folders, so the last part of a location finds its file. */
export function folderOf(files: readonly File[], onRead: (file: File, share: number) => void): Folder {
  const find = (location: string) => files.find(({ name }) => name === location.slice(location.lastIndexOf('/') + 1))
  return {
    has: (location) => Promise.resolve(find(location) !== undefined),
    open(location, use) {
      const file = find(location)
      if (file !== undefined) return use(fromBlob(file, (share) => onRead(file, share)))
      return Promise.reject(fail('cannot-read', 'Drop the file together with the model.', { where: location }))
    },
  }
}
