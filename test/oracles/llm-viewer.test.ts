import { describe, expect, test } from 'vitest'
import { type LlmRun, type LlmShape, llmViewerLayers, llmViewerTotals } from '../../oracles/llm-viewer.ts'
import { type GoldenRow, readGolden, readReference } from '../golden/read-golden.ts'

/** Bandwidth, half precision and 8-bit peak, as the peer's own table has them. */
const gpus: Readonly<Record<string, readonly [bytesPerS: number, half: number, int8: number]>> = {
  nvidia_A100_80G: [2039e9, 312e12, 624e12],
  nvidia_A6000: [768e9, 154.8e12, 309.7e12],
  nvidia_V100: [900e9, 112e12, 62e12],
}

describe('runs that LLM-Viewer itself has computed', () => {
  test.for(readGolden('llm-viewer'))('$model $stage at $batch×$seqlen, $w_bit-bit weights — $source', (row) => {
    expectTotals(row, 'nvidia_A100_80G', Number(row.relative_tolerance))
  })
})

const totals = readReference('llmviewer_totals')

test.skipIf(totals.length === 0)('every run at hand is within 1 % (skipped where the table is absent)', () => {
  for (const row of totals) expectTotals(row, row.hardware ?? '', 0.01)
})

const layers = readReference('llmviewer_layers')

test.skipIf(layers.length === 0)('every layer at hand is the same (skipped where the table is absent)', () => {
  const shapes = new Map(totals.map((row) => [row.model, shapeOf(row)]))
  for (const row of layers) {
    const shape = shapes.get(row.model)
    const layer = shape && llmViewerLayers(shape, runOf(row, 'nvidia_A100_80G')).find(({ name }) => name === row.layer)
    expect(layer).toEqual({
      name: row.layer,
      repeats: Number(row.repeat),
      ops: Number(row.ops),
      weightBytes: Number(row.load_weight),
      loadedActivationBytes: Number(row.load_act),
      storedActivationBytes: Number(row.store_act),
      loadedKvBytes: Number(row.load_kv),
      storedKvBytes: Number(row.store_kv),
    })
  }
})

function expectTotals(row: GoldenRow, gpu: string, tolerance: number): void {
  const { ops, bytes, timeS, weightBytes, kvBytes, activationBytes } = llmViewerTotals(shapeOf(row), runOf(row, gpu))
  const columns = {
    ops,
    memory_access_bytes: bytes,
    time_s: timeS,
    mem_weight_bytes: weightBytes,
    mem_kv_bytes: kvBytes,
    mem_tmp_act_bytes: activationBytes,
  }
  for (const [column, value] of Object.entries(columns)) {
    const printed = Number(row[column])
    expect([column, Math.abs(value / printed - 1) <= tolerance ? printed : value]).toEqual([column, printed])
  }
}

function shapeOf(row: GoldenRow): LlmShape {
  return {
    hiddenSize: Number(row.hidden_size),
    heads: Number(row.num_attention_heads),
    kvHeads: Number(row.num_key_value_heads),
    layers: Number(row.num_hidden_layers),
    intermediateSize: Number(row.intermediate_size),
    vocabularySize: Number(row.vocab_size),
  }
}

function runOf(row: GoldenRow, gpu: string): LlmRun {
  const [bandwidthBytesPerS, half, int8] = gpus[gpu] ?? [Number.NaN, Number.NaN, Number.NaN]
  const bits = [Number(row.w_bit), Number(row.a_bit), Number(row.kv_bit)] as const
  return {
    stage: row.stage === 'prefill' ? 'prefill' : 'decode',
    batch: Number(row.batch),
    sequenceLength: Number(row.seqlen),
    weightBits: bits[0],
    activationBits: bits[1],
    kvBits: bits[2],
    usesFlashAttention: row.flash === '1',
    bandwidthBytesPerS,
    peakOpsPerS: Math.max(...bits) <= 8 ? int8 : half,
  }
}
