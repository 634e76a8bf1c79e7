/** Operators that onnxruntime adds to graphs: shapes and types are those that onnxruntime-web gives, whose rules they are. */
import * as ort from 'onnxruntime-web'
import { describe, expect, test } from 'vitest'
import { fromBytes, openModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { attribute, graph, model, node, opset, tensor, value } from '../../support/build-onnx.ts'

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'fatal'

const codes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9 } as const
type Type = keyof typeof codes
/** With `constant` it is one. */
interface Operand {
  readonly shape: readonly number[]
  readonly type?: Type
  readonly constant?: readonly number[]
}

interface Case {
  readonly op: string
  /** `null` = left out. */
  readonly inputs: readonly (Operand | null)[]
  readonly attributes?: Readonly<Record<string, number | string | readonly number[]>>
  readonly outputs?: number
  /** Of all outputs; float32 unless said. */
  readonly type?: Type
  readonly macs: number
}

const f = (...shape: number[]): Operand => ({ shape })
const u8 = (...shape: number[]): Operand => ({ shape, type: 'uint8' })
const scale: Operand = { shape: [], constant: [0.5] }
const zero: Operand = { shape: [], type: 'uint8', constant: [0] }
const int = (type: 'int32' | 'int64', shape: readonly number[], ...constant: number[]): Operand => ({
  shape,
  type,
  constant,
})

const cases: readonly Case[] = [
  {
    op: 'QLinearSoftmax',
    type: 'uint8',
    inputs: [u8(2, 5), scale, zero, scale, zero],
    attributes: { axis: 1, opset: 13 },
    macs: 0,
  },
  {
    op: 'QLinearWhere',
    type: 'uint8',
    inputs: [{ shape: [2, 1], type: 'bool' }, u8(1, 5), scale, zero, u8(2, 5), scale, zero, scale, zero],
    macs: 0,
  },
  {
    op: 'GatherBlockQuantized',
    inputs: [u8(10, 16), int('int64', [3], 0, 4, 9), f(10, 2)],
    attributes: { bits: 4, block_size: 16, gather_axis: 0, quantize_axis: 1 },
    macs: 0,
  },
  {
    op: 'GatherBlockQuantized',
    inputs: [u8(10, 32), int('int64', [1, 3], 0, 4, 9), f(10, 2)],
    attributes: { bits: 8, block_size: 16, gather_axis: 0, quantize_axis: 1 },
    macs: 0,
  },
  {
    op: 'QAttention',
    inputs: [u8(2, 5, 8), u8(8, 24), f(24), scale, scale, null, zero, zero],
    attributes: { num_heads: 2 },
    macs: 2 * 5 * 8 * 24 + 2 * 2 * 5 * 5 * 8,
  },
  {
    op: 'QAttention',
    inputs: [u8(2, 1, 8), u8(8, 24), f(24), scale, scale, null, zero, zero, f(2, 2, 2, 6, 4)],
    attributes: { num_heads: 2, unidirectional: 1 },
    outputs: 2,
    macs: 2 * 8 * 24 + 2 * 2 * 1 * 7 * 8,
  },
  {
    op: 'MatMulBnb4',
    inputs: [f(2, 3, 16), u8(64), f(8)],
    attributes: { K: 16, N: 8, block_size: 16, quant_type: 1 },
    macs: 2 * 3 * 16 * 8,
  },
  {
    op: 'MultiHeadAttention',
    inputs: [f(2, 5, 8), f(2, 2, 7, 4), f(2, 2, 7, 4)],
    attributes: { num_heads: 2 },
    macs: 2 * 2 * 5 * 7 * 8,
  },
  {
    op: 'GroupQueryAttention',
    inputs: [f(2, 5, 64), null, null, f(2, 2, 0, 8), f(2, 2, 0, 8), int('int32', [2, 1], 4, 4), int('int32', [], 5)],
    attributes: { num_heads: 4, kv_num_heads: 2 },
    outputs: 3,
    macs: 2 * 4 * 5 * 5 * 16,
  },
  {
    op: 'GroupQueryAttention',
    inputs: [f(1, 1, 64), null, null, f(1, 2, 6, 8), f(1, 2, 6, 8), int('int32', [1, 1], 6), int('int32', [], 7)],
    attributes: { num_heads: 4, kv_num_heads: 2 },
    outputs: 3,
    macs: 1 * 4 * 1 * 7 * 16,
  },
  {
    op: 'DecoderMaskedMultiHeadAttention',
    inputs: [f(1, 1, 8), f(1, 1, 8), f(1, 1, 8), null, null, f(1, 2, 6, 4), f(1, 2, 6, 4), int('int32', [1], 3)],
    attributes: { num_heads: 2, past_present_share_buffer: 1 },
    outputs: 3,
    macs: 2 * (3 + 1) * 8,
  },
  { op: 'QLinearAdd', type: 'uint8', inputs: [u8(2, 1, 4), scale, zero, u8(3, 1), scale, zero, scale, zero], macs: 0 },
  { op: 'QLinearSigmoid', type: 'uint8', inputs: [u8(2, 4), scale, zero, scale, zero], macs: 0 },
  {
    op: 'QLinearConcat',
    type: 'uint8',
    inputs: [scale, zero, u8(2, 3), scale, zero, u8(2, 5), scale, zero],
    attributes: { axis: 1 },
    macs: 0,
  },
  {
    op: 'QLinearGlobalAveragePool',
    type: 'uint8',
    inputs: [u8(1, 4, 4, 3), scale, zero, scale, zero],
    attributes: { channels_last: 1 },
    macs: 0,
  },
  {
    op: 'QGemm',
    type: 'uint8',
    inputs: [u8(3, 8), scale, zero, u8(5, 8), scale, zero, null, scale, zero],
    attributes: { transB: 1 },
    macs: 3 * 8 * 5,
  },
  { op: 'FusedMatMul', inputs: [f(2, 8, 3), f(2, 8, 5)], attributes: { transA: 1 }, macs: 2 * 3 * 8 * 5 },
  {
    op: 'FusedMatMul',
    inputs: [f(2, 3, 8), f(8, 3, 5)],
    attributes: { transBatchA: 1, transBatchB: 1 },
    macs: 3 * 2 * 8 * 5,
  },
  { op: 'MatMulIntegerToFloat', inputs: [u8(2, 3, 8), u8(8, 5), scale, scale, zero, zero], macs: 2 * 3 * 8 * 5 },
  { op: 'DynamicQuantizeMatMul', inputs: [f(2, 3, 8), u8(8, 5), scale, zero], macs: 2 * 3 * 8 * 5 },
  {
    op: 'MatMulNBits',
    inputs: [f(2, 3, 32), u8(8, 2, 8), f(16)],
    attributes: { K: 32, N: 8, bits: 4, block_size: 16 },
    macs: 2 * 3 * 32 * 8,
  },
  {
    op: 'Attention',
    inputs: [f(2, 5, 8), f(8, 24), f(24)],
    attributes: { num_heads: 2 },
    macs: 2 * 5 * 8 * 24 + 2 * 2 * 5 * 5 * 8,
  },
  {
    op: 'Attention',
    inputs: [f(2, 1, 8), f(8, 24), f(24), null, f(2, 2, 2, 6, 4)],
    attributes: { num_heads: 2, unidirectional: 1 },
    outputs: 2,
    macs: 2 * 8 * 24 + 2 * 2 * 7 * 8,
  },
  {
    op: 'MultiHeadAttention',
    inputs: [f(2, 1, 8), f(2, 1, 8), f(2, 1, 8), null, null, null, f(2, 2, 6, 4), f(2, 2, 6, 4)],
    attributes: { num_heads: 2 },
    outputs: 3,
    macs: 2 * 2 * 7 * 8,
  },
  { op: 'SkipLayerNormalization', inputs: [f(2, 5, 8), f(2, 5, 8), f(8), f(8), f(8)], macs: 0 },
  { op: 'SkipSimplifiedLayerNormalization', inputs: [f(2, 5, 8), f(2, 5, 8), f(8)], macs: 0 },
  { op: 'BiasGelu', inputs: [f(2, 5, 8), f(8)], macs: 0 },
  { op: 'QuickGelu', inputs: [f(2, 5, 8)], macs: 0 },
  {
    op: 'MoE',
    inputs: [f(6, 16), f(6, 4), f(4, 16, 32), f(4, 32), f(4, 32, 16), f(4, 16)],
    attributes: { k: 2, activation_type: 'relu' },
    macs: 6 * 2 * 2 * 16 * 32,
  },
  { op: 'RotaryEmbedding', inputs: [f(1, 2, 5, 8), int('int64', [1], 0), f(16, 4), f(16, 4)], macs: 0 },
]

describe('operators of com.microsoft', () => {
  test.each(cases.map((each, index) => [`${each.op} ${index}`, each] as const))('%s', async (_, each) => {
    const file = fileOf(each)
    const run = await runTypes(file, each)
    const inspection = await inspectModel(await openModel(fromBytes(file)), {})
    expect(Object.fromEntries(inspection.outputs.map(({ name, dtype, shape }) => [name, { dtype, shape }]))).toEqual(
      run,
    )
    expect({ macs: inspection.macs, coverage: inspection.coverage }).toEqual({ macs: each.macs, coverage: 1 })
  })
})

function fileOf({ op, inputs, attributes = {}, outputs = 1, type = 'float32' }: Case): Uint8Array {
  const given = inputs.map((operand, index) => ({ name: operand === null ? '' : `x${index}`, operand }))
  const named = given.flatMap(({ name, operand }) => (operand === null ? [] : [{ name, ...operand }]))
  const results = Array.from({ length: outputs }, (_, index) => `y${index}`)
  const made = node(
    op,
    given.map(({ name }) => name),
    results,
    {
      domain: 'com.microsoft',
      attributes: Object.entries(attributes).map(([name, content]) =>
        typeof content === 'string'
          ? attribute.string(name, content)
          : typeof content === 'number'
            ? attribute.int(name, content)
            : attribute.ints(name, content),
      ),
    },
  )
  return model({
    opsets: [opset('', 17), opset('com.microsoft', 1)],
    graph: graph({
      nodes: [made],
      inputs: named
        .filter(({ constant }) => constant === undefined)
        .map(({ name, shape, type = 'float32' }) => value(name, shape, codes[type])),
      initializers: named.flatMap(({ name, shape, type = 'float32', constant }) =>
        constant === undefined
          ? []
          : [
              tensor({
                name,
                dims: shape,
                type: codes[type],
                ...(type === 'float32'
                  ? { floats: constant }
                  : type === 'int64'
                    ? { int64s: constant }
                    : { int32s: constant }),
              }),
            ],
      ),
      outputs: results.map((name) => value(name, undefined, codes[type])),
    }),
  })
}

async function runTypes(file: Uint8Array, { inputs }: Case) {
  const session = await ort.InferenceSession.create(file, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'disabled',
  })
  const feeds: Record<string, ort.Tensor> = {}
  for (const [index, operand] of inputs.entries()) {
    if (operand === null || operand.constant !== undefined) continue
    const count = operand.shape.reduce((a, b) => a * b, 1)
    const { type = 'float32' } = operand
    const data =
      type === 'float32' ? new Float32Array(count) : type === 'int8' ? new Int8Array(count) : new Uint8Array(count)
    feeds[`x${index}`] = new ort.Tensor(type, data, operand.shape)
  }
  const results = await session.run(feeds)
  await session.release()
  return Object.fromEntries(
    Object.entries(results).map(([name, { type, dims }]) => [name, { dtype: type, shape: [...dims] }]),
  )
}
