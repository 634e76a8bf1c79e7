/** Spellings of `latency_kind`: what a published figure counts, and the kind that is predicted in its place. */

export interface LatencyKind {
  /** What one `latency_ms` covers. */
  readonly latencyPer: 'batch' | 'item' | 'token'
  /**
   * Runs at a time: with `several` the figure is a rate and its inverse no latency, with `one` a rate is the inverse of
   * the latency; `null` = the row does not say.
   */
  readonly inFlight: 'one' | 'several' | null
  /** Which part of a language model's work the figure is of; `null` = one pass of the network. */
  readonly phase: 'prefill' | 'decode' | null
  /** The system fills the batch itself: a row that states none is about throughput at `saturatingBatch`. */
  readonly isSaturated: boolean
  /** Why the prediction is of another kind than the row; `null` = of the same kind. */
  readonly answeredFrom: string | null
}

/** Items in flight of a system that is never idle **(default)**; larger batches gain little on any unit. */
export const saturatingBatch = 64

const unstated: LatencyKind = {
  latencyPer: 'batch',
  inFlight: null,
  phase: null,
  isSaturated: false,
  answeredFrom: null,
}
const pass: LatencyKind = { ...unstated, inFlight: 'one' }
const rate: LatencyKind = { ...unstated, inFlight: 'several' }
const passInsteadOf = (answeredFrom: string): LatencyKind => ({ ...pass, answeredFrom })
const prefill: LatencyKind = { ...pass, phase: 'prefill' }
const decode: LatencyKind = { ...pass, latencyPer: 'token', phase: 'decode' }

const kinds: ReadonlyMap<string, LatencyKind> = new Map(
  Object.entries({
    '': unstated,
    single_stream: pass,
    mean: pass,
    median: pass,
    'mean per batch': pass,
    'p50 per batch': pass,
    '1000/fps': pass,
    pipelined: rate,
    'mean per image': { ...pass, latencyPer: 'item' },
    'mean (latency hint)': passInsteadOf('single_stream'),
    'single_stream end-to-end': passInsteadOf('single_stream, host pre- and post-processing left out'),
    offline: { ...rate, answeredFrom: `throughput at batch ${saturatingBatch}`, isSaturated: true },
    server: {
      ...rate,
      answeredFrom: `throughput at batch ${saturatingBatch}, arrival times left out`,
      isSaturated: true,
    },
    multi_stream: passInsteadOf('mean per batch'),
    ttft: prefill,
    'prompt tokens per second': prefill,
    'token rate': decode,
    'ms per output token': decode,
    serving: { ...decode, inFlight: 'several', answeredFrom: null },
  }),
)

/** A kind without an entry is answered as one pass of the network, and says so. */
export function latencyKindOf(text: string): LatencyKind {
  return kinds.get(text) ?? { ...unstated, answeredFrom: 'single_stream' }
}
