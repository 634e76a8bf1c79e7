/** What a model itself says about where it runs: the precision it is in, and the runtimes made for its kind of network. */

import type { NetworkKind } from '../cost/network-kind.ts'
import { networkKind } from '../cost/network-kind.ts'
import { filePrecision } from '../graph/file-precision.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { TargetWishes } from './target.ts'

export interface ModelPreferences extends Pick<TargetWishes, 'modelPrecision' | 'network'> {
  readonly modelPrecision: PrecisionId | null
  readonly network: NetworkKind
}

const known = new WeakMap<GraphSummary, ModelPreferences>()

/** The same summary is asked about on many devices, so it is read once. */
export function preferencesOf(summary: GraphSummary): ModelPreferences {
  const read = known.get(summary) ?? { modelPrecision: filePrecision(summary), network: networkKind(summary) }
  known.set(summary, read)
  return read
}
