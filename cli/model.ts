/** MODEL on the command line: the path of a file, or `preset:ID`. */
import { basename } from 'node:path'
import type { ShapeBindings } from '../simulator/graph/bindings.ts'
import type { Graph } from '../simulator/graph/graph.ts'
import { bindShapes } from '../simulator/graph/infer.ts'
import { summarize } from '../simulator/graph/summarize.ts'
import type { GraphSummary } from '../simulator/graph/summary.ts'
import { openModel } from '../simulator/import/index.ts'
import type { ParsedModel } from '../simulator/import/reader.ts'
import { buildPreset, type PresetOptions } from '../simulator/zoo/index.ts'
import { withFileSource } from './file-source.ts'

const presetPrefix = 'preset:'

/** `null` = the argument is a path. */
export function presetIdOf(model: string): string | null {
  return model.startsWith(presetPrefix) ? model.slice(presetPrefix.length) : null
}

/** The name that answers carry: the preset's id, or the file's name without its folder. */
export function modelName(model: string): string {
  return presetIdOf(model) ?? basename(model)
}

/** Throws `ProblemError` `cannot-read` and whatever the readers refuse. */
export function openModelFile(path: string): Promise<ParsedModel> {
  return withFileSource(path, (source) => openModel(source, basename(path)))
}

export async function graphOf(model: string, options: PresetOptions = {}): Promise<Graph> {
  const presetId = presetIdOf(model)
  return presetId === null ? (await openModelFile(model)).graph : buildPreset(presetId, options)
}

/** Throws `ProblemError` `unbound-dimension` where `bindings` leave a size open. */
export async function summaryOf(model: string, bindings: ShapeBindings): Promise<GraphSummary> {
  return summarize(bindShapes(await graphOf(model), bindings), modelName(model))
}
