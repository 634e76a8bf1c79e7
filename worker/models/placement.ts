/** The placement behind a prediction: computed on demand, never stored. */
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { asPublished } from '../../simulator/json.ts'
import type { StageWishes } from '../../simulator/placement/stages.ts'
import { type Placement, placementOf } from '../../simulator/predict/placement.ts'
import type { SimulationRequest } from '../contract/simulation.ts'
import type { Database } from '../store/database.ts'
import { anchorsOf } from './anchors.ts'
import { peers } from './peers.ts'
import { requestedDevice } from './require-device.ts'
import { resolveModel } from './resolve-model.ts'

/** Rejects with the problem of the model, the device, the target or a stage. */
export async function answerPlacement(
  db: Database,
  { model, device, link, anchors = [], ...wishes }: SimulationRequest,
  stages: StageWishes,
): Promise<Placement> {
  const resolved = await resolveModel(db, model)
  const { sound } = await anchorsOf(db, anchors, resolved)
  const placement = placementOf(
    {
      ...wishes,
      summary: resolved.summary,
      modelId: resolved.id,
      device: requestedDevice({ device, link }),
      peers,
      catalogVersion,
      calibration: loadCalibration(),
      anchors: sound,
    },
    stages,
  )
  return asPublished(placement)
}
