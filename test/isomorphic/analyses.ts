/** The whole analysis of every file, as text: what Node, workerd and Chromium have to agree on, byte for byte. */
import { layersOf } from '../../simulator/cost/layers.ts'
import { inferShapes } from '../../simulator/graph/infer.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import { type ModelFile, modelFiles } from './files.ts'

/** SHA-256 of the file as it was built here, and of its analysis. */
export interface Digests {
  readonly file: string
  readonly analysis: string
}

export async function digestAll(): Promise<Readonly<Record<string, Digests>>> {
  const digests: Record<string, Digests> = {}
  for (const file of modelFiles) {
    const content = file.build()
    const analysis = await analyse(file, content)
    digests[file.name] = { file: await sha256(content), analysis: await sha256(new TextEncoder().encode(analysis)) }
  }
  return digests
}

async function analyse({ name }: ModelFile, content: Uint8Array): Promise<string> {
  const parsed = await openModel(fromBytes(content), name)
  const inspection = await inspectModel(parsed, {})
  const layers = inspection.modelId === null ? null : layersOf(inferShapes(parsed.graph, {}), name, 'int8')
  return JSON.stringify({ inspection, layers })
}

async function sha256(bytes: Uint8Array): Promise<string> {
  // A copy, since what a view lies in may be shared.
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
