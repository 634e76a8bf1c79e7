/**
 * Parts of a network that run on one unit each, in execution order (docs/method/placement.md, PLACE-2).
 *
 * Greedy as TFLite's graph partitioner is (tensorflow/lite/graph_info.cc): a part takes every operator of its unit whose
 * inputs are there, then the other unit has its turn. Parts are therefore maximal, and no part waits for itself.
 */
import type { GraphSummary } from '../graph/summary.ts'
import type { PartitionRule } from '../hardware/support-table.ts'

export type Side = 'unit' | 'fallback'

export interface Partition {
  readonly side: Side
  /** Indices into the summary, in execution order; what executes nothing goes with its inputs. */
  readonly operators: readonly number[]
}

/** `runsOnUnit`: 1 where the unit executes the operator; `isFree`: 1 where nothing executes. */
export function partition(
  summary: GraphSummary,
  runsOnUnit: Uint8Array,
  isFree: Uint8Array,
  rule: PartitionRule,
): readonly Partition[] {
  const producer = producers(summary)
  if (rule.kind === 'leading') return fewest(summary, leading(runsOnUnit, isFree), isFree, producer)
  const every = fewest(summary, runsOnUnit, isFree, producer)
  return rule.kind === 'every' ? every : fewest(summary, largest(every, isFree, rule.most), isFree, producer)
}

/** The operator that makes each tensor; -1 = none. */
export function producers({ tensors, operators }: GraphSummary): Int32Array {
  const producer = new Int32Array(tensors.length).fill(-1)
  operators.forEach(({ outputs }, index) => {
    for (const output of outputs) producer[output] = index
  })
  return producer
}

function leading(runsOnUnit: Uint8Array, isFree: Uint8Array): Uint8Array {
  const first = runsOnUnit.findIndex((runs, index) => runs === 0 && isFree[index] === 0)
  return first === -1 ? runsOnUnit : runsOnUnit.map((runs, index) => (index < first ? runs : 0))
}

/** Of equal parts the earlier. */
function largest(parts: readonly Partition[], isFree: Uint8Array, most: number): Uint8Array {
  const onUnit = new Uint8Array(isFree.length)
  const sizeOf = ({ operators }: Partition): number => operators.filter((index) => isFree[index] === 0).length
  const kept = parts
    .filter(({ side }) => side === 'unit')
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, most)
  for (const { operators } of kept) for (const index of operators) onUnit[index] = 1
  return onUnit
}

/** Whichever unit begins such that there are fewer parts; the accelerator where it makes no difference. */
function fewest(
  summary: GraphSummary,
  runsOnUnit: Uint8Array,
  isFree: Uint8Array,
  producer: Int32Array,
): readonly Partition[] {
  const unitFirst = alternate(summary, runsOnUnit, isFree, producer, 'unit')
  const fallbackFirst = alternate(summary, runsOnUnit, isFree, producer, 'fallback')
  return fallbackFirst.length < unitFirst.length ? fallbackFirst : unitFirst
}

function alternate(
  summary: GraphSummary,
  runsOnUnit: Uint8Array,
  isFree: Uint8Array,
  producer: Int32Array,
  first: Side,
): readonly Partition[] {
  const placed = new Uint8Array(summary.operators.length)
  const parts: Partition[] = []
  let left = summary.operators.length
  let side = first
  let idleTurns = 0
  while (left > 0) {
    const taken: number[] = []
    let executes = false
    summary.operators.forEach(({ inputs }, index) => {
      if (placed[index] === 1) return
      const belongs = isFree[index] === 1 || (runsOnUnit[index] === 1) === (side === 'unit')
      const isReady = inputs.every((input) => {
        const from = producer[input] ?? -1
        return from === -1 || placed[from] === 1
      })
      if (!belongs || !isReady) return
      placed[index] = 1
      taken.push(index)
      if (isFree[index] === 0) executes = true
    })
    left -= taken.length
    idleTurns = taken.length === 0 ? idleTurns + 1 : 0
    if (idleTurns > 1) throw new Error('a summary lists operators in execution order')
    const last = parts.at(-1)
    // A turn in which nothing executes makes no part: its operators go with those before, or after where there are none.
    if (executes || (last === undefined && taken.length > 0)) {
      if (last !== undefined && (last.side === side || !hasWork(last, isFree))) {
        parts[parts.length - 1] = { side, operators: [...last.operators, ...taken] }
      } else parts.push({ side, operators: taken })
    } else if (last !== undefined && taken.length > 0) {
      parts[parts.length - 1] = { ...last, operators: [...last.operators, ...taken] }
    }
    side = side === 'unit' ? 'fallback' : 'unit'
  }
  return parts
}

function hasWork({ operators }: Partition, isFree: Uint8Array): boolean {
  return operators.some((index) => isFree[index] === 0)
}
