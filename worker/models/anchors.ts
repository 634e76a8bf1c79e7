/** Anchors of a request: predicted like everything else, then compared with what was measured. */
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../simulator/predict/anchors.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { fail, type Problem, ProblemError, problem } from '../../simulator/problem.ts'
import type { SimulationRequest } from '../contract/simulation.ts'
import type { Database } from '../store/database.ts'
import { peers } from './peers.ts'
import { requestedDevice } from './require-device.ts'
import { type ResolvedModel, resolveModel } from './resolve-model.ts'

type MeasuredPoint = NonNullable<SimulationRequest['anchors']>[number]

export interface RequestAnchors {
  readonly sound: readonly Anchor[]
  /** Those that are left out. */
  readonly warnings: readonly Problem[]
}

/** Rejects with `ProblemError` for an anchor whose model, device or target does not exist. */
export async function anchorsOf(
  db: Database,
  anchors: readonly MeasuredPoint[],
  asked: ResolvedModel,
): Promise<RequestAnchors> {
  const made: Anchor[] = []
  for (const anchor of anchors) made.push(await at(`anchors[${made.length}]`, () => anchorOf(db, anchor, asked)))
  const { sound, wrong } = soundAnchors(loadCalibration(), made)
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

async function anchorOf(
  db: Database,
  { model, device, link, latencyMs, ...wishes }: MeasuredPoint,
  asked: ResolvedModel,
): Promise<Anchor> {
  const { id, summary } = model === undefined ? asked : await resolveModel(db, model)
  const request = {
    ...wishes,
    summary,
    modelId: id,
    device: requestedDevice({ device, link }),
    peers,
    catalogVersion,
    calibration: loadCalibration(),
  }
  const predicted = predict(request).latencyMs
  if (predicted.availability === 'unavailable') {
    throw fail('operator-unsupported', 'Anchor on a target that the model can run on.', {
      received: predicted.missing,
    })
  }
  return anchorAt(request, Math.log(latencyMs / predicted.p50))
}

/** What is wrong with one element is said of that element: `anchors[2].device`. */
async function at<Value>(element: string, make: () => Promise<Value>): Promise<Value> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { where } = error.problem
    throw new ProblemError({ ...error.problem, where: where === null ? element : `${element}.${where}` })
  }
}
