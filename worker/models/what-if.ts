/** A request for what-ifs to its answer; presets come with their graph, registered models as summaries alone. */
import { batteries, findBattery } from '../../device-catalog/batteries.ts'
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { buildPreset, presets } from '../../model-zoo/index.ts'
import { type BatteryLife, batteryLife } from '../../simulator/decide/battery-life.ts'
import { type Sustained, sustain } from '../../simulator/decide/sustained.ts'
import { answeredTarget, type Figures, type Outcome } from '../../simulator/decide/what-if/outcome.ts'
import { proposals } from '../../simulator/decide/what-if/proposals.ts'
import { type ModelOrigin, summaryOnly } from '../../simulator/decide/what-if/scenario.ts'
import { isSmallerOrNoStudent, type Trial } from '../../simulator/decide/what-if/trial.ts'
import { type JointAnswer, tryEach, tryTogether } from '../../simulator/decide/what-if.ts'
import { asPublished } from '../../simulator/json.ts'
import { fail } from '../../simulator/problem.ts'
import type { WhatIfRequest } from '../contract/what-if.ts'
import type { Database } from '../store/database.ts'
import { anchorsOf } from './anchors.ts'
import { peers } from './peers.ts'
import { requestedDevice, requireDevice } from './require-device.ts'
import { resolveModel } from './resolve-model.ts'

export interface WhatIfAnswer {
  readonly base: { readonly target: Outcome['target']; readonly figures: Figures }
  readonly trials: readonly Trial[]
  readonly joint: JointAnswer | null
  readonly sustained: Sustained | null
  readonly battery: BatteryLife | null
}

/** Rejects with the problem of the model, the device, the target or a change that is bad input. */
export async function answerWhatIf(db: Database, request: WhatIfRequest): Promise<WhatIfAnswer> {
  const { model, device, link, changes, together, ratePerS = null, heat, battery, anchors = [], ...wishes } = request
  const resolved = await resolveModel(db, model)
  const { id, summary, presetId } = resolved
  const { sound } = await anchorsOf(db, anchors, resolved)
  const origin: ModelOrigin =
    presetId === null
      ? summaryOnly
      : { graph: buildPreset(presetId), bindings: {}, preset: { id: presetId, options: {} } }
  const question = {
    ...wishes,
    summary,
    modelId: id,
    device: requestedDevice({ device, link }),
    peers,
    catalogVersion,
    calibration: loadCalibration(),
    anchors: sound,
  }
  const scenario = { origin, request: question }
  const asked = { scenario, surroundings: { deviceById: requireDevice, zoo: { presets, buildPreset } }, ratePerS }
  const tried = tryEach(asked, changes ?? proposals(scenario, { presets, buildPreset }))
  return asPublished({
    base: { target: answeredTarget(tried.base), figures: tried.figures },
    trials: changes === undefined ? tried.trials.filter(isSmallerOrNoStudent) : tried.trials,
    joint: together === true ? tryTogether(asked, changes ?? []) : null,
    sustained: sustain(question, { ...heat, ratePerS }),
    battery:
      battery === undefined || ratePerS === null
        ? null
        : batteryLife(tried.base, {
            battery: batteryOf(battery),
            ratePerS,
            sensorW: battery.sensorW ?? 0,
            sleepW: battery.sleepW ?? null,
            minHours: battery.minHours ?? null,
            harvestW: battery.harvestW ?? null,
          }),
  })
}

/** Of a cell that is only stated in Wh nothing else is known. */
function batteryOf({ id, capacityWh = 0 }: NonNullable<WhatIfRequest['battery']>) {
  if (id === undefined) return { capacityWh, nominalV: 3.7, resistanceOhm: null, selfDischargePerYear: 0 }
  const found = findBattery(id)
  if (found !== null) return found
  throw fail('invalid-field', 'Choose a battery of the list, or give its capacity.', {
    where: 'battery.id',
    expected: batteries.map((entry) => entry.id).join(', '),
    received: id,
  })
}
