/** What the product answers: every figure with its interval, what it rests on, and why it is what it is. */

import type { PrecisionId } from '../graph/precision.ts'
import type { OperatorClass } from '../graph/summary.ts'
import type { UtilisationLoss } from '../hardware/alignment.ts'
import type { FactStatus } from '../hardware/device.ts'
import type { Bound } from '../hardware/law.ts'
import type { Problem } from '../problem.ts'
import type { EvidenceCount } from './evidence.ts'
import type { PublishedFigure } from './measured.ts'

/** Median with central prediction intervals; `pi80` ⊂ `pi95`. */
export interface AvailableMetric {
  readonly availability: 'available'
  readonly p50: number
  readonly pi80: readonly [number, number]
  readonly pi95: readonly [number, number]
}

/** The figure cannot be given; `missing` names the fact, e.g. `device.idleW`. */
interface UnavailableMetric {
  readonly availability: 'unavailable'
  readonly missing: string
}

export type Metric = AvailableMetric | UnavailableMetric

export type { Bound } from '../hardware/law.ts'

export interface EnergyParts {
  readonly computeMj: number
  readonly onchipMj: number
  readonly dramMj: number
  readonly linkMj: number
  readonly staticMj: number
}

export interface KernelResult {
  readonly name: string
  /** Names of the fused operators, in order. */
  readonly operators: readonly string[]
  readonly class: OperatorClass
  /** `null` = not known; the kernel is then outside `coverage` and its time is a lower bound by traffic. */
  readonly macs: number | null
  readonly vectorOps: number | null
  readonly weightBytes: number
  readonly inputBytes: number
  readonly outputBytes: number
  /** MACs per byte of DRAM (or link) traffic; `null` where MACs are not known. */
  readonly arithmeticIntensity: number | null
  readonly timeMs: number
  readonly computeMs: number
  readonly memoryMs: number
  readonly linkMs: number
  readonly overheadMs: number
  readonly bound: Bound
  readonly losses: readonly UtilisationLoss[]
  readonly energyMj: number | null
  /** Live activation bytes while this kernel runs. */
  readonly liveBytes: number
}

/** A number that the answer rests on. */
export interface FactUse {
  /** Path in the device or table: `unit.peakMacsPerS.int8`, `runtime.perKernelS`. */
  readonly field: string
  readonly value: number
  readonly unit: string
  readonly status: FactStatus | 'default'
  readonly sourceIds: readonly string[]
  /** Where it was taken from when the device itself does not state it. */
  readonly from: 'device' | 'family' | 'segment' | 'default'
}

/** One node of the explanation: a formula of `docs/method/`, its value, and what went in. */
export interface Explanation {
  readonly formula: string
  readonly quantity: string
  readonly value: number
  readonly unit: string
  /** How the value follows from the inputs; of a leaf they are only what its formula reads. */
  readonly operation: 'sum' | 'product' | 'norm' | 'leaf'
  /** p of a norm; `null` = the largest input. */
  readonly exponent?: number | null
  /** Of a calibrated factor: where it was learnt, and how many rows of how many devices stand behind it. */
  readonly scope?: string
  readonly rows?: number
  readonly devices?: number
  readonly inputs: readonly Explanation[]
}

/** How close the evidence comes to what was asked, and whose facts answered. */
export interface Evidence extends EvidenceCount {
  /** Results of the user's own narrowed the answer. */
  readonly anchored: boolean
  readonly basis: 'device' | 'family' | 'segment' | 'default'
  readonly outsideEvidence: boolean
}

export interface MemoryFootprint {
  readonly weightBytes: number
  /** Keys and values that attention keeps for the next run; 0 for models that keep none. */
  readonly kvCacheBytes: number
  readonly peakActivationBytes: number
  /** Name of the operator during which the peak occurs. */
  readonly peakOperator: string | null
  readonly runtimeBytes: number | null
  /** What must fit, and into what. */
  readonly totalBytes: Metric
  readonly capacityBytes: number | null
}

export interface TargetKey {
  readonly modelId: string
  readonly deviceId: string
  readonly unitId: string
  readonly runtimeId: string
  readonly precision: PrecisionId
  readonly batch: number
  /** `default` where the device describes no modes. */
  readonly powerMode: string
}

export interface Prediction extends TargetKey {
  readonly engineVersion: string
  readonly catalogVersion: string
  /** Per batch. */
  readonly latencyMs: Metric
  /** Items per second, several in flight where the unit pipelines. */
  readonly throughputPerS: Metric
  /** Per batch. */
  readonly energyMj: Metric
  /** While inferring back to back. */
  readonly powerW: Metric
  readonly memory: MemoryFootprint
  /** Share of operators whose work is known; where it is 0 there are no figures. */
  readonly coverage: number
  readonly unknownOperators: readonly string[]
  readonly totals: {
    readonly macs: number
    readonly vectorOps: number
    readonly parameters: number
    readonly trafficBytes: number
  }
  readonly bound: Bound
  readonly boundShare: number
  readonly energyParts: EnergyParts | null
  /** The kernels that take longest, at most five; indices into `kernels`. */
  readonly largestKernels: readonly number[]
  readonly kernels: readonly KernelResult[]
  readonly evidence: Evidence
  /** What was published of this network on this target; empty = nothing is known. */
  readonly measured: readonly PublishedFigure[]
  readonly basis: readonly FactUse[]
  readonly explanation: Explanation
  readonly warnings: readonly Problem[]
}
