/** A graph summary from outside (link, report), checked field by field before anything is computed from it. */
import { type DType, dtypes } from '../../../simulator/graph/dtype.ts'
import type { Sparsity } from '../../../simulator/graph/graph.ts'
import {
  type ConstantSummary,
  type Gemm,
  type GraphSummary,
  type OperatorSummary,
  operatorClasses,
  type TensorSummary,
  type Window,
} from '../../../simulator/graph/summary.ts'
import { fail } from '../../../simulator/problem.ts'

const maxOperators = 5000

/** Throws `ProblemError` `invalid-field` with the path of the first field that is not what a summary has there. */
export function parseSummary(content: unknown): GraphSummary {
  const fields = record(content, 'summary')
  if (fields.version !== 2) throw damaged('summary.version', '2', fields.version)
  const tensors = list(fields.tensors, 'summary.tensors').map(parseTensor)
  const constants = list(fields.constants, 'summary.constants').map(parseConstant)
  const operators = list(fields.operators, 'summary.operators')
  if (operators.length > maxOperators) throw damaged('summary.operators', `up to ${maxOperators}`, operators.length)
  return {
    version: 2,
    name: text(fields.name, 'summary.name'),
    batch: count(fields.batch, 'summary.batch'),
    tensors,
    constants,
    operators: operators.map((item, index) => parseOperator(item, index, tensors.length, constants.length)),
  }
}

function parseTensor(item: unknown, index: number): TensorSummary {
  const where = `summary.tensors[${index}]`
  const fields = record(item, where)
  const { role } = fields
  if (role !== 'input' && role !== 'output' && role !== 'activation') throw damaged(`${where}.role`, 'a role', role)
  return { role, dtype: dtype(fields.dtype, `${where}.dtype`), shape: counts(fields.shape, `${where}.shape`) }
}

function parseConstant(item: unknown, index: number): ConstantSummary {
  const where = `summary.constants[${index}]`
  const fields = record(item, where)
  const dense = { dtype: dtype(fields.dtype, `${where}.dtype`), elements: count(fields.elements, `${where}.elements`) }
  return fields.sparsity === undefined ? dense : { ...dense, sparsity: parseSparsity(fields.sparsity, where) }
}

function parseSparsity(item: unknown, of: string): Sparsity {
  const where = `${of}.sparsity`
  const { zeroShare, pattern } = record(item, where)
  if (typeof zeroShare !== 'number' || !(zeroShare >= 0 && zeroShare <= 1)) {
    throw damaged(`${where}.zeroShare`, 'a share from 0 to 1', zeroShare)
  }
  if (pattern === null) return { zeroShare, pattern }
  const fields = record(pattern, `${where}.pattern`)
  return {
    zeroShare,
    pattern: { kept: count(fields.kept, `${where}.pattern.kept`), of: count(fields.of, `${where}.pattern.of`) },
  }
}

function parseOperator(item: unknown, index: number, tensors: number, constants: number): OperatorSummary {
  const where = `summary.operators[${index}]`
  const fields = record(item, where)
  const operatorClass = operatorClasses.find((candidate) => candidate === fields.class)
  if (operatorClass === undefined) throw damaged(`${where}.class`, 'an operator class', fields.class)
  return {
    name: text(fields.name, `${where}.name`),
    op: text(fields.op, `${where}.op`),
    origins: list(fields.origins, `${where}.origins`).map((origin) => text(origin, `${where}.origins`)),
    class: operatorClass,
    inputs: indices(fields.inputs, `${where}.inputs`, tensors),
    outputs: indices(fields.outputs, `${where}.outputs`, tensors),
    constants: indices(fields.constants, `${where}.constants`, constants),
    macs: fields.macs === null ? null : count(fields.macs, `${where}.macs`),
    vectorOps: fields.vectorOps === null ? null : count(fields.vectorOps, `${where}.vectorOps`),
    gemm: fields.gemm === null ? null : parseGemm(fields.gemm, `${where}.gemm`),
    window: fields.window === null ? null : parseWindow(fields.window, `${where}.window`),
  }
}

function parseGemm(item: unknown, where: string): Gemm {
  const { m, n, k, repeat } = record(item, where)
  return {
    m: count(m, `${where}.m`),
    n: count(n, `${where}.n`),
    k: count(k, `${where}.k`),
    repeat: count(repeat, `${where}.repeat`),
  }
}

function parseWindow(item: unknown, where: string): Window {
  const fields = record(item, where)
  return {
    kernel: counts(fields.kernel, `${where}.kernel`),
    stride: counts(fields.stride, `${where}.stride`),
    dilation: counts(fields.dilation, `${where}.dilation`),
    groups: count(fields.groups, `${where}.groups`),
    inputChannels: count(fields.inputChannels, `${where}.inputChannels`),
    outputChannels: count(fields.outputChannels, `${where}.outputChannels`),
  }
}

function indices(value: unknown, where: string, size: number): readonly number[] {
  const numbers = counts(value, where)
  const outside = numbers.find((index) => index >= size)
  if (outside !== undefined) throw damaged(where, `indices below ${size}`, outside)
  return numbers
}

function counts(value: unknown, where: string): readonly number[] {
  return list(value, where).map((item) => count(item, where))
}

function count(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw damaged(where, 'a count', value)
  return value
}

function dtype(value: unknown, where: string): DType {
  if (typeof value !== 'string' || !Object.hasOwn(dtypes, value)) throw damaged(where, 'a dtype', value)
  return value as DType // an own key of the dtype table
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw damaged(where, 'a text', value)
  return value
}

function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged(where, 'a list', value)
  return value
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged(where, 'an object', value)
  return value as Record<string, unknown> // an object that is no array; its fields stay unknown
}

function damaged(where: string, expected: string, received: unknown) {
  return fail('invalid-field', 'The graph in this link or report is damaged. Bring the model file instead.', {
    where,
    expected,
    received: String(received).slice(0, 80),
  })
}
