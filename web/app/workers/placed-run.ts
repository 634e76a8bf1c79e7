/** Where the kernels of a prediction run, when, and what the application does around them. */

import { processorOf } from '../../../simulator/placement/fallback-unit.ts'
import { type KernelPlace, kernelPlaces } from '../../../simulator/placement/kernel-places.ts'
import { stageIds } from '../../../simulator/placement/stages.ts'
import { type Timeline, timelineOf } from '../../../simulator/placement/timeline.ts'
import { type Placement, placementOfRun } from '../../../simulator/predict/placement.ts'
import type { PredictionRequest } from '../../../simulator/predict/request.ts'
import { runOf } from '../../../simulator/predict/run.ts'
import type { StageTimes } from '../state/portal-state.ts'

export interface PlacedRun {
  readonly placement: Placement
  /** Of the network alone. */
  readonly timeline: Timeline
  /** In the order of the kernels. */
  readonly places: readonly KernelPlace[]
  /** Unit that runs what the application does around the network. */
  readonly stageUnitId: string
}

export function placedRun(request: PredictionRequest, stageMs: StageTimes = {}): PlacedRun {
  const run = runOf(request)
  const { simulation, target } = run
  const stages = stageIds.flatMap((id) => (stageMs[id] === undefined ? [] : [{ id, timeMs: stageMs[id] }]))
  const runtimes = simulation.fallback?.table.fallbackRuntimes ?? []
  return {
    placement: placementOfRun(request, run, { stages }),
    timeline: timelineOf(simulation),
    places: kernelPlaces(simulation),
    stageUnitId: processorOf(target, runtimes, request.peers.runtimeById).target.unit.id,
  }
}
