/** What a change does to the figures, with its band and the terms that moved (docs/method/what-if.md, WHAT-1, WHAT-2). */
import type { Bound } from '../../hardware/law.ts'
import type { Metric, Prediction, TargetKey } from '../../predict/prediction.ts'
import { z80 } from '../../statistics.ts'
import { powerAtRate } from '../frame-rate.ts'

/** A relative change: −0.34 is a third less; the range is the central 80 %. */
export interface Delta {
  readonly share: number
  readonly pi80: readonly [number, number]
}

export const figureNames = ['latencyMs', 'throughputPerS', 'energyPerItemMj', 'powerW', 'memoryBytes'] as const
export type FigureName = (typeof figureNames)[number]

/** `powerW`: at the rate that was asked for, else back to back. */
export type Figures = Readonly<Record<FigureName, Metric>>

export type Effect = 'faster' | 'slower' | 'alike' | 'unclear'

/** Before and after. */
export type Pair = readonly [before: number, after: number]

export interface Outcome {
  readonly before: Omit<TargetKey, 'modelId'>
  readonly target: Omit<TargetKey, 'modelId'>
  readonly figures: Figures
  readonly deltas: Readonly<Record<FigureName, Delta | null>>
  /** By latency, or by throughput where the batch is another. */
  readonly effect: Effect
  /** Σ over kernels, and what a run costs beside them, ms; they overlap, so they do not add up to the latency (LAT-1). */
  readonly terms: Readonly<Record<Bound, Pair>>
  readonly work: {
    readonly macs: Pair
    readonly trafficBytes: Pair
    readonly weightBytes: Pair
    readonly kernels: Pair
    readonly peakMacsPerS: Pair
  }
}

/** Less than this is no change **(default)**. */
const alikeShare = 0.01
/** How well the size of an effect is known: a standard deviation of so much of it **(default)**. */
const effectSd = 0.25
/** Share of the law's own error that two targets have in common **(defaults)**. */
const shared = { sameCode: 1, sameUnit: 0.9, sameDevice: 0.6, otherDevice: 0.3 } as const

export function figuresOf(prediction: Prediction, ratePerS: number | null): Figures {
  return {
    latencyMs: prediction.latencyMs,
    throughputPerS: prediction.throughputPerS,
    energyPerItemMj: scaled(prediction.energyMj, 1 / prediction.batch),
    powerW: ratePerS === null ? prediction.powerW : powerAtRate(prediction, ratePerS),
    memoryBytes: prediction.memory.totalBytes,
  }
}

/** Both predictions with all their kernels. */
export function compareOutcome(before: Prediction, after: Prediction, ratePerS: number | null): Outcome {
  const was = figuresOf(before, ratePerS)
  const figures = figuresOf(after, ratePerS)
  const correlation = correlationOf(before, after)
  const delta = (name: FigureName) => deltaOf(was[name], figures[name], name === 'memoryBytes' ? 1 : correlation)
  const deltas: Record<FigureName, Delta | null> = {
    latencyMs: delta('latencyMs'),
    throughputPerS: delta('throughputPerS'),
    energyPerItemMj: delta('energyPerItemMj'),
    powerW: delta('powerW'),
    memoryBytes: delta('memoryBytes'),
  }
  const [wasMs, isMs] = [termsOf(before), termsOf(after)]
  return {
    before: targetKeyOf(before),
    target: targetKeyOf(after),
    figures,
    deltas,
    effect: before.batch === after.batch ? effectOf(deltas.latencyMs, -1) : effectOf(deltas.throughputPerS, 1),
    terms: {
      compute: [wasMs.compute, isMs.compute],
      memory: [wasMs.memory, isMs.memory],
      link: [wasMs.link, isMs.link],
      overhead: [wasMs.overhead, isMs.overhead],
    },
    work: {
      macs: [before.totals.macs, after.totals.macs],
      trafficBytes: [before.totals.trafficBytes, after.totals.trafficBytes],
      weightBytes: [before.memory.weightBytes, after.memory.weightBytes],
      kernels: [before.kernels.length, after.kernels.length],
      peakMacsPerS: [peakOf(before), peakOf(after)],
    },
  }
}

function effectOf(delta: Delta | null, goodSign: 1 | -1): Effect {
  if (delta === null) return 'unclear'
  if (Math.abs(delta.share) < alikeShare) return 'alike'
  if (delta.pi80[0] < 0 && delta.pi80[1] > 0) return 'unclear'
  return Math.sign(delta.share) === goodSign ? 'faster' : 'slower'
}

/** `null` where either figure is not known. */
function deltaOf(before: Metric, after: Metric, correlation: number): Delta | null {
  if (before.availability === 'unavailable' || after.availability === 'unavailable' || before.p50 <= 0) return null
  const logRatio = Math.log(after.p50 / before.p50)
  const own = Math.sqrt(1 - correlation) * Math.hypot(logSdOf(before), logSdOf(after))
  const sd = Math.hypot(own, effectSd * Math.abs(logRatio))
  const at = (z: number) => Math.exp(logRatio + z * sd) - 1
  return { share: after.p50 / before.p50 - 1, pi80: [at(-z80), at(z80)] }
}

/** Of ln(true / median), the mean of both sides. */
function logSdOf({ pi80 }: { readonly pi80: readonly [number, number] }): number {
  return pi80[0] > 0 ? Math.log(pi80[1] / pi80[0]) / (2 * z80) : 0
}

function correlationOf(before: Prediction, after: Prediction): number {
  if (before.deviceId !== after.deviceId) return shared.otherDevice
  if (before.unitId !== after.unitId) return shared.sameDevice
  const isSameCode = before.runtimeId === after.runtimeId && before.precision === after.precision
  return isSameCode ? shared.sameCode : shared.sameUnit
}

function targetKeyOf({ deviceId, unitId, runtimeId, precision, batch, powerMode }: Prediction): Outcome['target'] {
  return { deviceId, unitId, runtimeId, precision, batch, powerMode }
}

/** What a run moves over the link beside its kernels is a node of its own in the explanation (LAT-5). */
function termsOf({ kernels, latencyMs, explanation }: Prediction): Record<Bound, number> {
  const terms: Record<Bound, number> = { compute: 0, memory: 0, link: 0, overhead: 0 }
  let inKernels = 0
  for (const kernel of kernels) {
    terms.compute += kernel.computeMs
    terms.memory += kernel.memoryMs
    terms.link += kernel.linkMs
    terms.overhead += kernel.overheadMs
    inKernels += kernel.timeMs
  }
  const ofLink = explanation.inputs.reduce((sum, { formula, value }) => sum + (formula === 'LAT-4' ? value : 0), 0)
  terms.link += ofLink
  if (latencyMs.availability === 'available') terms.overhead += Math.max(0, latencyMs.p50 - inKernels - ofLink)
  return terms
}

function peakOf({ basis }: Prediction): number {
  return basis.find(({ field }) => field.startsWith('unit.peakMacsPerS'))?.value ?? 0
}

function scaled(metric: Metric, factor: number): Metric {
  if (metric.availability === 'unavailable' || factor === 1) return metric
  const { p50, pi80, pi95 } = metric
  return {
    ...metric,
    p50: p50 * factor,
    pi80: [pi80[0] * factor, pi80[1] * factor],
    pi95: [pi95[0] * factor, pi95[1] * factor],
  }
}

export function answeredTarget(prediction: Prediction): Outcome['target'] {
  const { deviceId, unitId, runtimeId, precision, batch, powerMode } = prediction
  return { deviceId, unitId, runtimeId, precision, batch, powerMode }
}
