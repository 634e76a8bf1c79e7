/** Records faster than physics: kept and shown with the floor they break, but in no fit and no metric. */

import { itemsPerBatch, secondsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import { makeWorkloads } from '../../simulator/cost/workload.ts'
import { resolveNumbers } from '../../simulator/hardware/simulate.ts'
import { askedTarget } from '../../simulator/predict/asked-target.ts'
import { type PhysicsFloor, physicsFloor } from '../../simulator/predict/floor.ts'
import type { AskedRow, MeasuredRow } from './cases.ts'

export interface Quarantined {
  readonly row: MeasuredRow
  readonly measuredS: number
  readonly floorS: number
  readonly floor: PhysicsFloor
}

export function quarantine(rows: readonly MeasuredRow[]): Quarantined[] {
  return rows.flatMap((row) => {
    const { asked, value } = row
    const floor = asked.quantity === 'energy' ? null : lowestFloor(asked)
    if (floor === null) return []
    const measuredS = secondsPerBatch(asked.quantity, value, asked.question)
    const floorS = boundS(floor, asked)
    return measuredS < floorS ? [{ row, measuredS, floorS, floor }] : []
  })
}

/** In the row's power mode; where it states none, in the fastest that the device has. */
function lowestFloor(asked: AskedRow): PhysicsFloor | null {
  const { request, isModeStated } = asked.question
  const target = askedTarget(request)
  const { traits } = resolveNumbers(target, { peers: request.peers })
  const workloads = request.workloads ?? makeWorkloads(request.summary)
  const workload = workloads.get(target.precision, traits.fusionProfile, itemsPerBatch(asked.question))
  const modes = isModeStated ? [target.powerMode] : [null, ...target.device.powerModes]
  return modes.reduce<PhysicsFloor | null>((lowest, powerMode) => {
    const floor = physicsFloor(workload, { ...target, powerMode })
    if (floor === null) return lowest
    return lowest === null || boundS(floor, asked) < boundS(lowest, asked) ? floor : lowest
  }, null)
}

/** Requests served together read the weights once for all of them, however many they are. */
function boundS({ computeS, memoryS }: PhysicsFloor, { quantity }: AskedRow): number {
  return quantity === 'serving' ? computeS : Math.max(computeS, memoryS)
}
