/** What the caller says about the inputs: sizes for symbols, whole shapes, and values that decide shapes. */
import { fail, type Problem, problem } from '../problem.ts'
import type { Dim, Graph, Shape } from './graph.ts'
import { elementCount, formatShape } from './shape.ts'
import { type TensorType, tensor } from './value-type.ts'

export interface ShapeBindings {
  /** Size by symbol, as the model names it. */
  readonly dims?: Readonly<Record<string, number>>
  /** Shape by input name; also binds the symbols of that input. */
  readonly inputShapes?: Readonly<Record<string, readonly number[]>>
  /** Content by input name, row-major, where it decides shapes or branches (sampling rate, target sizes). */
  readonly inputValues?: Readonly<Record<string, readonly number[]>>
}

/** What to do about `BoundInputs.open`. */
export const openDimensionFix = 'Give every dimension a size: by its name, or with the whole shape of its input.'

export interface BoundInputs {
  readonly types: ReadonlyMap<string, TensorType>
  /** Size of every symbol that is bound. */
  readonly symbols: ReadonlyMap<string, number>
  /** Symbols left open, and `input[axis]` for dimensions without a name. */
  readonly open: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Types of the graph's inputs under `bindings`.
 *
 * Throws `unknown-dimension-name` for a symbol that no input has, `invalid-field` for an input that the graph does
 * not have or a size that is no count, `shape-mismatch` where a shape contradicts the declared one or another binding.
 */
export function bindInputs(graph: Graph, bindings: ShapeBindings): BoundInputs {
  const symbols = new Map<string, number>(Object.entries(bindings.dims ?? {}))
  const problems: Problem[] = []
  refuseUnknownNames(graph, bindings)
  for (const name of graph.inputs) {
    const given = bindings.inputShapes?.[name]
    if (given === undefined) continue
    const declared = graph.values.get(name)?.shape ?? null
    checkAgainst(name, declared, given)
    bindSymbols(name, declared, given, symbols, bindings.dims ?? {}, problems)
  }
  for (const [symbol, size] of Object.entries(graph.defaultSizes ?? {})) {
    if (!symbols.has(symbol)) symbols.set(symbol, size)
  }
  const types = new Map<string, TensorType>()
  const open = new Set<string>()
  for (const name of graph.inputs) {
    const value = graph.values.get(name)
    const shape = bindings.inputShapes?.[name] ?? resolveShape(value?.shape ?? null, symbols)
    const elements = bindings.inputValues?.[name] ?? null
    if (elements !== null && elementCount(shape) !== elements.length) {
      throw mismatchAt(name, formatShape(shape), `${elements.length} values`)
    }
    types.set(name, tensor(value?.dtype ?? null, shape, elements))
    shape?.forEach((dim, axis) => {
      if (typeof dim !== 'number') open.add(dim ?? `${name}[${axis}]`)
    })
    if (shape === null && value?.dtype != null) open.add(name)
  }
  return { types, symbols, open: [...open], problems }
}

/** Replaces bound symbols by their sizes. */
export function resolveShape(shape: Shape, symbols: ReadonlyMap<string, number>): Shape {
  return shape?.map((dim): Dim => (typeof dim === 'string' ? (symbols.get(dim) ?? dim) : dim)) ?? null
}

/** Every symbol the caller can bind, in order of appearance. */
export function dimensionNames(graph: Graph): string[] {
  const names = new Set<string>()
  for (const name of graph.inputs) {
    for (const dim of graph.values.get(name)?.shape ?? []) if (typeof dim === 'string') names.add(dim)
  }
  return [...names]
}

function refuseUnknownNames(graph: Graph, bindings: ShapeBindings): void {
  const names = dimensionNames(graph)
  for (const [symbol, size] of Object.entries(bindings.dims ?? {})) {
    if (!names.includes(symbol)) {
      throw fail('unknown-dimension-name', 'Name a dimension that an input of the model has.', {
        where: symbol,
        expected: names.join(', ') || 'no symbolic dimension',
      })
    }
    checkSize(`dims.${symbol}`, size)
  }
  for (const field of ['inputShapes', 'inputValues'] as const) {
    for (const name of Object.keys(bindings[field] ?? {})) {
      if (!graph.inputs.includes(name)) {
        throw fail('invalid-field', 'Name an input of the model.', {
          where: `${field}.${name}`,
          expected: graph.inputs.join(', '),
        })
      }
    }
  }
  for (const [name, shape] of Object.entries(bindings.inputShapes ?? {})) {
    for (const size of shape) checkSize(`inputShapes.${name}`, size)
  }
}

function checkSize(where: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw fail('invalid-field', 'Give a whole number of elements.', { where, received: `${size}` })
  }
}

function checkAgainst(name: string, declared: Shape, given: readonly number[]): void {
  if (declared === null) return
  const fits =
    declared.length === given.length && declared.every((dim, axis) => typeof dim !== 'number' || dim === given[axis])
  if (!fits) throw mismatchAt(name, formatShape(declared), formatShape(given))
}

/** The first shape that names a symbol binds it for the other inputs; files are loose about repeated symbols. */
function bindSymbols(
  name: string,
  declared: Shape,
  given: readonly number[],
  symbols: Map<string, number>,
  explicit: Readonly<Record<string, number>>,
  problems: Problem[],
): void {
  declared?.forEach((dim, axis) => {
    const size = given[axis]
    if (typeof dim !== 'string' || size === undefined) return
    const known = symbols.get(dim)
    if (known === undefined) symbols.set(dim, size)
    if (known === undefined || known === size) return
    if (Object.hasOwn(explicit, dim)) throw mismatchAt(`${name}, ${dim}`, `${known}`, `${size}`)
    const fix = 'Inputs that share a dimension name usually share its size; check the shapes given.'
    problems.push(
      problem('shape-mismatch', fix, { where: `${name}, ${dim}`, expected: `${known}`, received: `${size}` }),
    )
  })
}

function mismatchAt(where: string, expected: string, received: string) {
  return fail('shape-mismatch', 'Give a shape that agrees with the one the model declares.', {
    where,
    expected,
    received,
  })
}
