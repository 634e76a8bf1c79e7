import { describe, expect, test } from 'vitest'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import { fromBytes } from '../../../simulator/import/byte-source.ts'
import { huggingFaceReader } from '../../../simulator/import/hugging-face.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
import { rejectionOf } from './problem-of.ts'
import { publishedConfigs } from './published-configs.ts'
import { publishedRecurrentConfigs } from './published-recurrent-configs.ts'

const bytesOf = (config: unknown) => new TextEncoder().encode(JSON.stringify(config))
const open = (config: unknown) => huggingFaceReader.open(fromBytes(bytesOf(config)), 'config.json')
const refusal = (config: unknown) => rejectionOf(open(config))

function macsOf({ nodes }: BoundGraph): number {
  return nodes.reduce((sum, { work }) => sum + (work.macs ?? Number.NaN), 0)
}

const llama = {
  model_type: 'llama',
  vocab_size: 100,
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 96,
  rms_norm_eps: 1e-5,
}

describe('config.json of published models', { timeout: 60_000 }, () => {
  test.for([...publishedConfigs, ...publishedRecurrentConfigs])(
    '$model has every one of its parameters',
    async ({ parameters, config, difference, within = 0 }) => {
      const bound = bindShapes((await open(config)).graph, {})
      expect(bound.problems).toEqual([])
      const surplus = countParameters(bound) - parameters
      expect(Math.abs(surplus - (difference?.parameters ?? 0))).toBeLessThanOrEqual(within)
      expect(macsOf(bound)).toBeGreaterThan(0)
    },
  )
})

describe('a config.json', () => {
  test('without a field that decides sizes is refused at that field', async () => {
    const { hidden_size: _, ...rest } = llama
    expect(await refusal(rest)).toMatchObject({ code: 'invalid-field', where: 'hidden_size', received: 'nothing' })
    expect(await refusal({ ...llama, vocab_size: 'many' })).toMatchObject({ where: 'vocab_size', received: '"many"' })
    expect(await refusal({ ...llama, num_hidden_layers: 1e9 })).toMatchObject({ where: 'num_hidden_layers' })
    expect(await refusal({ ...llama, hidden_act: 'snake' })).toMatchObject({ where: 'hidden_act' })
  })

  test('of a type that is not described says which ones are, and what to do instead', async () => {
    expect(await refusal({ model_type: 'rwkv', hidden_size: 64 })).toMatchObject({
      code: 'unsupported-format',
      where: 'model_type',
      received: 'rwkv',
      expected: expect.stringContaining('llama'),
      fix: expect.stringContaining('ONNX'),
    })
  })

  test('whose sizes contradict each other is refused', async () => {
    expect((await refusal({ ...llama, num_key_value_heads: 3 })).code).toBe('invalid-field')
    expect((await refusal({ ...llama, hidden_size: 65 })).code).toBe('invalid-field')
  })

  test('with a pattern of layers that is none, or a kernel without a past, is refused', async () => {
    const hybrid = {
      ...{ ...llama, model_type: 'nemotron_h', mamba_num_heads: 8, mamba_head_dim: 16, n_groups: 2 },
      hybrid_override_pattern: 'M-',
    }
    expect((await open(hybrid)).languageModel?.config.layers).toHaveLength(2)
    expect(await refusal({ ...hybrid, hybrid_override_pattern: 'ME' })).toMatchObject({
      where: 'hybrid_override_pattern',
    })
    expect(await refusal({ ...hybrid, conv_kernel: 1 })).toMatchObject({ where: 'kernel', received: '1' })
    expect(await refusal({ ...hybrid, n_groups: 3 })).toMatchObject({ where: 'groups', received: '3' })
  })

  test('that is no JSON is named so', async () => {
    const text = new TextEncoder().encode('{"model_type": "llama",')
    expect((await rejectionOf(huggingFaceReader.open(fromBytes(text), null))).code).toBe('invalid-json')
  })

  test('of several parts counts the one that writes text, and says so', async () => {
    const parsed = await open({ model_type: 'llava', text_config: llama, vision_config: { hidden_size: 1024 } })
    expect(parsed.problems).toMatchObject([{ code: 'graph-assumed', where: 'text_config' }])
    expect(countParameters(bindShapes(parsed.graph, {}))).toBe(
      countParameters(bindShapes((await open(llama)).graph, {})),
    )
  })

  test('is a language model when it is a decoder, and none otherwise', async () => {
    expect((await open(llama)).languageModel?.config).toMatchObject({ width: 64, vocabulary: 100, tied: false })
    expect(
      (await open({ model_type: 't5', vocab_size: 90, d_model: 32, d_kv: 8, d_ff: 64, num_layers: 2, num_heads: 4 }))
        .languageModel,
    ).toBeUndefined()
  })
})

describe('weights of a config.json', () => {
  const dense = 2 * (64 * 64 * 2 + 64 * 32 * 2 + 3 * 64 * 96)
  const tables = 2 * 100 * 64
  const norms = 5 * 64
  const bytes = async (more: Record<string, unknown>) => (await open({ ...llama, ...more })).weightBytes

  test.for([
    ['float32', {}, 4 * (dense + tables + norms)],
    ['two bytes each', { torch_dtype: 'bfloat16' }, 2 * (dense + tables + norms)],
    [
      'four bits with a scale and a zero point for every 32',
      { dtype: 'float16', quantization_config: { quant_method: 'gptq', bits: 4, group_size: 32 } },
      2 * (tables + norms) + dense / 2 + (dense / 32) * 2 + dense / 64,
    ],
    [
      'eight bits of floating point',
      { torch_dtype: 'bfloat16', quantization_config: { quant_method: 'fp8', weight_block_size: [128, 128] } },
      2 * (tables + norms) + dense,
    ],
  ] as const)('%s', async ([, more, expected]) => {
    expect(await bytes(more)).toBe(expected)
  })

  test.for([
    [{ torch_dtype: 'bfloat16', quantization_config: { quant_method: 'aqlm' } }, 'quantization_config.quant_method'],
    [{ dtype: 'float6' }, 'dtype'],
  ] as const)('in a form that is not known are counted, and that is said: %j', async ([more, where]) => {
    expect((await open({ ...llama, ...more })).problems).toMatchObject([{ code: 'unknown-precision', where }])
  })

  test('of bits that no element type has are refused', async () => {
    const quantization_config = { quant_method: 'gptq', bits: 3 }
    expect(await refusal({ ...llama, quantization_config })).toMatchObject({ where: 'quantization_config.bits' })
  })
})

describeReader(huggingFaceReader, {
  small: {
    'a llama': bytesOf(llama),
    'a quantized one': bytesOf({ ...llama, quantization_config: { quant_method: 'awq', bits: 4 } }),
  },
  heavy: null,
})
