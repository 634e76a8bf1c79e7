/** Anchors of a request: predicted like everything else, then compared with what was measured. */
import { calibration } from '../../device-catalog/calibration.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../simulator/predict/anchors.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { fail, type Problem, problem } from '../../simulator/problem.ts'
import type { SimulationRequest } from '../contract/simulation.ts'
import type { Database } from '../store/database.ts'
import { peers } from './peers.ts'
import { requireDevice } from './require-device.ts'
import { type ResolvedModel, resolveModel } from './resolve-model.ts'

export interface RequestAnchors {
  readonly sound: readonly Anchor[]
  /** Those that are left out. */
  readonly warnings: readonly Problem[]
}

/** Rejects with `ProblemError` for an anchor whose model, device or target does not exist. */
export async function anchorsOf(
  db: Database,
  anchors: NonNullable<SimulationRequest['anchors']>,
  asked: ResolvedModel,
): Promise<RequestAnchors> {
  const made: Anchor[] = []
  for (const { model, device, latencyMs, ...wishes } of anchors) {
    const { id, summary } = model === undefined ? asked : await resolveModel(db, model)
    const request = {
      ...wishes,
      summary,
      modelId: id,
      device: requireDevice(device),
      peers,
      catalogVersion,
      calibration,
    }
    const predicted = predict(request).latencyMs
    if (predicted.availability === 'unavailable') {
      throw fail('operator-unsupported', 'Anchor on a target that the model can run on.', {
        where: `anchors[${made.length}]`,
        received: predicted.missing,
      })
    }
    made.push(anchorAt(request, Math.log(latencyMs / predicted.p50)))
  }
  const { sound, wrong } = soundAnchors(calibration, made)
  return {
    sound,
    warnings: wrong.map(({ index, factor }) =>
      problem('implausible-anchor', 'Check unit, batch and model of the measurement.', {
        where: `anchors[${index}].latencyMs`,
        expected: 'a factor near 1',
        received: `${factor.toPrecision(2)} times what is expected`,
      }),
    ),
  }
}
