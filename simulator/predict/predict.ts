/** From a graph summary and a device to the full answer (docs/method/README.md). */

import { arithmeticIntensity } from '../cost/kernel.ts'
import { makeWorkloads, type Workload, type Workloads } from '../cost/workload.ts'
import { architectureIdOf } from '../graph/architecture-id.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { rateAt, scaleAt } from '../hardware/calibration.ts'
import type { Device } from '../hardware/device.ts'
import type { PeerFacts } from '../hardware/missing.ts'
import {
  contextOf,
  kernelBound,
  type ResolvedTarget,
  resolveNumbers,
  type Simulation,
  simulate,
} from '../hardware/simulate.ts'
import type { Target } from '../hardware/target.ts'
import { unitModels } from '../hardware/unit-models.ts'
import { type PlacedSimulation, resolvedAt, simulatePlaced } from '../placement/simulate-placed.ts'
import { fallbackWarning, refusalOf } from '../placement/verdict.ts'
import {
  type EnergyOfRun,
  energyOfRun,
  kernelEnergyJ,
  type PowerFacts,
  resolvePower,
  scaledEnergy,
} from '../power/energy.ts'
import { fail, type Problem } from '../problem.ts'
import { mjFromJ, msFromS } from '../quantities.ts'
import { engineVersion } from '../version.gen.ts'
import { type Anchor, type Anchoring, anchorOn } from './anchors.ts'
import { askedTarget } from './asked-target.ts'
import { basisOf } from './basis.ts'
import { type AskedNetwork, type Calibrated, type Calibration, calibrate } from './calibration.ts'
import type { HalfWidths } from './conformal.ts'
import { evidenceOf } from './evidence-of.ts'
import { explain } from './explain.ts'
import type { FactorDetail } from './explain-factors.ts'
import { physicsFloor } from './floor.ts'
import { inverse, lognormalMetric, type Spread, spreadMetric, withCeiling } from './interval.ts'
import { madeForWarning } from './made-for.ts'
import { memoryOf } from './memory.ts'
import type { EnergyParts, KernelResult, Metric, Prediction } from './prediction.ts'
import { latencySpread, powerLogSd, withFallback } from './uncertainty.ts'

export interface PredictionRequest {
  readonly summary: GraphSummary
  readonly modelId: string
  readonly device: Device
  /** Facts of other devices, made once by `makePeerFacts`; they stand in for facts that this device lacks. */
  readonly peers: PeerFacts
  readonly catalogVersion: string
  readonly unit?: string | undefined
  readonly runtime?: string | undefined
  /** Release of the runtime as printed; results of the same release count more. */
  readonly runtimeVersion?: string | undefined
  readonly precision?: string | undefined
  /** Items per inference; 1 by default. */
  readonly batch?: number | undefined
  readonly powerMode?: string | undefined
  /** CPU threads; by default what the runtime takes by itself (CPU-2). */
  readonly threads?: number | undefined
  /** All kernels in the answer; by default only the largest five. */
  readonly kernels?: boolean | undefined
  /**
   * Kernels whose times are explained down to every calibrated factor and its scopes; by default the largest are named,
   * with their times alone.
   */
  readonly explain?: 'largest' | 'all' | undefined
  /** Work counted earlier for the same summary: pass one along when asking about many devices. */
  readonly workloads?: Workloads | undefined
  /** What measured results taught; without it the documented defaults answer. */
  readonly calibration?: Calibration | null | undefined
  /** Sound results of the user's own (`soundAnchors`); they count beside a calibration. */
  readonly anchors?: readonly Anchor[] | undefined
}

const largestKernelCount = 5

/** A request with its numbers filled in and its kernels timed. */
export interface Run {
  readonly batch: number
  readonly target: Target
  readonly workload: Workload
  readonly resolved: ResolvedTarget
  readonly calibrated: Calibrated | null
  readonly anchoring: Anchoring
  readonly simulation: PlacedSimulation
}

/** Throws as `predict` does. */
export function runOf(request: PredictionRequest): Run {
  const batch = request.batch ?? 1
  if (!Number.isInteger(batch) || batch < 1) {
    throw fail('invalid-field', 'Give a whole number of items, 1 or more.', { where: 'batch', received: `${batch}` })
  }
  const workloads = request.workloads ?? makeWorkloads(request.summary)
  if (workloads.summary !== request.summary) throw new Error('workloads belong to another summary')
  const target = askedTarget(request)
  const calibrated =
    request.calibration == null ? null : calibrate(request.calibration, target, askedNetworkOf(request, batch))
  const anchoring = calibrated === null ? noAnchoring : anchoringOf(request, target)
  const logFactors = calibrated === null ? null : shifted(calibrated.logFactors, anchoring.logShift)
  const resolved = resolveNumbers(target, { peers: request.peers, logFactors })
  const workload = workloads.get(target.precision, resolved.traits.fusionProfile, batch)
  return {
    batch,
    target,
    workload,
    resolved,
    calibrated,
    anchoring,
    simulation: placedRun(request, workload, resolved),
  }
}

/**
 * Throws `ProblemError` for a target that does not exist (see `resolveTarget`) and `invalid-field` for a batch that is
 * no positive whole number. Bad news (does not fit, unknown operators) is in the answer.
 */
export function predict(request: PredictionRequest): Prediction {
  const { batch, target, workload, resolved, calibrated, anchoring, simulation } = runOf(request)
  const energyFactor = Math.exp(calibrated?.logEnergy ?? 0)
  const power = resolvePower(target, request.peers)
  const energy = power === null ? null : scaledEnergy(energyOfRun(simulation, power), energyFactor)
  const { footprint, warnings } = memoryOf(simulation)
  const refusal = refusalOf(workload, target)
  const placement = refusal ?? fallbackWarning(simulation)
  const madeFor = madeForWarning(target, request.summary)

  const missing = missingOf(refusal, workload)
  const largest = largestKernels(simulation)
  const shown = request.kernels === true ? everyKernel(simulation) : largest
  return {
    modelId: request.modelId,
    deviceId: target.device.id,
    unitId: target.unit.id,
    runtimeId: target.runtime.id,
    precision: target.precision,
    batch,
    powerMode: target.powerModeId,
    engineVersion,
    catalogVersion: request.catalogVersion,
    ...(missing === null ? metrics(simulation, energy, power, calibrated, anchoring) : unanswered(missing)),
    memory: footprint,
    coverage: workload.coverage,
    unknownOperators: workload.unknownOperators,
    totals: workload.totals,
    bound: simulation.bound,
    boundShare: simulation.latencyS > 0 ? simulation.boundS[simulation.bound] / simulation.latencyS : 1,
    energyParts: energy === null ? null : energyParts(energy),
    largestKernels: request.kernels === true ? largest : [...largest.keys()],
    kernels: shown.map((index) => kernelResult(simulation, index, energy)),
    evidence: evidenceOf(resolved, workload.totals.macs / batch, calibrated, anchoring.spreadShare < leastNarrowing),
    measured: calibrated?.published ?? [],
    basis: basisOf(resolved, power),
    explanation: explain(
      simulation,
      request.explain === 'all' ? everyKernel(simulation) : largest,
      request.explain === undefined ? null : (of) => detailOf(request, of, calibrated, simulation, anchoring),
    ),
    warnings: [...warnings, ...(placement === null ? [] : [placement]), ...(madeFor === null ? [] : [madeFor])],
  }
}

const noAnchoring: Anchoring = { logShift: 0, spreadShare: 1 }
/** Anchors that narrow less than this say nothing about what is asked. */
const leastNarrowing = 0.99

function anchoringOf(request: PredictionRequest, target: Target): Anchoring {
  const { calibration, anchors = [], summary } = request
  if (calibration == null) return noAnchoring
  return anchorOn(calibration, anchors, { target, summary, architectureId: architectureIdOf(request.summary) })
}

function askedNetworkOf(request: PredictionRequest, batch: number): AskedNetwork {
  return { summary: request.summary, architectureId: architectureIdOf(request.summary), batch }
}

/** What the factors of the unit, or of the fallback beside it, are added up from. */
function detailOf(
  request: PredictionRequest,
  of: ResolvedTarget,
  calibrated: Calibrated | null,
  { resolved, workload }: PlacedSimulation,
  { logShift }: Anchoring,
): FactorDetail | null {
  const { calibration } = request
  if (calibration == null || calibrated === null) return null
  if (of === resolved) return { calibration, calibrated, logAnchored: logShift }
  const elsewhere = calibrate(calibration, of.target, askedNetworkOf(request, workload.batch))
  return { calibration, calibrated: elsewhere, logAnchored: 0 }
}

function shifted(logFactors: Float64Array, by: number): Float64Array {
  return by === 0 ? logFactors : logFactors.with(scaleAt, (logFactors[scaleAt] ?? 0) + by)
}

function narrowed(widths: HalfWidths | null, { spreadShare }: Anchoring): HalfWidths | null {
  if (widths === null) return null
  return { ...widths, log80: widths.log80 * spreadShare, log95: widths.log95 * spreadShare }
}

/** Factors fitted on other networks may ask for more than the hardware has (docs/method/calibration.md, CAL-1). */
function notFasterThanPhysics(simulation: Simulation): Simulation {
  const { workload, resolved, latencyS, intervalS } = simulation
  if (resolved.logFactors === null) return simulation
  const floor = physicsFloor(workload, resolved.target)
  const floorS = floor === null ? 0 : Math.max(floor.computeS, floor.memoryS)
  if (intervalS >= floorS) return simulation
  // Cores side by side share a memory: that holds back their rate, and one run only where it is too fast itself.
  const slower = Math.max(0, Math.log(floorS / latencyS))
  const logFactors = shifted(resolved.logFactors.slice(), slower)
  logFactors[rateAt] = (logFactors[rateAt] ?? 0) + Math.log(floorS / intervalS) - slower
  return simulate(workload, { ...resolved, logFactors })
}

/** What the unit lacks runs elsewhere, each side calibrated by its own evidence (docs/method/placement.md, PLACE-5). */
function placedRun(request: PredictionRequest, workload: Workload, resolved: ResolvedTarget): PlacedSimulation {
  const { peers, calibration } = request
  const asked = askedNetworkOf(request, workload.batch)
  return simulatePlaced(workload, resolved, {
    runtimeById: peers.runtimeById,
    run: (part, on) => notFasterThanPhysics(simulate(part, on)),
    resolve(target) {
      const known = calibration == null ? null : calibrate(calibration, target, asked)
      return resolveNumbers(target, { peers, logFactors: known?.logFactors ?? null })
    },
  })
}

/** What stands between the question and any figure: operators that cannot run, or none whose work is known. */
function missingOf(refusal: Problem | null, { coverage, unknownOperators }: Workload): string | null {
  if (refusal !== null) return `runtime support of ${refusal.where ?? 'its operators'}`
  return coverage === 0 ? `work of ${unknownOperators.join(', ')}` : null
}

function unanswered(missing: string): Metrics {
  const unavailable: Metric = { availability: 'unavailable', missing }
  return { latencyMs: unavailable, throughputPerS: unavailable, energyMj: unavailable, powerW: unavailable }
}

type Metrics = Pick<Prediction, 'latencyMs' | 'throughputPerS' | 'energyMj' | 'powerW'>

function metrics(
  simulation: PlacedSimulation,
  energy: EnergyOfRun | null,
  power: PowerFacts | null,
  calibrated: Calibrated | null,
  anchoring: Anchoring,
): Metrics {
  const { latencyS, intervalS, workload } = simulation
  const spreadOf = (widths: HalfWidths | null): Spread =>
    withFallback(latencySpread(simulation, narrowed(widths, anchoring)), simulation)
  const sd = spreadOf(calibrated?.widths ?? null)
  const latencyMs = spreadMetric(msFromS(latencyS), sd)
  const throughputPerS = spreadMetric(workload.batch / intervalS, inverse(spreadOf(calibrated?.rateWidths ?? null)))
  if (energy === null || power === null) {
    const unavailable: Metric = { availability: 'unavailable', missing: 'device.tdpW' }
    return { latencyMs, throughputPerS, energyMj: unavailable, powerW: unavailable }
  }
  const ofPower = powerLogSd(energy, power, calibrated?.isPowerMeasured ?? false)
  const highestW = power.ceilingW.value * Math.exp(power.ceilingW.logSd)
  return {
    latencyMs,
    throughputPerS,
    energyMj: lognormalMetric(
      mjFromJ(energy.totalJ),
      Math.hypot(ofPower, sd.at80.below),
      Math.hypot(ofPower, sd.at80.above),
    ),
    powerW: withCeiling(lognormalMetric(energy.averageW, ofPower), highestW),
  }
}

function energyParts({ computeJ, onchipJ, dramJ, linkJ, staticJ }: EnergyOfRun): EnergyParts {
  return {
    computeMj: mjFromJ(computeJ),
    onchipMj: mjFromJ(onchipJ),
    dramMj: mjFromJ(dramJ),
    linkMj: mjFromJ(linkJ),
    staticMj: mjFromJ(staticJ),
  }
}

function everyKernel({ workload }: Simulation): number[] {
  return [...workload.kernels.keys()]
}

/** Indices of the kernels that take longest, longest first. */
function largestKernels({ kernels }: Simulation): number[] {
  const largest: number[] = []
  const timeOf = (index: number): number => kernels.totalS[index] ?? 0
  for (let i = 0; i < kernels.totalS.length; i++) {
    let place = largest.length
    while (place > 0 && timeOf(largest[place - 1] ?? 0) < timeOf(i)) place--
    if (place === largestKernelCount) continue
    largest.splice(place, 0, i)
    if (largest.length > largestKernelCount) largest.pop()
  }
  return largest
}

function kernelResult(simulation: PlacedSimulation, index: number, energy: EnergyOfRun | null): KernelResult {
  const { workload, kernels, latencyS } = simulation
  const resolved = resolvedAt(simulation, index)
  const kernel = workload.kernels[index]
  if (kernel === undefined) throw new Error(`no kernel ${index}`)
  const timeS = kernels.totalS[index] ?? 0
  return {
    name: kernel.name,
    operators: kernel.operators.map((operator) => workload.summary.operators[operator]?.name ?? ''),
    class: kernel.class,
    macs: kernel.macs,
    vectorOps: kernel.vectorOps,
    weightBytes: kernel.weightBytes,
    inputBytes: kernel.inputBytes,
    outputBytes: kernel.outputBytes,
    arithmeticIntensity: arithmeticIntensity(kernel),
    timeMs: msFromS(timeS),
    computeMs: msFromS(kernels.computeS[index] ?? 0),
    memoryMs: msFromS(kernels.memoryS[index] ?? 0),
    linkMs: msFromS(kernels.linkS[index] ?? 0),
    overheadMs: msFromS(kernels.overheadS[index] ?? 0),
    bound: kernelBound(kernels, index),
    losses: unitModels[resolved.target.unit.kind].losses(kernel, contextOf(workload, resolved)),
    energyMj:
      energy === null ? null : mjFromJ(kernelEnergyJ(energy, timeS, latencyS, resolved !== simulation.resolved)),
    liveBytes: workload.liveBytes[index] ?? 0,
  }
}
