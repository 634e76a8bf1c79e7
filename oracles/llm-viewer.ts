/**
 * What LLM-Viewer (commit 472f71f) computes for a decoder, its defects included (docs/method/llm-viewer.md, LLV-1 to LLV-3).
 * A mode of its own: no prediction of this project uses it.
 *
 * B batch, L sequence length, h hidden size, d = h / heads, V vocabulary. Operations count a multiply and an add as two.
 */

export interface LlmShape {
  readonly hiddenSize: number
  readonly heads: number
  readonly kvHeads: number
  readonly layers: number
  readonly intermediateSize: number
  readonly vocabularySize: number
}

export interface LlmRun {
  readonly stage: 'prefill' | 'decode'
  readonly batch: number
  /** Tokens of the prompt, or in the cache when one more is made. */
  readonly sequenceLength: number
  readonly weightBits: number
  readonly activationBits: number
  readonly kvBits: number
  readonly usesFlashAttention: boolean
  readonly bandwidthBytesPerS: number
  /** Peak at the widest of the three precisions. */
  readonly peakOpsPerS: number
}

/** One kind of work, once per repeat. */
export interface LlmLayer {
  readonly name: string
  readonly repeats: number
  readonly ops: number
  readonly weightBytes: number
  readonly loadedActivationBytes: number
  readonly storedActivationBytes: number
  readonly loadedKvBytes: number
  readonly storedKvBytes: number
}

export interface LlmTotals {
  readonly ops: number
  readonly bytes: number
  readonly timeS: number
  /** Memory that must exist, head and embedding left out as the peer does. */
  readonly weightBytes: number
  readonly kvBytes: number
  readonly activationBytes: number
}

/** Element operations per element, as the peer counts them. */
const opsPerElement = { softmax: 5, norm: 7, add: 1, act: 2 } as const

export function llmViewerLayers(shape: LlmShape, run: LlmRun): LlmLayer[] {
  const { hiddenSize, heads, kvHeads, layers, intermediateSize, vocabularySize } = shape
  const { batch, sequenceLength, usesFlashAttention } = run
  const headSize = hiddenSize / heads
  const queries = run.stage === 'prefill' ? sequenceLength : 1
  const tokens = batch * queries
  const [weight, activation, kv] = [run.weightBits / 8, run.activationBits / 8, run.kvBits / 8]
  const work = (name: string, ops: number, moved: Partial<Omit<LlmLayer, 'name' | 'ops'>>): LlmLayer => ({
    name,
    repeats: layers,
    ops,
    weightBytes: 0,
    loadedActivationBytes: 0,
    storedActivationBytes: 0,
    loadedKvBytes: 0,
    storedKvBytes: 0,
    ...moved,
  })
  const product = (name: string, inputs: number, outputs: number, isCached = false): LlmLayer =>
    work(name, 2 * tokens * inputs * outputs, {
      weightBytes: inputs * outputs * weight,
      loadedActivationBytes: tokens * inputs * activation,
      storedActivationBytes: isCached ? 0 : tokens * outputs * activation,
      storedKvBytes: isCached ? tokens * outputs * kv : 0,
    })
  const elementWise = (name: string, perElement: number, inputs = 1): LlmLayer =>
    work(name, perElement * tokens * hiddenSize, {
      loadedActivationBytes: inputs * tokens * hiddenSize * activation,
      storedActivationBytes: tokens * hiddenSize * activation,
    })
  const scores = tokens * sequenceLength * heads
  const matmulOps = 2 * scores * headSize
  const kvBytes = kvCacheBytes(shape, run)
  const tokenBytes = tokens * hiddenSize * activation
  const scoreBytes = scores * activation
  const attention = usesFlashAttention
    ? [
        work('fused_attention', 2 * matmulOps + scores * opsPerElement.softmax, {
          loadedActivationBytes: tokenBytes,
          // Defects: the output is sized as the scores, and the cache is read once per query head.
          storedActivationBytes: 2 * scoreBytes,
          loadedKvBytes: 2 * Math.ceil(queries / headSize) * batch * sequenceLength * hiddenSize * kv,
        }),
      ]
    : [
        work('qk_matmul', matmulOps, {
          // Defect: in prefill queries are sized as keys.
          loadedActivationBytes: run.stage === 'prefill' ? (tokenBytes * kvHeads) / heads : tokenBytes,
          storedActivationBytes: scoreBytes,
          loadedKvBytes: kvBytes,
        }),
        work('sv_matmul', matmulOps, {
          loadedActivationBytes: scoreBytes,
          storedActivationBytes: tokenBytes,
          loadedKvBytes: kvBytes,
        }),
        work('softmax', scores * opsPerElement.softmax, {
          loadedActivationBytes: scoreBytes,
          storedActivationBytes: scoreBytes,
        }),
      ]
  return [
    product('q_proj', hiddenSize, hiddenSize),
    product('k_proj', hiddenSize, kvHeads * headSize, true),
    product('v_proj', hiddenSize, kvHeads * headSize, true),
    product('out_proj', hiddenSize, hiddenSize),
    // Defect: models without a gate get one.
    product('gate_proj', hiddenSize, intermediateSize),
    product('up_proj', hiddenSize, intermediateSize),
    product('down_proj', intermediateSize, hiddenSize),
    ...attention,
    elementWise('attn_norm', opsPerElement.norm),
    elementWise('mlp_norm', opsPerElement.norm),
    elementWise('attn_add', opsPerElement.add),
    elementWise('mlp_add', opsPerElement.add),
    // Defect: the activation works on the hidden size.
    elementWise('mlp_act', opsPerElement.act, 2),
    // Defects: one operation per multiply-accumulate, activations of a batch of one.
    work('lm_head', batch * hiddenSize * vocabularySize, {
      repeats: 1,
      weightBytes: hiddenSize * vocabularySize * weight,
      loadedActivationBytes: hiddenSize * activation,
      storedActivationBytes: vocabularySize * activation,
    }),
  ]
}

/** Keys, or values, of one layer. */
function kvCacheBytes({ hiddenSize, heads, kvHeads }: LlmShape, { batch, sequenceLength, kvBits }: LlmRun): number {
  return (batch * sequenceLength * (hiddenSize / heads) * kvHeads * kvBits) / 8
}

/** Roofline of every layer, summed; nothing overlaps and nothing is lost. */
export function llmViewerTotals(shape: LlmShape, run: LlmRun): LlmTotals {
  const layers = llmViewerLayers(shape, run)
  const total = (of: (layer: LlmLayer) => number, among = layers): number =>
    among.reduce((sum, layer) => sum + of(layer) * layer.repeats, 0)
  const bytes = (layer: LlmLayer): number =>
    layer.weightBytes +
    layer.loadedActivationBytes +
    layer.storedActivationBytes +
    layer.loadedKvBytes +
    layer.storedKvBytes
  const blocks = layers.filter(({ name }) => name !== 'lm_head')
  return {
    ops: total(({ ops }) => ops),
    bytes: total(bytes),
    timeS: total((layer) => Math.max(layer.ops / run.peakOpsPerS, bytes(layer) / run.bandwidthBytesPerS)),
    weightBytes: total(({ weightBytes }) => weightBytes, blocks),
    kvBytes: 2 * shape.layers * kvCacheBytes(shape, run),
    activationBytes: blocks.reduce((sum, { storedActivationBytes }) => sum + storedActivationBytes, 0),
  }
}
