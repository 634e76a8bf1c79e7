/**
 * Shape inference against a folder of ONNX backend tests: given the inputs of a run, the type and the sizes of every tensor
 * that it gave.
 *
 * The folder holds an INDEX.csv with `model` (a path in it), `declared_outputs`, and, where a run is stored beside the model
 * in `test_data_set_0/`, `actual_inputs` and `actual_outputs`: `name:float32:[3x4] | …`, names only where declared.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseCsv } from '../../device-catalog/csv.ts'
import type { ShapeBindings } from '../../simulator/graph/bindings.ts'
import type { Graph, Shape } from '../../simulator/graph/graph.ts'
import { inferShapes } from '../../simulator/graph/infer.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { readTensor } from '../../simulator/import/onnx/tensor.ts'
import { WireReader } from '../../simulator/import/wire.ts'
import { ProblemError } from '../../simulator/problem.ts'

export interface Conformance {
  readonly model: string
  /** Why the outputs are not reproduced; `null` = they are. */
  readonly reason: string | null
}

interface IndexRow {
  readonly model: string
  readonly declaredOutputs: string
  readonly actualInputs: string
  /** '' = never run; its declared outputs are then to be reproduced. */
  readonly actualOutputs: string
}

export async function runConformance(folder: URL): Promise<readonly Conformance[]> {
  const results: Conformance[] = []
  for (const row of readIndex(folder)) results.push({ model: row.model, reason: await reasonOf(row, folder) })
  return results
}

function readIndex(folder: URL): readonly IndexRow[] {
  const { header, rows } = parseCsv(readFileSync(new URL('INDEX.csv', folder), 'utf8'))
  return rows.map((fields) => {
    const field = (name: string): string => fields[header.indexOf(name)] ?? ''
    return {
      model: field('model'),
      declaredOutputs: field('declared_outputs'),
      actualInputs: field('actual_inputs'),
      actualOutputs: field('actual_outputs'),
    }
  })
}

async function reasonOf(row: IndexRow, folder: URL): Promise<string | null> {
  const { model, declaredOutputs, actualOutputs } = row
  try {
    const { graph } = await openModel(fromBytes(readFileSync(new URL(model, folder))), model)
    const { outputs } = inferShapes(graph, bindingsOf(graph, row, folder))
    const declared = portsOf(declaredOutputs)
    const wanted = actualOutputs === '' ? declared : portsOf(actualOutputs)
    const wrong = wanted.flatMap(({ dtype, shape }, index) => {
      // The index has no sizes for sequences and optionals.
      if (/^(sequence|optional)/.test(declared[index]?.dtype ?? '')) return []
      const type = outputs[index]?.type
      const found = type?.kind === 'tensor' ? portText(type.dtype ?? '?', type.shape) : 'no tensor'
      const expected = portText(dtype, shape)
      return found === expected ? [] : [`output ${index}: ${expected} expected, ${found} inferred`]
    })
    return wrong.length === 0 ? null : wrong.join('; ')
  } catch (error) {
    if (error instanceof ProblemError) return error.message
    throw error
  }
}

/** Sizes of the inputs as they were run, and their elements where the file of the run has them. */
function bindingsOf(graph: Graph, { model, actualInputs }: IndexRow, folder: URL): ShapeBindings {
  const inputShapes: Record<string, readonly number[]> = {}
  const inputValues: Record<string, readonly number[]> = {}
  const actual = portsOf(actualInputs)
  for (const [index, name] of graph.inputs.entries()) {
    const shape = actual[index]?.shape
    // Sequences and optionals have no shape to bind.
    if (graph.values.get(name)?.dtype == null || shape === undefined) continue
    inputShapes[name] = shape
    const elements = elementsIn(new URL(model.replace('model.onnx', `test_data_set_0/input_${index}.pb`), folder))
    if (elements?.length === shape.reduce((a, b) => a * b, 1)) inputValues[name] = elements
  }
  return { inputShapes, inputValues }
}

/** `null` for a file that is missing, a sequence or an optional, and where an element is no finite number. */
function elementsIn(file: URL): readonly number[] | null {
  if (!existsSync(file)) return null
  const bytes = readFileSync(file)
  try {
    const { elements } = readTensor(new WireReader([{ start: 0, bytes }], bytes.length)).constant
    return elements?.every(Number.isFinite) ? elements : null
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

interface Port {
  readonly dtype: string
  readonly shape: readonly number[]
}

/** `x:float32:[3x4x5] | int64:[]` */
function portsOf(text: string): readonly Port[] {
  if (text === '') return []
  return text.split(' | ').map((port) => {
    const [, dtype = '', dims = ''] = /([\w()]+):\[(.*)\]$/.exec(port) ?? /:((?:sequence|optional).*)$/.exec(port) ?? []
    return { dtype, shape: dims === '' ? [] : dims.split('x').map(Number) }
  })
}

function portText(dtype: string, shape: Shape): string {
  return `${dtype}[${shape === null ? '?' : shape.map((dim) => (typeof dim === 'number' ? dim : '?')).join('x')}]`
}
