/**
 * Copies are weighed once: a figure that is printed again for the next release, or for a chip that another stands in
 * for, is one measurement. Found by rule, never by name.
 *
 * A *series* is what one origin publishes about one runtime on one unit of one device. Two series are **twins** when at
 * least half of what both publish, and two rows or more, is equal to the last digit; by chance it is a quarter at most.
 */
import { groupBy } from '../../simulator/group-by.ts'
import type { EvidenceRow } from './read.ts'

const twinShare = 0.5
const leastShared = 2

/**
 * Weight of each row by its id, [0, 1]: 0 for trust 1, 1/n for each of n copies. A row is a copy of another with the same
 * input, precision, batch, threads, kind of latency and figures, of the same series or of a twin.
 */
export function evidenceWeights(rows: readonly EvidenceRow[], originOf: OriginOf): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  const twins = twinSeries(rows, originOf)
  for (const alike of groupBy(rows.filter(isTrusted), (row) => `${inputKey(row)}|${figureKey(row)}`).values()) {
    const copies = linked(alike, (a, b) => {
      const [one, other] = [seriesKey(a, originOf), seriesKey(b, originOf)]
      return one === other || twins(one, other)
    })
    for (const group of copies) for (const { rowId } of group) weights.set(rowId, 1 / group.length)
  }
  for (const { rowId } of rows) if (!weights.has(rowId)) weights.set(rowId, 0)
  return weights
}

/** The origin of a source id. */
export type OriginOf = (sourceId: string) => string

/**
 * The group that each device belongs to when devices are split: its twins and itself, by the id that sorts first. What
 * was measured on one of them was, for all that the evidence knows, measured on the others.
 */
export function deviceGroups(rows: readonly EvidenceRow[], originOf: OriginOf): ReadonlyMap<string, string> {
  const twins = twinDevices(rows, originOf)
  const ids = [...new Set(rows.map(({ pair }) => pair.deviceId))].sort()
  return new Map(linked(ids, twins).flatMap((group) => group.map((id) => [id, group[0] ?? id] as const)))
}

function isTrusted({ trust }: EvidenceRow): boolean {
  return trust > 1
}

function seriesKey({ sourceId, pair }: EvidenceRow, originOf: OriginOf): string {
  return [originOf(sourceId), pair.deviceId, pair.unit, pair.runtime].join('|')
}

/** What was run, apart from where. */
function inputKey({ presetId, inputShape, pair }: EvidenceRow): string {
  return [presetId, inputShape, pair.precision, pair.batch, pair.threads, pair.kindText, pair.contextTokens].join('|')
}

function figureKey({ latencyMs, throughputPerS, ttftMs, tokensPerS }: EvidenceRow): string {
  return [latencyMs, throughputPerS, ttftMs, tokensPerS].join('|')
}

type Related = (a: string, b: string) => boolean

function twinSeries(rows: readonly EvidenceRow[], originOf: OriginOf): Related {
  const ofRuntimes = relate(rows, (row) => seriesKey(row, originOf), inputKey)
  const ofDevices = twinDevices(rows, originOf)
  return (a, b) => {
    if (ofRuntimes(a, b)) return true
    const [originA = '', deviceA = '', ...runtimeA] = a.split('|')
    const [originB = '', deviceB = '', ...runtimeB] = b.split('|')
    return originA === originB && runtimeA.join() === runtimeB.join() && ofDevices(deviceA, deviceB)
  }
}

function twinDevices(rows: readonly EvidenceRow[], originOf: OriginOf): Related {
  return relate(
    rows,
    ({ pair }) => pair.deviceId,
    (row) => [originOf(row.sourceId), row.pair.unit, row.pair.runtime, inputKey(row)].join('|'),
  )
}

/** Twins among groups of rows: the inputs that two of them share, and how many of those have an equal figure. */
function relate(
  rows: readonly EvidenceRow[],
  groupOf: (row: EvidenceRow) => string,
  keyOf: (row: EvidenceRow) => string,
): Related {
  const shared = new Map<string, { inputs: number; equal: number }>()
  for (const alike of groupBy(rows.filter(isTrusted), keyOf).values()) {
    const groups = [...groupBy(alike, groupOf)].map(([id, members]) => [id, new Set(members.map(figureKey))] as const)
    groups.forEach(([a, figuresA], index) => {
      for (const [b, figuresB] of groups.slice(index + 1)) {
        const key = pairKey(a, b)
        const count = shared.get(key) ?? { inputs: 0, equal: 0 }
        count.inputs += 1
        if ([...figuresA].some((figure) => figuresB.has(figure))) count.equal += 1
        shared.set(key, count)
      }
    })
  }
  return (a, b) => {
    const { inputs, equal } = shared.get(pairKey(a, b)) ?? { inputs: 0, equal: 0 }
    return equal >= leastShared && equal >= twinShare * inputs
  }
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`
}

/** Groups of items that are linked to one another directly or through others, in order. */
function linked<T>(items: readonly T[], areLinked: (a: T, b: T) => boolean): T[][] {
  const groups: T[][] = []
  for (const item of items) {
    const touched = groups.filter((group) => group.some((member) => areLinked(member, item)))
    const merged = [...touched.flat(), item]
    for (const group of touched) groups.splice(groups.indexOf(group), 1)
    groups.push(merged)
  }
  return groups
}
