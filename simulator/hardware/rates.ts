/**
 * Rates = a target resolved to numbers: what its unit can do in this precision and power mode, and how sure that is
 * (docs/method/facts.md).
 */
import { type Arithmetic, type PrecisionTraits, precisions } from '../graph/precision.ts'
import { bytesPerSFromGbs } from '../quantities.ts'
import { ownPeak, peakFromFp16 } from './arithmetic-rates.ts'
import { coreShare } from './core-share.ts'
import { coreUse } from './cpu-cores.ts'
import { defaultLinkGbs, onchipDefault, segmentDefaults, unitDefaults } from './default-facts.ts'
import type { UnitKind } from './device.ts'
import { type PeerFacts, type PeerField, type ResolvedFact, resolveFact, stated } from './missing.ts'
import type { LawParameters } from './parameters.ts'
import { modeClockShare, modeGpuShare } from './power-mode.ts'
import type { PackedProducts, Runtime } from './runtime.ts'
import type { Target } from './target.ts'

export interface Rates {
  readonly arithmetic: Arithmetic
  /** Dense peak with the cores and clocks that the power mode leaves on. */
  readonly peakMacsPerS: ResolvedFact
  /** Share of the peak that one inference can use: threads on CPUs, else 1. */
  readonly parallelShare: number
  /** Cores that one inference uses; 1 where the unit is no multi-core CPU. */
  readonly cores: number
  /** Clock summed over those cores. */
  readonly coreHz: number
  /** Cycles that fetch instructions, as cycles of a core in order (EN-2). */
  readonly fetchingHz: number
  /** fp32 multiply-adds per second of the general-purpose lanes; element operations run there. */
  readonly vectorOpsPerS: number
  /** Element operations for each byte of packed weights that a product reads. */
  readonly unpackOpsPerByte: number
  readonly clockHz: ResolvedFact
  /** `null` = the unit has no DRAM of its own: what does not stay on chip crosses the link. */
  readonly dramBytesPerS: ResolvedFact | null
  /** What kernels reach of it: η_m of the peak, or what the cores in use can ask for. */
  readonly reachedDramBytesPerS: number | null
  /** `null` = on the same die. */
  readonly linkBytesPerS: ResolvedFact | null
  readonly reachedLinkBytesPerS: number | null
  readonly onchipBytes: ResolvedFact
  readonly onchipBytesPerS: number
}

/** Kinds whose element operations run on the lanes that their fp32 peak counts. */
const lanesAreFp32: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'gpu', 'wasm-simd'])

/** fp32 lanes of one streaming multiprocessor; the granule in which GPUs are scaled **(default)**. */
export const lanesPerProcessor = 128

export function resolveRates(
  target: Target,
  parameters: LawParameters,
  peers: PeerFacts,
  traits: Pick<Runtime, 'packedProducts' | 'threadsOnEveryCore'>,
): Rates {
  const { device, unit, powerMode } = target
  const { arithmetic } = precisions[target.precision]
  const defaults = unitDefaults[unit.kind]
  const clockShare = modeClockShare(device, unit.kind, unit.clockHz, powerMode)
  const { packedProducts } = traits
  const isCpu = unit.clusters.length > 0
  const threads = target.threads ?? (traits.threadsOnEveryCore ? Number.POSITIVE_INFINITY : null)
  const cores = coreUse(unit, arithmetic, powerMode, threads, parameters.parallelShare)
  const share = isCpu ? cores.onlineShare : clockShare * modeGpuShare(unit.kind, powerMode)

  const peak = scaled(peakOf(target, packedProducts, peers), share)
  const dram = dramOf(target, peers)
  const link = linkOf(target)
  const clock = scaled(resolve(target, unit.clockHz, 'clockHz', peers, defaults.clockHz), clockShare)
  const portBytesPerS = clock.value * parameters.portBytesPerCycle
  const lanes = lanesAreFp32.has(unit.kind) ? ownPeak(unit, 'fp32') : null
  const vectorOpsPerS =
    lanes === null ? peak.value * parameters.vectorOpsPerMac : lanes.value * share * cores.parallelShare
  // Where the cores are not known, what they ask for is no limit.
  const loadingHz =
    cores.used?.clockHz ?? (unit.kind === 'gpu' ? vectorOpsPerS / lanesPerProcessor : Number.POSITIVE_INFINITY)
  const askedBytesPerS = loadingHz * parameters.bytesPerCoreCycle
  return {
    arithmetic,
    peakMacsPerS: peak,
    parallelShare: cores.parallelShare,
    cores: cores.used?.count ?? 1,
    coreHz: cores.used?.clockHz ?? clock.value,
    fetchingHz: cores.used?.fetchingHz ?? clock.value,
    vectorOpsPerS,
    unpackOpsPerByte: unpackOpsPerByteOf(target, packedProducts),
    clockHz: clock,
    dramBytesPerS: dram,
    reachedDramBytesPerS:
      dram === null
        ? null
        : Math.min(Math.min(dram.value, portBytesPerS) * parameters.bandwidthEfficiency, askedBytesPerS),
    linkBytesPerS: link,
    reachedLinkBytesPerS: link === null ? null : link.value * parameters.bandwidthEfficiency,
    onchipBytes: onchipOf(target, peers, peak.value),
    onchipBytesPerS: vectorOpsPerS * parameters.onchipBytesPerVectorOp,
  }
}

function resolve(
  { device, unit }: Target,
  own: Parameters<typeof resolveFact>[0],
  field: PeerField,
  peers: PeerFacts,
  fallback: number,
): ResolvedFact {
  return resolveFact(own, field, unit, device, peers, fallback)
}

function scaled(fact: ResolvedFact, share: number): ResolvedFact {
  return share === 1 ? fact : { ...fact, value: fact.value * share }
}

/** A unit states the memory of all its cores; parents and defaults say what one model has. */
function onchipOf(target: Target, peers: PeerFacts, peakMacsPerS: number): ResolvedFact {
  const { unit } = target
  const onchip = resolve(target, unit.onchipBytes, 'onchipBytes', peers, onchipDefault(unit.kind, peakMacsPerS))
  return onchip.from === 'device' ? scaled(onchip, coreShare(unit)) : onchip
}

/** Passes of the 8-bit multipliers that 16-bit activations take. */
const passesOf16Bits = 2

/** FACT-1: what one model can use of what the unit states, perhaps in another format; else the nearest parent's. */
function peakOf(target: Target, packedProducts: PackedProducts, peers: PeerFacts): ResolvedFact {
  const { arithmetic, activationBits } = precisions[target.precision]
  const passes = arithmetic === 'int8' && activationBits === 16 ? passesOf16Bits : 1
  const peak = scaled(peakIn(target, arithmetic, peers), 1 / passes)
  if (packedProducts === 'all' && isPacked(target)) return faster(peak, peakIn(target, 'int8', peers))
  if (!mayMultiplyIntegers(target)) return peak
  return faster(peak, scaled(peakIn(target, 'int8', peers), 1 / passesOf16Bits))
}

function faster(a: ResolvedFact, b: ResolvedFact): ResolvedFact {
  return b.value > a.value ? b : a
}

function isPacked({ precision }: Target): boolean {
  const { unpackOps = 0 }: PrecisionTraits = precisions[precision]
  return unpackOps > 0
}

function peakIn(target: Target, arithmetic: Arithmetic, peers: PeerFacts): ResolvedFact {
  const own = ownPeak(target.unit, arithmetic)
  if (own !== null) return scaled(stated(own), coreShare(target.unit))
  const { kind } = target.unit
  const fallback = peakFromFp16(kind, unitDefaults[kind].fp16MacsPerS, arithmetic)
  return resolve(target, null, `peakMacsPerS.${arithmetic}`, peers, fallback)
}

/**
 * Integer weights with 16-bit activations: matrix engines multiply them in floating point or as integers in two passes,
 * whichever is faster; programmable lanes convert to floating point.
 */
function mayMultiplyIntegers({ unit, precision }: Target): boolean {
  const { arithmetic, weightBits, activationBits, floatOnly }: PrecisionTraits = precisions[precision]
  const isMixed = arithmetic === 'fp16' && weightBits < activationBits && floatOnly !== true
  return isMixed && !lanesAreFp32.has(unit.kind)
}

/** Bytes are four to a lane, and dot products scale whole blocks, not weights (docs/method/language-model.md, LM-7). */
const packedSpeedup = 16

/** Matrix engines that multiply integers read packed weights as they are. */
function unpackOpsPerByteOf(target: Target, packedProducts: PackedProducts): number {
  const { weightBits, unpackOps = 0 }: PrecisionTraits = precisions[target.precision]
  if (mayMultiplyIntegers(target)) return 0
  const opsPerWeight = packedProducts === 'none' ? unpackOps : unpackOps / packedSpeedup
  return (opsPerWeight * 8) / weightBits
}

function dramOf(target: Target, peers: PeerFacts): ResolvedFact | null {
  const { device, powerMode } = target
  const hasNone = device.link !== null && device.dramBytes === null && device.dramBytesPerS === null
  if (hasNone) return null
  const own = powerMode?.memoryBytesPerS ?? device.dramBytesPerS
  const fallback = bytesPerSFromGbs(segmentDefaults[device.segment].dramGbs)
  return resolve(target, own, 'dramBytesPerS', peers, fallback)
}

/** A link's rate belongs to the board, not to the silicon: no parent is asked. */
function linkOf({ device }: Target): ResolvedFact | null {
  if (device.link === null) return null
  if (device.link.bytesPerS !== null) return stated(device.link.bytesPerS)
  const value = bytesPerSFromGbs(defaultLinkGbs(device.link.kind))
  return { value, status: 'default', sourceIds: [], from: 'default', logSd: 0.4 }
}
