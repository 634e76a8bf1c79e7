/**
 * The roofs over a target (docs/method/facts.md): what its unit could do in every precision that it executes, and what
 * each level of memory could deliver. They bound what a kernel reaches; none of them is a prediction.
 */
import type { PrecisionId } from '../graph/precision.ts'
import type { UnitKind } from '../hardware/device.ts'
import type { PeerFacts, ResolvedFact } from '../hardware/missing.ts'
import { type ResolvedTarget, resolveNumbers } from '../hardware/simulate.ts'
import type { Target } from '../hardware/target.ts'
import { opsFromMacs } from '../quantities.ts'

type Origin = Pick<ResolvedFact, 'status' | 'from'>

export interface ComputeCeiling extends Origin {
  /** Precisions that share this peak, the one asked about first. */
  readonly precisions: readonly PrecisionId[]
  /** 1 MAC = 2 operations. */
  readonly opsPerS: number
  /** Of the precision that was asked about, on the cores that one model runs on. */
  readonly isInUse: boolean
  /** Cores that would have to work together for it; `null` = those that do. */
  readonly cores: number | null
}

export interface MemoryCeiling extends Origin {
  readonly level: 'onchip' | 'dram' | 'link'
  readonly bytesPerS: number
}

export interface Ceilings {
  /** The one in use first, then the others, highest first. */
  readonly compute: readonly ComputeCeiling[]
  /** Nearest to the unit first. */
  readonly memory: readonly MemoryCeiling[]
}

export function ceilingsOf(target: Target, peers: PeerFacts): Ceilings {
  const inUse = resolveNumbers(target, { peers })
  const executed = target.unit.runtimes.flatMap(({ precisions }) => precisions)
  const others = new Set(executed.filter((precision) => precision !== target.precision))
  const compute = [ceiling(inUse, target.precision, true)]
  for (const precision of others) {
    const other = ceiling(resolveNumbers({ ...target, precision }, { peers }), precision, false)
    const same = compute.findIndex(({ opsPerS }) => opsPerS === other.opsPerS)
    const found = compute[same]
    if (found === undefined) compute.push(other)
    else compute[same] = { ...found, precisions: [...found.precisions, precision] }
  }
  const [first, ...rest] = [...compute, ...idleCores(target, compute)]
  return {
    compute: [...(first ? [first] : []), ...rest.toSorted((a, b) => b.opsPerS - a.opsPerS)],
    memory: memoryOf(inUse),
  }
}

function ceiling({ rates }: ResolvedTarget, precision: PrecisionId, isInUse: boolean): ComputeCeiling {
  const { value, status, from } = rates.peakMacsPerS
  return { precisions: [precision], opsPerS: opsFromMacs(value), status, from, isInUse, cores: null }
}

/** FACT-4: cores that another model, or another input in flight, would keep busy. */
function idleCores({ unit, precision }: Target, [inUse]: readonly ComputeCeiling[]): ComputeCeiling[] {
  const { cores } = unit
  if (inUse === undefined || cores === null || cores.total.value <= cores.perModel.value) return []
  const opsPerS = (inUse.opsPerS * cores.total.value) / cores.perModel.value
  return [{ ...inUse, precisions: [precision], opsPerS, isInUse: false, cores: cores.total.value }]
}

/**
 * Weights that stay in place never cross an on-chip memory (DF-1, CIM-1), and Ethos-U counts cycles of its own (EU-1):
 * there is no one rate for them.
 */
const withoutOnchipRate: ReadonlySet<UnitKind> = new Set(['dataflow', 'compute-in-memory', 'ethos-u'])

/** A link is a level of memory only where nothing nearer holds what does not stay on chip. */
function memoryOf({ rates, target }: ResolvedTarget): MemoryCeiling[] {
  const level = (name: MemoryCeiling['level'], { value, status, from }: ResolvedFact): MemoryCeiling => ({
    level: name,
    bytesPerS: value,
    status,
    from,
  })
  const outside = rates.dramBytesPerS ?? rates.linkBytesPerS
  return [
    ...(withoutOnchipRate.has(target.unit.kind)
      ? []
      : [{ level: 'onchip', bytesPerS: rates.onchipBytesPerS, status: 'default', from: 'default' } as const]),
    ...(outside === null ? [] : [level(rates.dramBytesPerS === null ? 'link' : 'dram', outside)]),
  ]
}
