/** A request resolved and timed: target, workload, factors, and every kernel in its place. */
import { makeWorkloads, type Workload } from '../cost/workload.ts'
import { architectureIdOf } from '../graph/architecture-id.ts'
import { rateAt, scaleAt } from '../hardware/calibration.ts'
import { type ResolvedTarget, resolveNumbers, type Simulation, simulate } from '../hardware/simulate.ts'
import type { Target } from '../hardware/target.ts'
import { type PlacedSimulation, simulatePlaced } from '../placement/simulate-placed.ts'
import { fail } from '../problem.ts'
import { type Anchoring, anchorOn } from './anchors.ts'
import { askedTarget } from './asked-target.ts'
import { type AskedNetwork, type Calibrated, calibrate } from './calibration.ts'
import { physicsFloor } from './floor.ts'
import type { PredictionRequest } from './request.ts'

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

const noAnchoring: Anchoring = { logShift: 0, spreadShare: 1 }

function anchoringOf(request: PredictionRequest, target: Target): Anchoring {
  const { calibration, anchors = [], summary } = request
  if (calibration == null) return noAnchoring
  return anchorOn(calibration, anchors, { target, summary, architectureId: architectureIdOf(request.summary) })
}

export function askedNetworkOf(request: PredictionRequest, batch: number): AskedNetwork {
  return { summary: request.summary, architectureId: architectureIdOf(request.summary), batch }
}

function shifted(logFactors: Float64Array, by: number): Float64Array {
  return by === 0 ? logFactors : logFactors.with(scaleAt, (logFactors[scaleAt] ?? 0) + by)
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
