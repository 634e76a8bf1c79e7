/** Reference files beside the repository: read where present, for tests that say so when they are not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseCsv } from '../../../device-catalog/csv.ts'
import type { ShapeBindings } from '../../../simulator/graph/bindings.ts'
import { fromBytes, openModel, type ParsedModel } from '../../../simulator/import/index.ts'

const shared = new URL('../../../../shared/', import.meta.url)

export const modelsFolder = new URL('models/', shared)
export const conformanceFolder = new URL('onnx-conformance/', shared)
export const hasModels = existsSync(new URL('INDEX.csv', modelsFolder))
export const tfliteOperatorsTable = new URL('reference/tflite_ops.csv', shared)
export const hasConformance = existsSync(new URL('INDEX.csv', conformanceFolder))

/** dtype and shape, as a run saw them. */
type MeasuredTensors = Readonly<Record<string, readonly [dtype: string, shape: readonly number[]]>>

export interface Expected {
  readonly file: string
  readonly nodes: number
  readonly params: number
  /** '' = not known. */
  readonly macs: number | ''
  readonly macs_by_op: Readonly<Record<string, number>> | null
  readonly peak_act_bytes: number | null
  readonly peak_act_bytes_views_free: number | null
  readonly peak_act_bytes_nofold: number | null
  readonly feeds: readonly { readonly name: string; readonly shape: readonly number[]; readonly value: number | null }[]
  /** Absent for models that no runtime loads. */
  readonly tensors?: MeasuredTensors
}

export function onnxFiles(): string[] {
  return filesEndingIn('.onnx')
}

export function filesEndingIn(extension: string): string[] {
  return hasModels ? readdirSync(modelsFolder).filter((file) => file.endsWith(extension)) : []
}

export function expectedOf(file: string, folder: URL = new URL('expected/', modelsFolder)): Expected {
  return JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8'))
}

export function openFile(url: URL): Promise<ParsedModel> {
  return openModel(fromBytes(readFileSync(url)), url.pathname.split('/').at(-1) ?? null)
}

/** The shapes of the inputs as they were run, and the values that were fixed for the run. */
export function bindingsOf({ feeds }: Expected): ShapeBindings {
  const fixed = feeds.filter(({ value }) => value !== null)
  return {
    inputShapes: Object.fromEntries(feeds.map(({ name, shape }) => [name, shape])),
    inputValues: Object.fromEntries(
      fixed.map(({ name, shape, value }) => [name, new Array(shape.reduce((a, b) => a * b, 1)).fill(value)]),
    ),
  }
}

/** Rows of an INDEX.csv by column name. */
export function indexRows(folder: URL): Record<string, string>[] {
  return tableRows(new URL('INDEX.csv', folder))
}

export function tableRows(file: URL): Record<string, string>[] {
  const { header, rows } = parseCsv(readFileSync(file, 'utf8'))
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])))
}
