/** The analysis of real TFLite files against figures made without this project's code (models/README.md there). */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { withFileSource } from '../../../cli/file-source.ts'
import type { DType } from '../../../simulator/graph/dtype.ts'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { openModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { GraphBuilder } from './build-graph.ts'
import {
  expectedOf,
  filesEndingIn,
  hasModels,
  indexRows,
  modelsFolder,
  openFile,
  tableRows,
  tfliteOperatorsTable,
} from './shared-models.ts'

/** Counted at the 1 that the file stores for every open size. */
const sizesLeftOpen = 'dilated-conv-dynamic.tflite'
/** Counted without custom operators; the work of some is published. */
const isCustom = (key: string): boolean => !key.startsWith('tflite.') || key.includes('Convolution2DTransposeBias')

const files = filesEndingIn('.tflite')
const rows = hasModels ? indexRows(modelsFolder) : []
const rowOf = (file: string): Record<string, string> => rows.find((row) => row.file === file) ?? {}

describe.skipIf(!hasModels)('real TFLite files (skipped where they are not at hand)', () => {
  test.each(files)('%s: the MACs of every operator are those counted', async (file) => {
    const expected = expectedOf(file)
    const inspection = await inspectModel(await openFile(new URL(file, modelsFolder)), {})
    if (expected.macs === '') expect(inspection.macs).toBeNull()
    if (file === sizesLeftOpen) return
    const counted = Object.entries(inspection.macsByOp).filter(([key, macs]) => macs !== null && !isCustom(key))
    expect(Object.fromEntries(counted.map(([key, macs]) => [key.replace('tflite.', ''), macs]))).toEqual(
      expected.macs_by_op,
    )
  })

  test.each(files)('%s says what its tables say', async (file) => {
    const row = rowOf(file)
    const { graph, producer } = await openFile(new URL(file, modelsFolder))
    // The index keeps the first 40 characters.
    expect((producer ?? '').slice(0, 40)).toBe(row.producer)
    expect(describeValues(graph, graph.inputs)).toBe(row.inputs)
    expect(describeValues(graph, graph.outputs)).toBe(row.outputs)
  })

  test.each(files)('%s: every shape inferred is the one that the file declares', async (file) => {
    const { graph } = await openFile(new URL(file, modelsFolder))
    for (const { node, outputs } of inferShapes(graph, {}).nodes) {
      for (const output of outputs) {
        const declared = graph.values.get(output?.name ?? '')
        if (output?.type.kind !== 'tensor' || declared === undefined) continue
        const { dtype, shape } = output.type
        // What the file leaves open is for inference to say.
        const agrees = declared.shape?.map((dim, axis) => dim ?? shape?.[axis]) ?? shape
        expect({ node: node.name, dtype, shape }).toEqual({ node: node.name, dtype: declared.dtype, shape: agrees })
      }
    }
  })

  test.each(files)('%s reads the same from a file handle', async (file) => {
    const url = new URL(file, modelsFolder)
    const fromHandle = await withFileSource(fileURLToPath(url), (source) => openModel(source, file))
    expect(fromHandle).toEqual(await openFile(url))
  })

  test('a batch is bound by name, and everything but the weights grows with it', async () => {
    const parsed = await openFile(new URL('mlperf-tiny-ic-resnet8-int8.tflite', modelsFolder))
    const [one, four] = [await inspectModel(parsed, {}), await inspectModel(parsed, { dims: { batch: 4 } })]
    expect(four.macs).toBe(4 * (one.macs ?? 0))
    expect(four.peakActivationBytes).toBe(4 * (one.peakActivationBytes ?? 0))
    expect(four.params).toBe(one.params)
    expect(four.outputs[0]?.shape).toEqual([4, 10])
  })

  test('what was compiled for an accelerator has unknown work, and says what to give instead', async () => {
    const compiled = new URL('mobilenetv1-025-128-edgetpu-compiled.tflite', modelsFolder)
    const { macs, coverage, problems } = await inspectModel(await openFile(compiled), {})
    expect({ macs, coverage }).toEqual({ macs: null, coverage: 0 })
    expect(problems).toMatchObject([{ code: 'unknown-operator', received: 'a model compiled for the Coral Edge TPU' }])
  })
})

/** As the index writes them: open sizes are -1, and tensors without a name have none. */
function describeValues(graph: Graph, names: readonly string[]): string {
  return names
    .map((name) => {
      const { dtype, shape } = graph.values.get(name) ?? { dtype: null, shape: null }
      const dims = shape?.map((dim) => (typeof dim === 'number' ? dim : -1)).join('x')
      return `${/^tensor_\d+$/.test(name) ? '' : name}:${dtype}:${dims}`
    })
    .join(' | ')
}

const hasOperators = existsSync(tfliteOperatorsTable)
/** Operators whose options are all in the table. */
const described = new Set([
  'CONV_2D',
  'DEPTHWISE_CONV_2D',
  'FULLY_CONNECTED',
  'AVERAGE_POOL_2D',
  'ADD',
  'MUL',
  'SOFTMAX',
  'LOGISTIC',
  'RELU6',
  'QUANTIZE',
  'SVDF',
  'UNIDIRECTIONAL_SEQUENCE_LSTM',
])
/** The table counts products; recurrent layers stand there with 0. */
const counted = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'])
const operators = hasOperators ? tableRows(tfliteOperatorsTable).filter(({ op = '' }) => described.has(op)) : []
const models = [...new Set(operators.map(({ model = '' }) => model))]

describe.skipIf(!hasOperators)(
  'a table of the operators of real TFLite files (skipped where it is not at hand)',
  () => {
    test.each(models)('%s: every output has the shape, and every product the MACs, of the table', (model) => {
      for (const row of operators.filter((each) => each.model === model)) {
        const [bound, output] = inferRow(row)
        const where = `${model} ${row.op_index}`
        expect({ where, shape: output }).toEqual({ where, shape: dims(row.output_shapes) })
        if (counted.has(row.op ?? '')) expect({ where, macs: bound }).toEqual({ where, macs: Number(row.macs) })
      }
    })
  },
)

function inferRow(row: Record<string, string>) {
  const graph = new GraphBuilder()
  const shapes = row.input_shapes?.split(';') ?? []
  const dtypes = row.input_dtypes?.split(';') ?? []
  const isConstant = row.input_const?.split(';') ?? []
  const inputs = shapes.map((shape, index) => {
    const dtype = dtypes[index]?.toLowerCase()
    if (dtype === '' || dtype === undefined) return null
    const type = dtype as DType // the table spells the project's names in capitals
    return isConstant[index] === '1'
      ? graph.weight(`w${index}`, dims(shape), type)
      : graph.input(`x${index}`, dims(shape), type)
  })
  const number = (column: string) => Number(row[column] ?? 0)
  graph.declare('y', null, (row.output_dtypes ?? '').toLowerCase() as DType)
  graph.node(
    `tflite.${row.op}`,
    inputs,
    {
      padding: row.padding ?? '',
      stride_h: number('stride_h'),
      stride_w: number('stride_w'),
      filter_height: number('filter_h'),
      filter_width: number('filter_w'),
      dilation_h_factor: number('dilation_h') || 1,
      dilation_w_factor: number('dilation_w') || 1,
      fused_activation_function: row.activation ?? '',
      rank: 1,
      // Not in the table: a product that keeps the axes of its input has them in its output.
      keep_num_dims: Number(dims(row.output_shapes).length > 2),
    },
    ['y'],
  )
  const [node] = inferShapes(graph.output('y').build(), {}).nodes
  const type = node?.outputs[0]?.type
  return [node?.work.macs, type?.kind === 'tensor' ? type.shape : null] as const
}

function dims(text = ''): number[] {
  return text === '' ? [] : text.split('x').map(Number)
}
