import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dtypeBytes, dtypes } from '../../../simulator/graph/dtype.ts'
import { fromBytes } from '../../../simulator/import/byte-source.ts'
import { ggmlType } from '../../../simulator/import/ggml-types.ts'
import { ggufPartNames, ggufReader, openGgufParts } from '../../../simulator/import/gguf.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import {
  buildGguf,
  f32,
  type GgufEntry,
  type GgufSpec,
  type GgufTensorSpec,
  llamaEntries,
  llamaTensors,
  sparseGguf,
  text,
  u32,
} from '../../support/build-gguf.ts'
import { modelsFolder } from '../graph/shared-models.ts'
import { rejectionOf } from './problem-of.ts'

const open = (spec: GgufSpec, name: string | null = null) => ggufReader.open(sparseGguf(spec), name)
const elements = (tensors: readonly GgufTensorSpec[]) =>
  tensors.reduce((sum, { dims }) => sum + dims.reduce((product, size) => product * size, 1), 0)

const q4K = 12
const q6K = 14

describe('element types of ggml', () => {
  // github:ggml-org/llama.cpp gguf-py/gguf/constants.py GGML_QUANT_SIZES, Q8_1 as in ggml/src/ggml-common.h: code, elements, bytes.
  test.for([
    [0, 1, 4],
    [1, 1, 2],
    [2, 32, 18],
    [3, 32, 20],
    [6, 32, 22],
    [7, 32, 24],
    [8, 32, 34],
    [9, 32, 36],
    [10, 256, 84],
    [11, 256, 110],
    [12, 256, 144],
    [13, 256, 176],
    [14, 256, 210],
    [15, 256, 292],
    [16, 256, 66],
    [17, 256, 74],
    [18, 256, 98],
    [19, 256, 50],
    [20, 32, 18],
    [21, 256, 110],
    [22, 256, 82],
    [23, 256, 136],
    [24, 1, 1],
    [25, 1, 2],
    [26, 1, 4],
    [27, 1, 8],
    [28, 1, 8],
    [29, 256, 56],
    [30, 1, 2],
    [34, 256, 54],
    [35, 256, 66],
    [39, 32, 17],
    [40, 64, 36],
    [41, 128, 18],
  ] as const)('code %d: %d elements take %d bytes', ([code, block, bytes]) => {
    const dtype = ggmlType(code)
    if (dtype === null) throw new Error('not a type')
    expect(dtypeBytes(dtype, block)).toBe(bytes)
    const traits = dtypes[dtype]
    expect('block' in traits ? traits.block : 1).toBe(block)
  })

  test('codes that were never released are none', () => {
    for (const code of [4, 5, 42, 999]) expect(ggmlType(code)).toBeNull()
  })
})

/** Which tensors llama.cpp keeps in six bits for Q4_K_M (src/llama-quant.cpp, use_more_bits). */
function q4KM(depth: number) {
  const wantsMore = (layer: number) => {
    const eighth = Math.floor(depth / 8)
    return layer < eighth || layer >= Math.floor((7 * depth) / 8) || (layer - eighth) % 3 === 2
  }
  return (name: string): number => {
    const [, layer] = /^blk\.(\d+)\.(attn_v|ffn_down)\./.exec(name) ?? []
    return name === 'output.weight' || (layer !== undefined && wantsMore(Number(layer))) ? q6K : q4K
  }
}

const llama3 = { vocabulary: 128_256, width: 4096, depth: 32, heads: 32, keyHeads: 8, keyWidth: 1024, hidden: 14_336 }

describe('Llama 3 8B in Q4_K_M', () => {
  const spec: GgufSpec = { entries: llamaEntries(llama3), tensors: llamaTensors(llama3, q4KM(llama3.depth)) }

  test('has the parameters of the model card and the bytes of the published file', async () => {
    const parsed = await open(spec)
    const { params, macs, coverage, problems, tensors } = await inspectModel(parsed, {})
    expect(params).toBe(8_030_261_248)
    // 4.92 GB: the size of Meta-Llama-3-8B-Instruct-Q4_K_M.gguf, of which some 8 MB are the tokenizer.
    expect(parsed.weightBytes / 1e9).toBeCloseTo(4.91, 2)
    expect({ coverage, problems }).toEqual({ coverage: 1, problems: [] })
    expect(macs).toBeGreaterThan(0)
    expect(tensors['blk.3.ffn_down.weight']).toEqual({ dtype: 'q6_k', shape: [4096, 14_336] })
    expect(parsed.languageModel?.config).toMatchObject({
      width: 4096,
      vocabulary: 128_256,
      contextLength: 8192,
      tied: false,
    })
  })

  test('is read in less than 2 MB with the tokenizer of Llama 2 before its tensors', async () => {
    const tokens = 32_000
    const tokenizer: Record<string, GgufEntry> = {
      'tokenizer.ggml.tokens': { type: 'texts', value: Array.from({ length: tokens }, (_, i) => `▁token${i}`) },
      'tokenizer.ggml.scores': { type: 'f32s', value: Array.from({ length: tokens }, () => 0) },
      'tokenizer.ggml.token_type': { type: 'i32s', value: Array.from({ length: tokens }, () => 1) },
    }
    const source = sparseGguf({ ...spec, entries: { ...spec.entries, ...tokenizer } })
    expect(source.size).toBeGreaterThan(2e9)
    expect((await ggufReader.open(source, null)).nodes).toBeGreaterThan(500)
    expect(source.bytesRead).toBeLessThan(2e6)
    expect(source.reads).toBeLessThan(50)
  })
})

const tiny = { vocabulary: 64, width: 32, depth: 2, heads: 4, keyHeads: 2, keyWidth: 16, hidden: 96 }
const tinyTensors = llamaTensors(tiny, () => 8)
const tinySpec: GgufSpec = { entries: llamaEntries(tiny), tensors: tinyTensors }

describe('hyper-parameters that no metadata states show in the tensors', () => {
  const layerTensors = (part: string, dims: readonly number[], code = 0) =>
    Array.from({ length: tiny.depth }, (_, layer) => ({ name: `blk.${layer}.${part}`, code, dims }))
  const without = (...names: readonly RegExp[]) =>
    tinyTensors.filter(({ name }) => !names.some((each) => each.test(name)))
  const architecture = (name: string, more: Record<string, GgufEntry> = {}): Record<string, GgufEntry> => ({
    ...Object.fromEntries(
      Object.entries(llamaEntries(tiny)).map(([key, value]) => [key.replace(/^llama\./, `${name}.`), value]),
    ),
    'general.architecture': text(name),
    ...more,
  })
  const norms = ['attn_norm', 'ffn_norm'].flatMap((part) => layerTensors(`${part}.bias`, [32]))

  test.for<[string, GgufSpec, object]>([
    ['an output matrix of its own', tinySpec, { tied: false }],
    ['tied embeddings', { ...tinySpec, tensors: without(/^output\.weight/) }, { tied: true }],
    [
      'biases of query, key and value',
      {
        entries: architecture('qwen2'),
        tensors: [
          ...tinyTensors,
          ...layerTensors('attn_q.bias', [32]),
          ...layerTensors('attn_k.bias', [16]),
          ...layerTensors('attn_v.bias', [16]),
        ],
      },
      { layers: [{ attention: { bias: true, outputBias: false } }, {}] },
    ],
    [
      'norms of queries and keys',
      {
        entries: architecture('qwen3'),
        tensors: [
          ...tinyTensors,
          ...layerTensors('attn_q_norm.weight', [8]),
          ...layerTensors('attn_k_norm.weight', [8]),
        ],
      },
      { layers: [{ attention: { queryKeyNorm: 'head' } }, {}] },
    ],
    [
      'one tensor for query, key and value, one for gate and up',
      {
        entries: architecture('phi3'),
        tensors: [
          ...without(/attn_[qkv]\./, /ffn_(gate|up)\./),
          ...layerTensors('attn_qkv.weight', [32, 64]),
          ...layerTensors('ffn_up.weight', [32, 192]),
        ],
      },
      { layers: [{ feedForward: { gated: true, hidden: 96 } }, {}] },
    ],
    [
      'branches in parallel under one norm, with biases',
      {
        entries: architecture('phi2', {
          'phi2.attention.layer_norm_epsilon': f32(1e-5),
          'phi2.rope.dimension_count': u32(4),
          'phi2.attention.layer_norm_rms_epsilon': text('none'),
        }),
        tensors: [
          ...without(/ffn_norm/, /ffn_gate/),
          ...layerTensors('attn_norm.bias', [32]),
          ...layerTensors('ffn_up.bias', [96]),
          ...layerTensors('ffn_down.bias', [32]),
          { name: 'output_norm.bias', code: 0, dims: [32] },
          { name: 'output.bias', code: 0, dims: [64] },
        ],
      },
      {
        norm: { kind: 'layer', bias: true },
        outputBias: true,
        layers: [
          { parallel: 'one-norm', attention: { rotary: { size: 4 } }, feedForward: { gated: false, bias: true } },
          {},
        ],
      },
    ],
    [
      'norms around both branches, windows in every other layer',
      {
        entries: architecture('gemma2', {
          'gemma2.attention.sliding_window': u32(16),
          'gemma2.attn_logit_softcapping': f32(50),
          'gemma2.final_logit_softcapping': f32(30),
        }),
        tensors: [
          ...tinyTensors,
          ...layerTensors('post_attention_norm.weight', [32]),
          ...layerTensors('post_ffw_norm.weight', [32]),
        ],
      },
      {
        normPlacement: 'sandwich',
        logitSoftcap: 30,
        layers: [{ attention: { window: 16, softcap: 50 } }, { attention: { window: null } }],
      },
    ],
    [
      'learned positions',
      {
        entries: architecture('gpt2', {
          'gpt2.attention.layer_norm_epsilon': f32(1e-5),
          'gpt2.attention.layer_norm_rms_epsilon': text(''),
        }),
        tensors: [
          ...without(/ffn_gate/),
          ...norms,
          { name: 'output_norm.bias', code: 0, dims: [32] },
          { name: 'position_embd.weight', code: 0, dims: [32, 48] },
        ],
      },
      { positions: 48, layers: [{ attention: { rotary: null } }, {}] },
    ],
    [
      'experts behind a dense layer, one of them shared',
      {
        entries: architecture('deepseek', {
          'deepseek.expert_count': u32(6),
          'deepseek.expert_used_count': u32(2),
          'deepseek.expert_feed_forward_length': u32(32),
          'deepseek.expert_shared_count': u32(1),
          'deepseek.leading_dense_block_count': u32(1),
        }),
        tensors: [
          ...without(/^blk\.1\.ffn_(gate|up|down)/),
          { name: 'blk.1.ffn_gate_inp.weight', code: 0, dims: [32, 6] },
          { name: 'blk.1.ffn_gate_exps.weight', code: 8, dims: [32, 32, 6] },
          { name: 'blk.1.ffn_up_exps.weight', code: 8, dims: [32, 32, 6] },
          { name: 'blk.1.ffn_down_exps.weight', code: 8, dims: [32, 32, 6] },
          { name: 'blk.1.ffn_gate_shexp.weight', code: 8, dims: [32, 32] },
          { name: 'blk.1.ffn_up_shexp.weight', code: 8, dims: [32, 32] },
          { name: 'blk.1.ffn_down_shexp.weight', code: 8, dims: [32, 32] },
        ],
      },
      {
        layers: [
          { feedForward: { kind: 'dense', hidden: 96 } },
          { feedForward: { kind: 'experts', experts: 6, chosen: 2, hidden: 32, shared: { hidden: 32 } } },
        ],
      },
    ],
  ])('%s', async ([, spec, expected]) => {
    const parsed = await open(spec)
    expect(parsed.problems).toEqual([])
    expect(parsed.languageModel?.config).toMatchObject(expected)
    // Every parameter of the file is in the graph, and none beside.
    expect((await inspectModel(parsed, {})).params).toBe(elements(spec.tensors))
  })

  test('latent attention', async () => {
    const spec: GgufSpec = {
      entries: architecture('deepseek2', {
        'deepseek2.attention.q_lora_rank': u32(12),
        'deepseek2.attention.kv_lora_rank': u32(16),
        'deepseek2.attention.key_length': u32(20),
        'deepseek2.attention.value_length': u32(8),
        'deepseek2.attention.key_length_mla': u32(12),
        'deepseek2.attention.value_length_mla': u32(8),
        'deepseek2.rope.dimension_count': u32(4),
      }),
      tensors: [
        ...without(/attn_[qkv]\./),
        ...layerTensors('attn_q_a.weight', [32, 12]),
        ...layerTensors('attn_q_a_norm.weight', [12]),
        ...layerTensors('attn_q_b.weight', [12, 48]),
        ...layerTensors('attn_kv_a_mqa.weight', [32, 20]),
        ...layerTensors('attn_kv_a_norm.weight', [16]),
        ...layerTensors('attn_k_b.weight', [8, 16, 4]),
        ...layerTensors('attn_v_b.weight', [16, 8, 4]),
      ],
    }
    const parsed = await open(spec)
    expect(parsed.problems).toEqual([])
    expect((await inspectModel(parsed, {})).params).toBe(elements(spec.tensors))
    expect(parsed.languageModel?.config.layers[0]?.attention).toMatchObject({
      kind: 'latent',
      keyRank: 16,
      plainSize: 8,
    })
  })

  test('an encoder that averages its tokens', async () => {
    const depth = 1
    const at = (part: string, ...dims: number[]): GgufTensorSpec => ({ name: `blk.0.${part}`, code: 0, dims })
    const layer = [
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].flatMap((part) => [
        at(`${part}.weight`, 32, 32),
        at(`${part}.bias`, 32),
      ]),
      ...['attn_output_norm', 'layer_output_norm'].flatMap((part) => [
        at(`${part}.weight`, 32),
        at(`${part}.bias`, 32),
      ]),
      at('ffn_up.weight', 32, 96),
      at('ffn_up.bias', 96),
      at('ffn_down.weight', 96, 32),
      at('ffn_down.bias', 32),
    ]
    const tensors = [
      { name: 'token_embd.weight', code: 8, dims: [32, 64] },
      { name: 'token_embd_norm.weight', code: 0, dims: [32] },
      { name: 'token_embd_norm.bias', code: 0, dims: [32] },
      { name: 'token_types.weight', code: 0, dims: [32, 2] },
      { name: 'position_embd.weight', code: 0, dims: [32, 50] },
      ...layer,
    ]
    const entries = {
      'general.architecture': text('bert'),
      'bert.block_count': u32(depth),
      'bert.embedding_length': u32(32),
      'bert.feed_forward_length': u32(96),
      'bert.attention.head_count': u32(4),
      'bert.attention.layer_norm_epsilon': f32(1e-12),
      'bert.pooling_type': u32(1),
    }
    const parsed = await open({ entries, tensors })
    const { params, outputs, problems } = await inspectModel(parsed, {})
    expect(problems).toEqual([])
    expect(params).toBe(elements(tensors))
    expect(outputs.map(({ name }) => name)).toEqual(['sentence_embedding'])
    expect(parsed.languageModel).toBeUndefined()
  })
})

describe('versions and byte orders', () => {
  test('the same content gives the same graph in all of them', async () => {
    const reference = await open(tinySpec)
    for (const version of [1, 2, 3] as const) {
      for (const bigEndian of [false, true]) {
        const { graph, weightBytes, problems } = await open({ ...tinySpec, version, bigEndian })
        expect({ graph, weightBytes, problems }).toEqual({
          graph: reference.graph,
          weightBytes: reference.weightBytes,
          problems: [],
        })
      }
    }
  })

  test('another version is named', async () => {
    const file = buildGguf(tinySpec)
    file[4] = 9
    expect(await rejectionOf(ggufReader.open(fromBytes(file), null))).toMatchObject({
      code: 'unsupported-format',
      received: '9',
    })
  })
})

describe('files that are less than a model', () => {
  test('a vocabulary alone has no graph, and says so', async () => {
    const parsed = await open({ entries: llamaEntries(tiny), tensors: [] })
    expect(parsed).toMatchObject({ nodes: 0, weightBytes: 0, problems: [{ code: 'no-graph' }] })
    expect(await inspectModel(parsed, {})).toMatchObject({
      params: 0,
      macs: null,
      modelId: null,
      peakActivationBytes: null,
    })
  })

  test('an architecture without a builder keeps its parameters and bytes', async () => {
    const parsed = await open({
      entries: { 'general.architecture': text('mamba'), 'mamba.block_count': u32(2) },
      tensors: tinyTensors,
    })
    expect(parsed.problems).toMatchObject([{ code: 'no-graph', received: 'the architecture "mamba"' }])
    expect(await inspectModel(parsed, {})).toMatchObject({ params: elements(tinyTensors), macs: null, coverage: 0 })
  })

  test('one of several files is read with the work of all, and says how many are missing', async () => {
    const parsed = await open(
      {
        entries: { ...tinySpec.entries, 'split.no': { type: 'u32', value: 0 }, 'split.count': u32(3) },
        tensors: tinyTensors.slice(0, 6),
      },
      'model-00001-of-00003.gguf',
    )
    expect(parsed.problems).toMatchObject([{ code: 'external-data-missing', expected: '2 more files' }])
    expect((await inspectModel(parsed, {})).params).toBe(elements(tinyTensors))
    expect(parsed.weightBytes).toBeLessThan((await open(tinySpec)).weightBytes)
  })

  test('all files of a split model are one model', async () => {
    const count = u32(2)
    const parts = [
      { entries: { ...tinySpec.entries, 'split.no': u32(0), 'split.count': count }, tensors: tinyTensors.slice(0, 9) },
      { entries: { 'split.no': u32(1), 'split.count': count }, tensors: tinyTensors.slice(9) },
    ]
    const whole = await open(tinySpec)
    const { graph, weightBytes, problems } = await openGgufParts(parts.map(sparseGguf), null)
    expect({ graph, weightBytes, problems }).toEqual({
      graph: whole.graph,
      weightBytes: whole.weightBytes,
      problems: [],
    })
    expect(ggufPartNames('m-00002-of-00003.gguf')).toEqual([
      'm-00001-of-00003.gguf',
      'm-00002-of-00003.gguf',
      'm-00003-of-00003.gguf',
    ])
    expect(ggufPartNames('m.gguf')).toBeNull()
  })

  test('metadata that says something else than the tensors is named', async () => {
    const entries = { ...tinySpec.entries, 'llama.feed_forward_length': u32(1024) }
    expect((await open({ ...tinySpec, entries })).problems).toMatchObject([{ code: 'tensor-size-mismatch' }])
  })
})

describe('files that are damaged', () => {
  const tensor = (change: Partial<GgufTensorSpec>) => ({
    ...tinySpec,
    tensors: [{ name: 'a', code: 0, dims: [32], ...change }],
  })

  test.for<[string, GgufSpec, string]>([
    ['a type that ggml does not have', tensor({ code: 77 }), 'unsupported-format'],
    ['rows that are no whole blocks', tensor({ code: 2, dims: [33] }), 'tensor-size-mismatch'],
    ['five axes', tensor({ dims: [1, 1, 1, 1, 1] }), 'malformed'],
    ['sizes beyond any memory', tensor({ dims: [2 ** 40, 2 ** 40] }), 'dimension-too-large'],
    ['two tensors of one name', { ...tinySpec, tensors: [...tinyTensors, ...tinyTensors] }, 'duplicate-value'],
    ['an alignment that is no power of two', { ...tinySpec, entries: { 'general.alignment': u32(33) } }, 'malformed'],
    [
      'no head',
      { ...tinySpec, entries: { ...tinySpec.entries, 'llama.attention.head_count': u32(0) } },
      'invalid-field',
    ],
    [
      'more layers than exist',
      { ...tinySpec, entries: { ...tinySpec.entries, 'llama.block_count': u32(2 ** 31) } },
      'invalid-field',
    ],
  ])('%s', async ([, spec, code]) => {
    expect((await rejectionOf(open(spec))).code).toBe(code)
  })

  test('a file that ends within its tensors is truncated', async () => {
    const file = buildGguf(tinySpec)
    expect((await rejectionOf(ggufReader.open(fromBytes(file.subarray(0, -64)), null))).code).toBe('truncated')
  })
})

const vocabulary = new URL('bert-bge-vocab-only.gguf', modelsFolder)
const mixed = new URL('derived/silero-vad-16k-mixed-types.gguf', modelsFolder)

describe.skipIf(!existsSync(mixed))('real files (skipped where they are not at hand)', () => {
  const openFile = (url: URL) => ggufReader.open(fromBytes(readFileSync(url)), null)

  test('the vocabulary of BGE has no tensor', async () => {
    expect(await openFile(vocabulary)).toMatchObject({ nodes: 0, weightBytes: 0, problems: [{ code: 'no-graph' }] })
  })

  test('a file of four element types lists every tensor as its table does', async () => {
    const { graph, weightBytes } = await openFile(mixed)
    const table: {
      params: number
      tensor_table: { name: string; type: string; dims_ggml_order: number[]; bytes: number }[]
    } = JSON.parse(readFileSync(new URL('silero-vad-16k-mixed-types.gguf.json', mixed), 'utf8'))
    const names: Readonly<Record<string, string>> = { F32: 'float32', F16: 'float16' }
    expect([...graph.constants.values()].map(({ name, dtype, dims }) => ({ name, dtype, dims }))).toEqual(
      table.tensor_table.map(({ name, type, dims_ggml_order: dims }) => ({
        name,
        dtype: names[type] ?? type.toLowerCase(),
        dims: dims.toReversed(),
      })),
    )
    expect(weightBytes).toBe(table.tensor_table.reduce((sum, { bytes }) => sum + bytes, 0))
  })
})
