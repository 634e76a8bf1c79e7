/** One workload on one target: every kernel timed, totals, what binds (docs/method/latency.md). */
import type { Workload } from '../cost/workload.ts'
import { calibratedParameters, covariatesOf, rateAt, scaleAt } from './calibration.ts'
import { type KernelTimes, makeKernelTimes, type RunTimes, type UnitContext } from './compute-unit.ts'
import { coreShare } from './core-share.ts'
import { parametersFor } from './default-parameters.ts'
import { type Bound, boundOf } from './law.ts'
import type { PeerFacts } from './missing.ts'
import type { LawParameters, LawParametersPatch } from './parameters.ts'
import { hostClockShare } from './power-mode.ts'
import { type Rates, resolveRates } from './rates.ts'
import { rescale } from './rescale.ts'
import { builtFor, type Runtime } from './runtime.ts'
import type { Target } from './target.ts'
import { unitModels } from './unit-models.ts'

/** What is known about the hardware beside the device itself. */
export interface Knowledge {
  readonly peers: PeerFacts
  /** Logarithms of calibrated factors (`calibration.ts`); by default none: the documented defaults alone. */
  readonly logFactors?: Float64Array | null
  /** Constants in place of those that ship. */
  readonly constants?: LawParametersPatch
}

/** A target with its numbers filled in. */
export interface ResolvedTarget {
  readonly target: Target
  readonly parameters: LawParameters
  readonly rates: Rates
  /** The runtime as it is built for the device's segment. */
  readonly traits: Runtime
  /** `null` = uncalibrated. */
  readonly logFactors: Float64Array | null
}

export function resolveNumbers(target: Target, { peers, logFactors = null, constants }: Knowledge): ResolvedTarget {
  const parameters = hosted(parametersFor(target, constants), target)
  const traits = builtFor(target.runtime, target.device.segment)
  return {
    target,
    parameters,
    rates: resolveRates(target, parameters, peers, traits),
    traits,
    logFactors,
  }
}

/** Fixed costs are cycles of the host (LAT-3, LM-6): a power mode that slows it makes them longer. */
function hosted(parameters: LawParameters, { device, powerMode }: Target): LawParameters {
  const slower = 1 / hostClockShare(device, powerMode)
  if (slower === 1) return parameters
  const { perKernelS, perForkS, perInferenceS, host } = parameters
  return {
    ...parameters,
    perKernelS: perKernelS * slower,
    perForkS: perForkS * slower,
    perInferenceS: perInferenceS * slower,
    host: {
      perPassS: host.perPassS * slower,
      perLogitS: host.perLogitS * slower,
      perPromptS: host.perPromptS * slower,
      perPromptLogitS: host.perPromptLogitS * slower,
    },
  }
}

export interface Simulation {
  readonly workload: Workload
  readonly resolved: ResolvedTarget
  readonly kernels: KernelTimes
  readonly run: RunTimes
  /** Σ kernels + what a run costs beside them. */
  readonly latencyS: number
  /** Time between two finished runs: the latency, or less where several are in flight or on cores of their own. */
  readonly intervalS: number
  /** Latency by the term that binds each kernel; sums to `latencyS`. */
  readonly boundS: Readonly<Record<Bound, number>>
  readonly bound: Bound
  readonly totals: { readonly dramBytes: number; readonly onchipBytes: number; readonly linkBytes: number }
}

/** The workload must be counted in the target's precision and its runtime's fusion profile. */
export function simulate(workload: Workload, resolved: ResolvedTarget): Simulation {
  const kernels = makeKernelTimes(workload.kernels.length)
  const model = unitModels[resolved.target.unit.kind]
  const plainRun = model.time(workload.kernels, contextOf(workload, resolved), kernels)
  const run = resolved.logFactors === null ? plainRun : rescaled(workload, resolved, kernels, plainRun)

  const boundS: Record<Bound, number> = { compute: 0, memory: 0, link: run.linkS, overhead: run.overheadS }
  let latencyS = run.linkS + run.overheadS
  let dramBytes = 0
  let onchipBytes = 0
  let { linkBytes } = run
  for (let i = 0; i < workload.kernels.length; i++) {
    const totalS = kernels.totalS[i] ?? 0
    latencyS += totalS
    boundS[kernelBound(kernels, i)] += totalS
    dramBytes += kernels.dramBytes[i] ?? 0
    onchipBytes += kernels.onchipBytes[i] ?? 0
    linkBytes += kernels.linkBytes[i] ?? 0
  }
  const intervalS = (run.intervalS ?? latencyS) * coreShare(resolved.target.unit) * rateFactor(resolved.logFactors)
  if (resolved.logFactors !== null && intervalS > latencyS * (1 + rounding))
    return simulate(workload, slowed(resolved, Math.log(intervalS / latencyS)))
  return {
    workload,
    resolved,
    kernels,
    run,
    latencyS,
    intervalS: Math.min(intervalS, latencyS),
    boundS,
    bound: boundOf(boundS.compute, boundS.memory, boundS.link, boundS.overhead),
    totals: { dramBytes, onchipBytes, linkBytes },
  }
}

function rescaled(workload: Workload, resolved: ResolvedTarget, kernels: KernelTimes, run: RunTimes): RunTimes {
  const { target, rates, parameters, logFactors } = resolved
  if (logFactors === null) return run
  const covariates = covariatesOf(target, rates, workload.batch)
  const { overlapExponent } = parameters
  return rescale(workload.kernels, kernels, run, logFactors, covariates, overlapExponent, rates.onchipBytesPerS)
}

const rounding = 1e-9

function rateFactor(logFactors: Float64Array | null): number {
  return logFactors === null ? 1 : Math.exp(logFactors[rateAt] ?? 0)
}

/** Several in flight never take longer than one after the other: where the calibrated rate says so, one is slower too. */
function slowed(resolved: ResolvedTarget, by: number): ResolvedTarget {
  const logFactors = resolved.logFactors?.slice() ?? new Float64Array(calibratedParameters.length)
  logFactors[scaleAt] = (logFactors[scaleAt] ?? 0) + by
  logFactors[rateAt] = (logFactors[rateAt] ?? 0) - by
  return { ...resolved, logFactors }
}

/** What a compute-unit model is given. */
export function contextOf(workload: Workload, resolved: ResolvedTarget): UnitContext {
  const { batch, weightBytes, boundaryBytes, startsSequence } = workload
  return {
    ...resolved,
    parameters: parametersOfPass(workload, resolved.parameters),
    batch,
    weightBytes,
    boundaryBytes,
    startsSequence,
  }
}

/** Passes of a language model have fixed costs of their own (docs/method/language-model.md, LM-6). */
function parametersOfPass(workload: Workload, parameters: LawParameters): LawParameters {
  const addedS = hostS(workload, parameters)
  return addedS === 0 ? parameters : { ...parameters, perInferenceS: parameters.perInferenceS + addedS }
}

/** 0 but for passes of a language model. */
export function hostS(workload: Workload, { host }: LawParameters): number {
  if (workload.kvCacheBytes === 0) return 0
  const passS = host.perPassS + host.perLogitS * workload.resultElements
  return workload.startsSequence ? passS + host.perPromptS + host.perPromptLogitS * workload.resultElements : passS
}

export function kernelBound(times: KernelTimes, index: number): Bound {
  return boundOf(
    times.computeS[index] ?? 0,
    times.memoryS[index] ?? 0,
    times.linkS[index] ?? 0,
    times.overheadS[index] ?? 0,
  )
}
