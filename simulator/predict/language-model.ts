/**
 * Language models (docs/method/language-model.md): a prompt is read in one pass, then every token takes a step that reads
 * all weights and the cache. Both are ordinary runs of the same law.
 *
 *     TTFT     = t(prompt tokens, nothing cached)                                        (LM-1)
 *     tokens/s = items / t(one token, `contextTokens` cached)
 */

import type { WeightFormats } from '../build/transformer/builder.ts'
import type { DecoderConfig } from '../build/transformer/config.ts'
import { decoder } from '../build/transformer/decoder.ts'
import { makeWorkloads, type Workloads } from '../cost/workload.ts'
import type { DType } from '../graph/dtype.ts'
import { bindShapes } from '../graph/infer.ts'
import { modelId } from '../graph/model-id.ts'
import { summarize } from '../graph/summarize.ts'
import { fail, type Problem } from '../problem.ts'
import { ratePerS } from './interval.ts'
import { withActivations } from './memory.ts'
import { predict } from './predict.ts'
import type { MemoryFootprint, Metric, Prediction } from './prediction.ts'
import type { PredictionRequest } from './request.ts'

export interface LanguageModel {
  readonly name: string
  readonly config: DecoderConfig
  /** What a file stores its parameters in; absent = undecided, as in presets. */
  readonly formats?: WeightFormats
}

/** Element types that runtimes keep caches in; `activation` = as wide as the activations of the precision. */
export const cacheFormats = {
  activation: 'float32',
  fp16: 'float16',
  fp8: 'float8e4m3fn',
  int8: 'int8',
  int4: 'int4',
  q8_0: 'q8_0',
  q4_0: 'q4_0',
} as const satisfies Record<string, DType>

export type CacheFormat = keyof typeof cacheFormats

export interface LanguageModelRequest extends Omit<PredictionRequest, 'summary' | 'modelId' | 'workloads'> {
  readonly model: LanguageModel
  /** Tokens of each item's prompt; by default the chunk that NPU runtimes read at a time. */
  readonly promptTokens?: number | undefined
  /** Tokens in the cache while the next one is generated; by default the prompt. */
  readonly contextTokens?: number | undefined
  readonly cacheFormat?: CacheFormat | undefined
}

export const defaultPromptTokens = 128
/** Longer prompts are read in pieces, the last of which has the most before it; that bounds the activations (llama.cpp `n_ubatch`) **(default)**. */
const pieceTokens = 512

/** One length of the cache: how fast, and what it takes. */
export interface ContextPoint {
  readonly contextTokens: number
  readonly msPerToken: Metric
  readonly kvCacheBytes: number
  readonly totalBytes: Metric
  /** `null` = capacity not known. */
  readonly fits: boolean | null
}

export interface LanguageModelPrediction {
  readonly promptTokens: number
  readonly contextTokens: number
  readonly cacheFormat: CacheFormat
  /** The prompts of all items read, up to the first token of each. */
  readonly ttftMs: Metric
  /** Of all items together. */
  readonly tokensPerS: Metric
  readonly msPerToken: Metric
  readonly promptTokensPerS: Metric
  /** Weights and cache at `contextTokens`, and the activations of whichever run needs more. */
  readonly memory: MemoryFootprint
  /** What one more token of one item adds to the cache. */
  readonly kvBytesPerToken: number
  readonly contexts: readonly ContextPoint[]
  readonly prefill: Prediction
  readonly step: Prediction
  readonly warnings: readonly Problem[]
}

/** The pass over the prompt with the memory of the whole, and beside it everything about tokens; `step` is one of them. */
export type LanguageModelAnswer = Prediction & Omit<LanguageModelPrediction, 'prefill'>

export function languageModelAnswer({ prefill, ...answer }: LanguageModelPrediction): LanguageModelAnswer {
  return { ...prefill, ...answer, measured: [...answer.step.measured, ...prefill.measured] }
}

/** Rejects with `ProblemError` as `predict` does, and `invalid-field` for token counts that are none. */
export async function predictLanguageModel(request: LanguageModelRequest): Promise<LanguageModelPrediction> {
  const { model, promptTokens = defaultPromptTokens, cacheFormat = 'activation', ...rest } = request
  const contextTokens = request.contextTokens ?? promptTokens
  for (const [where, tokens] of Object.entries({ promptTokens, contextTokens })) {
    if (!Number.isSafeInteger(tokens) || tokens < 1) {
      throw fail('invalid-field', 'Give a whole number of tokens, 1 or more.', { where, received: `${tokens}` })
    }
  }
  const passes = new Passes(model, rest.batch ?? 1, cacheFormat)
  const reading = passes.get(promptTokens, 0)
  const stepping = passes.get(1, contextTokens)
  const [readingId, steppingId] = await Promise.all([reading, stepping].map(({ summary }) => modelId(summary)))
  if (readingId === undefined || steppingId === undefined) throw new Error('two models have two ids')
  const run: Run = (newTokens, pastTokens) => {
    const workloads = passes.get(newTokens, pastTokens)
    // Steps at other lengths of the cache are the same model to whoever keeps evidence by its id.
    const id = newTokens === 1 ? steppingId : readingId
    return predict({ ...rest, summary: workloads.summary, modelId: id, workloads })
  }
  const prefill = run(promptTokens, 0)
  const step = run(1, contextTokens)
  const after = run(1, contextTokens + 1)
  const widest = promptTokens <= pieceTokens ? prefill : run(pieceTokens, promptTokens - pieceTokens)
  const { footprint, overflow } = withActivations(
    step.memory,
    widest.memory.peakActivationBytes,
    widest.memory.peakOperator,
  )
  const items = prefill.batch
  return {
    promptTokens,
    contextTokens,
    cacheFormat,
    ttftMs: prefill.latencyMs,
    tokensPerS: ratePerS(step.latencyMs, items),
    msPerToken: step.latencyMs,
    promptTokensPerS: ratePerS(prefill.latencyMs, items * promptTokens),
    memory: footprint,
    kvBytesPerToken: (after.memory.kvCacheBytes - step.memory.kvCacheBytes) / items,
    contexts: sweep(run, model.config, widest),
    prefill,
    step,
    warnings: [...step.warnings, ...(overflow === null ? [] : [overflow])],
  }
}

type Run = (newTokens: number, pastTokens: number) => Prediction

const shortestContext = 512

/** Doubling lengths up to what the model was trained for. */
function sweep(run: Run, { contextLength }: DecoderConfig, widest: Prediction): readonly ContextPoint[] {
  const longest = contextLength ?? 8 * shortestContext
  const points: ContextPoint[] = []
  for (let tokens = Math.min(shortestContext, longest); tokens <= longest; tokens *= 2) {
    const { latencyMs, memory } = run(1, tokens)
    const { footprint } = withActivations(memory, widest.memory.peakActivationBytes, widest.memory.peakOperator)
    const { totalBytes, capacityBytes, kvCacheBytes } = footprint
    const isKnown = totalBytes.availability === 'available' && capacityBytes !== null
    points.push({
      contextTokens: tokens,
      msPerToken: latencyMs,
      kvCacheBytes,
      totalBytes,
      fits: isKnown ? totalBytes.p50 <= capacityBytes : null,
    })
  }
  return points
}

/** Every pass of a model, built and counted once; experts that are hit depend on the items, so these are built in. */
class Passes {
  readonly #model: LanguageModel
  readonly #batch: number
  readonly #cacheType: DType
  readonly #made = new Map<string, Workloads>()

  constructor(model: LanguageModel, batch: number, format: CacheFormat) {
    this.#model = model
    this.#batch = batch
    this.#cacheType = cacheFormats[format]
  }

  get(newTokens: number, pastTokens: number): Workloads {
    const key = `${newTokens} ${pastTokens}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const { name, config, formats } = this.#model
    const pass = { batch: this.#batch, newTokens, pastTokens, cacheType: this.#cacheType, logits: 'last' } as const
    const made = makeWorkloads(summarize(bindShapes(decoder(name, config, pass, formats), {}), name))
    this.#made.set(key, made)
    return made
  }
}
