/**
 * What moves between units, and how long that takes (docs/method/placement.md, PLACE-4):
 *
 *     t = bytes / (BW_link · η_m) + (bytes from + bytes to) / (BW_processor · η_m)
 *
 * The first term is there where the accelerator is behind a link. The second is the copy that the processor makes:
 * another layout, number format or alignment **(default: every crossing tensor is copied once)**.
 */
import { tensorBytes } from '../cost/operand-bytes.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { transferS } from '../hardware/law.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'
import { type Partition, producers } from './partition.ts'

export interface Crossing {
  /** Indices of partitions. */
  readonly from: number
  readonly to: number
  /** Indices into the summary. */
  readonly tensors: readonly number[]
  /** As the unit that makes them stores them. */
  readonly bytes: number
  readonly linkS: number
  readonly copyS: number
}

export interface CrossingUnits {
  readonly unit: ResolvedTarget
  readonly fallback: ResolvedTarget
}

/** By the part that needs the tensors; what two parts of one unit need crosses once, for the first of them. */
export function crossingsOf(
  summary: GraphSummary,
  parts: readonly Partition[],
  isFree: Uint8Array,
  units: CrossingUnits,
  itemsFactor: number,
): readonly Crossing[] {
  const partOf = partOfOperators(summary, parts)
  const sources = sourcesOf(summary, isFree)
  const moved = new Map<string, { readonly from: number; readonly to: number; readonly tensors: Set<number> }>()
  const isThere = new Set<string>()
  parts.forEach(({ side, operators }, to) => {
    for (const index of operators) {
      if (isFree[index] === 1) continue
      for (const { tensor, operator } of sources(index)) {
        const from = partOf[operator] ?? -1
        const origin = parts[from]
        const place = `${tensor} ${side}`
        if (origin === undefined || origin.side === side || isThere.has(place)) continue
        isThere.add(place)
        const key = `${from} ${to}`
        const crossing = moved.get(key) ?? { from, to, tensors: new Set<number>() }
        moved.set(key, crossing)
        crossing.tensors.add(tensor)
      }
    }
  })
  return [...moved.values()].map(({ from, to, tensors }) => {
    const isToUnit = parts[to]?.side === 'unit'
    const bytesOn = ({ target }: ResolvedTarget): number =>
      [...tensors].reduce((sum, tensor) => {
        const described = summary.tensors[tensor]
        return described === undefined ? sum : sum + tensorBytes(described, target.precision) * itemsFactor
      }, 0)
    const [source, sink] = isToUnit ? [units.fallback, units.unit] : [units.unit, units.fallback]
    const linkRate = units.unit.rates.reachedLinkBytesPerS
    const bytes = bytesOn(source)
    return {
      from,
      to,
      tensors: [...tensors],
      bytes,
      linkS: linkRate === null ? 0 : transferS(bytesOn(units.unit), linkRate, 0),
      copyS: copyS(bytes + bytesOn(sink), units),
    }
  })
}

/** A processor without DRAM (a microcontroller) copies at the rate of its on-chip memory. */
function copyS(bytes: number, { fallback: { rates, parameters } }: CrossingUnits): number {
  const { reachedDramBytesPerS, onchipBytesPerS } = rates
  return transferS(bytes, reachedDramBytesPerS ?? onchipBytesPerS, parameters.halfSizeBytes)
}

export function partOfOperators({ operators }: GraphSummary, parts: readonly Partition[]): Int32Array {
  const partOf = new Int32Array(operators.length).fill(-1)
  parts.forEach((part, index) => {
    for (const operator of part.operators) partOf[operator] = index
  })
  return partOf
}

export interface Source {
  readonly tensor: number
  /** That makes it. */
  readonly operator: number
}

/** What an operator reads of others, looked at through operators that execute nothing. */
export function sourcesOf(summary: GraphSummary, isFree: Uint8Array): (operator: number) => readonly Source[] {
  const { operators } = summary
  const producer = producers(summary)
  const behind = (tensor: number): readonly Source[] => {
    const operator = producer[tensor] ?? -1
    if (operator === -1) return []
    return isFree[operator] === 1 ? (operators[operator]?.inputs ?? []).flatMap(behind) : [{ tensor, operator }]
  }
  return (operator) => (operators[operator]?.inputs ?? []).flatMap(behind)
}
