/** Runs inferences and nothing else: no clock, no storage. Whoever calls it holds the stopwatch. */
import { DurableObject } from 'cloudflare:workers'
import type { InferenceSession, Tensor as TensorType } from 'onnxruntime-web/wasm'
import type { OutputDigest } from '../contract/edge-run.ts'
import { edgeModelBytes } from './edge-model.ts'
import { createSession, ortVersion, Tensor } from './ort.ts'
import { digestOutputs } from './output-digest.ts'
import { makeSeededFeeds } from './seeded-input.ts'

export interface LoadedModel {
  /** Of one inference on the seeded input. */
  readonly outputs: readonly OutputDigest[]
  readonly versions: Readonly<Record<string, string>>
}

export class InferenceRunner extends DurableObject {
  #loaded: { readonly session: InferenceSession; readonly feeds: Record<string, TensorType> } | null = null

  /** Builds the preset, creates its session in place of any other, and runs it once. */
  async load(presetId: string): Promise<LoadedModel> {
    await this.release()
    const session = await createSession(edgeModelBytes(presetId))
    const feeds = makeSeededFeeds(session.inputMetadata, Tensor)
    const outputs = digestOutputs(await session.run(feeds))
    this.#loaded = { session, feeds }
    return { outputs, versions: { onnxruntimeWeb: ortVersion, runtime: navigator.userAgent } }
  }

  /** `k` inferences, one after the other. Rejects when the object was restarted since `load`. */
  async run(k: number): Promise<void> {
    const loaded = this.#loaded
    if (loaded === null) throw new Error('no model is loaded: the runner was restarted')
    for (let i = 0; i < k; i += 1) await loaded.session.run(loaded.feeds)
  }

  async release(): Promise<void> {
    const loaded = this.#loaded
    this.#loaded = null
    await loaded?.session.release()
  }
}
