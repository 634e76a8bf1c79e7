/** One row of a pairs file: a model, a device, and whatever else it says about how the two met. */

import { presetModel } from '../../model-zoo/preset-name.ts'
import { fail } from '../../simulator/problem.ts'
import { type InputSize, parseInputSize } from './input-shape.ts'
import { type LatencyKind, latencyKindOf } from './latency-kind.ts'

export interface Pair {
  /** `preset:ID` or a path. */
  readonly model: string
  readonly deviceId: string
  /** Texts as printed; '' = not stated. */
  readonly unit: string
  readonly runtime: string
  readonly runtimeVersion: string
  readonly precision: string
  /** CPU threads; `null` = what the runtime takes by itself (CPU-2). */
  readonly threads: number | null
  readonly powerMode: string
  /** Items per inference; `null` = not stated. */
  readonly batch: number | null
  readonly size: InputSize
  readonly contextTokens: number | null
  readonly kindText: string
  readonly kind: LatencyKind
}

/** A header without a model or a device column cannot be answered at all: `invalid-csv`. */
export function requireColumns(header: readonly string[]): void {
  const hasModel = header.includes('preset_id') || header.includes('model')
  if (hasModel && header.includes('device_id')) return
  throw fail('invalid-csv', 'Give the columns preset_id or model, and device_id.', {
    where: 'line 1',
    expected: 'preset_id or model, device_id',
    received: header.join(', '),
  })
}

/**
 * Reads a row; `cell` gives the text of a column, '' where the file does not have it.
 *
 * Throws `ProblemError` `invalid-field` for a missing model or device and for numbers that are none.
 */
export function readPair(cell: (column: string) => string): Pair {
  const text = (column: string) => cell(column).trim()
  const presetId = text('preset_id')
  const model = presetId === '' ? text('model') : presetModel(presetId)
  if (model === '') throw required('preset_id')
  const deviceId = text('device_id')
  if (deviceId === '') throw required('device_id')
  const kindText = text('latency_kind')
  return {
    model,
    deviceId,
    unit: text('compute_unit').toLowerCase(),
    runtime: text('runtime'),
    runtimeVersion: text('runtime_version'),
    // A source that does not state the precision leaves the runtime's own choice.
    precision: text('precision') === 'unstated' ? '' : text('precision'),
    // As many threads as the source found best: what is predicted when none are stated, but for runtimes with one per core.
    threads: text('threads') === 'multi' ? null : count(text('threads'), 'threads'),
    powerMode: text('power_mode'),
    batch: count(text('batch'), 'batch'),
    size: parseInputSize(text('input_shape')),
    contextTokens: count(text('context_length'), 'context_length'),
    kindText,
    kind: latencyKindOf(kindText),
  }
}

/**
 * What a row about generated tokens asks beside them: the first one, after the prompt it states, or the shortest chunk that
 * runtimes read at a time. `null` for other rows.
 */
export function promptOf(pair: Pair): Pair | null {
  if (pair.kind.phase !== 'decode' || pair.size.kind === 'serving') return null
  const kindText = 'ttft'
  return { ...pair, kindText, kind: latencyKindOf(kindText), size: promptSize(pair), contextTokens: null }
}

/** Graphs compiled for a context no longer than this read it as one chunk **(assumed)**; longer ones in short chunks. */
const longestChunkTokens = 1024

function promptSize({ size, contextTokens }: Pair): InputSize {
  if (size.kind === 'tokens') return size
  const isOneChunk = contextTokens !== null && contextTokens <= longestChunkTokens
  return isOneChunk ? { kind: 'tokens', tokens: contextTokens } : { kind: 'default' }
}

function required(column: string) {
  return fail('invalid-field', 'Give every row a model and a device.', { where: column, expected: 'an id' })
}

/** A positive integer, also when a spreadsheet wrote it as `8.0`; `null` when blank. */
function count(text: string, column: string): number | null {
  if (text === '') return null
  const value = Number(text)
  if (/^\d+(\.0*)?$/.test(text) && Number.isSafeInteger(value) && value > 0) return value
  throw fail('invalid-field', 'Give a positive whole number or leave it blank.', {
    where: column,
    expected: 'a positive whole number',
    received: text,
  })
}
