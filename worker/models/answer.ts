/** Questions to stored answers: what was asked before is read, the rest is computed once and kept. */
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { makeWorkloads, type Workloads } from '../../simulator/cost/workload.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { asPublished } from '../../simulator/json.ts'
import { askedTarget } from '../../simulator/predict/asked-target.ts'
import {
  type LanguageModel,
  type LanguageModelAnswer,
  languageModelAnswer,
  predictLanguageModel,
} from '../../simulator/predict/language-model.ts'
import { predict } from '../../simulator/predict/predict.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { type Problem, ProblemError } from '../../simulator/problem.ts'
import { engineVersion } from '../../simulator/version.gen.ts'
import type { SimulationRequest } from '../contract/simulation.ts'
import type { Database } from '../store/database.ts'
import { findPredictions, insertPredictions, type Question } from '../store/predictions.ts'
import { anchorsOf, type RequestAnchors } from './anchors.ts'
import { languageModelOf } from './language-model.ts'
import { peers } from './peers.ts'
import { requestedDevice } from './require-device.ts'
import { type ResolvedModel, resolveModel } from './resolve-model.ts'

export type Answer =
  | { readonly prediction: Prediction | LanguageModelAnswer; readonly problem: null }
  | { readonly prediction: null; readonly problem: Problem }

/** The answers in the order of the requests; a request that cannot be answered has its problem instead. */
export async function answerAll(db: Database, requests: readonly SimulationRequest[]): Promise<readonly Answer[]> {
  const points = await Promise.all(requests.map((request) => settle(() => preparePoint(db, request))))
  const ready = points.flatMap((point) => (point.problem === null ? [point.value] : []))
  const stored = await findPredictions(
    db,
    ready.map(({ question }) => question),
  )

  const workloads = new Map<GraphSummary, Workloads>()
  const computed: Prediction[] = []
  const answers = new Map<Point, Answer>()
  for (const [index, point] of ready.entries()) {
    const known = point.isStored ? stored[index] : null
    if (known != null) {
      answers.set(point, { prediction: known, problem: null })
      continue
    }
    const answer = await settle(() => compute(point, workloads))
    if (answer.problem === null && point.isStored) computed.push(answer.value)
    answers.set(
      point,
      answer.problem === null
        ? { prediction: answer.value, problem: null }
        : { prediction: null, problem: answer.problem },
    )
  }
  await insertPredictions(db, computed)
  return points.map((point) => {
    if (point.problem !== null) return { prediction: null, problem: point.problem }
    const answer = answers.get(point.value)
    if (answer === undefined) throw new Error('every prepared point was answered')
    return answer
  })
}

/** One answer; throws its problem. */
export async function answerOne(db: Database, request: SimulationRequest): Promise<Prediction | LanguageModelAnswer> {
  const [answer] = await answerAll(db, [request])
  if (answer === undefined) throw new Error('one request has one answer')
  if (answer.problem !== null) throw new ProblemError(answer.problem)
  return answer.prediction
}

interface Point {
  readonly request: SimulationRequest
  readonly model: ResolvedModel
  readonly device: Device
  readonly question: Question
  /** `null` for a model that is no language model. */
  readonly language: LanguageModel | null
  readonly anchors: RequestAnchors | null
  /** The question is a whole key of the store: nothing of the request is outside it. */
  readonly isStored: boolean
}

async function preparePoint(db: Database, request: SimulationRequest): Promise<Point> {
  const device = requestedDevice(request)
  const model = await resolveModel(db, request.model)
  const language = languageModelOf(model, request)
  const target = askedTarget({ ...request, device, summary: model.summary })
  const question: Question = {
    modelId: model.id,
    deviceId: device.id,
    unitId: target.unit.id,
    runtimeId: target.runtime.id,
    precision: target.precision,
    batch: request.batch ?? 1,
    powerMode: target.powerModeId,
    engineVersion,
    catalogVersion,
  }
  const anchors = request.anchors === undefined ? null : await anchorsOf(db, request.anchors, model)
  const isPlain = request.threads === undefined && request.link === undefined && language === null
  return { request, model, device, question, language, anchors, isStored: isPlain && anchors === null }
}

/** Rounded as it will be stored, so that the first answer equals every later one. */
async function compute(
  { request, model, device, language, anchors }: Point,
  workloads: Map<GraphSummary, Workloads>,
): Promise<Prediction | LanguageModelAnswer> {
  const { unit, runtime, precision, batch, powerMode, threads, promptTokens, contextTokens, cacheFormat } = request
  const target = { unit, runtime, precision, batch, powerMode, threads, kernels: true, explain: 'largest' as const }
  const question = { ...target, device, peers, catalogVersion, calibration: loadCalibration(), anchors: anchors?.sound }
  const wrongAnchors = anchors?.warnings ?? []
  if (language !== null) {
    const tokens = { promptTokens, contextTokens, cacheFormat }
    const answer = await predictLanguageModel({ ...question, ...tokens, model: language })
    return asPublished(languageModelAnswer({ ...answer, warnings: [...answer.warnings, ...wrongAnchors] }))
  }
  let work = workloads.get(model.summary)
  if (work === undefined) {
    work = makeWorkloads(model.summary)
    workloads.set(model.summary, work)
  }
  const prediction = predict({ ...question, summary: model.summary, modelId: model.id, workloads: work })
  return asPublished({ ...prediction, warnings: [...prediction.warnings, ...wrongAnchors] })
}

type Settled<Value> = { readonly value: Value; readonly problem: null } | { readonly problem: Problem }

async function settle<Value>(attempt: () => Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await attempt(), problem: null }
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problem }
    throw error
  }
}
