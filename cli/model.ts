/** MODEL on the command line: the path of a file, or `preset:ID`. */
import { basename, dirname, join } from 'node:path'
import { buildPreset } from '../model-zoo/index.ts'
import { presetIdOf } from '../model-zoo/preset-name.ts'
import type { ShapeBindings } from '../simulator/graph/bindings.ts'
import type { Graph } from '../simulator/graph/graph.ts'
import { bindShapes } from '../simulator/graph/infer.ts'
import { summarize } from '../simulator/graph/summarize.ts'
import type { GraphSummary } from '../simulator/graph/summary.ts'
import { type Folder, openInFolder } from '../simulator/import/folder.ts'
import type { ParsedModel } from '../simulator/import/reader.ts'
import { tableWeights } from '../simulator/import/tensor-table.ts'
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
  const folder: Folder = {
    has: (location) => isFile(beside(location)),
    open: (location, use) => withFileSource(beside(location), use),
  }
  return openInFolder(folder, basename(file), basename(path))
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
