/** MODEL on the command line: the path of a file, or `preset:ID`. */
import { basename, dirname, join } from 'node:path'
import { presetIdOf } from '../device-catalog/pairs/models.ts'
import type { ShapeBindings } from '../simulator/graph/bindings.ts'
import type { Graph } from '../simulator/graph/graph.ts'
import { bindShapes } from '../simulator/graph/infer.ts'
import { summarize } from '../simulator/graph/summarize.ts'
import type { GraphSummary } from '../simulator/graph/summary.ts'
import { withConfigBeside } from '../simulator/import/beside.ts'
import { withExternalElements } from '../simulator/import/external-elements.ts'
import { ggufPartNames, openGgufParts } from '../simulator/import/gguf.ts'
import { type ByteSource, openModel } from '../simulator/import/index.ts'
import { maxDocumentBytes } from '../simulator/import/limits.ts'
import type { ParsedModel } from '../simulator/import/reader.ts'
import { tableWeights } from '../simulator/import/tensor-table.ts'
import { buildPreset } from '../simulator/zoo/index.ts'
import { withFileSource } from './file-source.ts'
import { isFile, modelFileOf } from './mlpackage.ts'

/** The name that answers carry: the preset's id, or the file's name without its folder. */
export function modelName(model: string): string {
  return presetIdOf(model) ?? basename(model)
}

/** A file, or a package's folder. Throws `ProblemError` `cannot-read` and whatever the readers refuse. */
export async function openModelFile(path: string): Promise<ParsedModel> {
  const file = await modelFileOf(path)
  const beside = (location: string) => join(dirname(file), location)
  const parts = ggufPartNames(basename(file))?.map(beside) ?? []
  const isSplit = parts.length > 1 && (await Promise.all(parts.map(isFile))).every(Boolean)
  const opened = isSplit
    ? await withFileSources(parts, (sources) => openGgufParts(sources, basename(path)))
    : await withFileSource(file, (source) => openModel(source, basename(path)))
  const parsed = await withConfigBeside(opened, (name) => readDocumentBeside(beside(name)))
  // A file beside the model that cannot be read stays reported as missing.
  const whole = await withExternalElements(parsed, (location, offset, length) =>
    withFileSource(beside(location), (source) => source.read(offset, length)).catch(() => null),
  )
  const missing = await Promise.all(
    whole.problems.map(async ({ code, expected }) => {
      const isHere = code === 'external-data-missing' && expected !== null && (await isFile(beside(expected)))
      return !isHere
    }),
  )
  return { ...whole, problems: whole.problems.filter((_, index) => missing[index]) }
}

/** All files at once, for the time that `use` needs. */
function withFileSources<Result>(
  [path, ...rest]: readonly string[],
  use: (sources: readonly ByteSource[]) => Promise<Result>,
  opened: readonly ByteSource[] = [],
): Promise<Result> {
  if (path === undefined) return use(opened)
  return withFileSource(path, (source) => withFileSources(rest, use, [...opened, source]))
}

/** Whole content of a small file, `null` where there is none. */
async function readDocumentBeside(path: string): Promise<Uint8Array | null> {
  if (!(await isFile(path))) return null
  return withFileSource(path, (source) =>
    source.size > maxDocumentBytes ? Promise.resolve(null) : source.read(0, source.size),
  )
}

/** The model with its graph as the file or the preset has it, sizes still open where they are. */
export async function parsedModel(model: string): Promise<ParsedModel> {
  const presetId = presetIdOf(model)
  return presetId === null ? openModelFile(model) : parsedPreset(buildPreset(presetId))
}

/** A preset as if it had been read from a file. */
function parsedPreset(graph: Graph): ParsedModel {
  const nodes = graph.nodes.length
  return {
    format: 'preset',
    graph,
    fileBytes: 0,
    ...tableWeights([...graph.constants.values()]),
    producer: 'edgefit',
    nodes,
    nodesAllGraphs: nodes,
    problems: [],
  }
}

/** The model as its file or preset has it, and as it is asked about. Throws `unbound-dimension` for a size left open. */
export async function boundModel(
  model: string,
  bindings: ShapeBindings,
): Promise<{ readonly graph: Graph; readonly summary: GraphSummary }> {
  const { graph } = await parsedModel(model)
  return { graph, summary: summarize(bindShapes(graph, bindings), modelName(model)) }
}
