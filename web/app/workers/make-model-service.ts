/** The worker's side of `ModelService`: catalog, models, predictions; plain functions over the simulator. */
import { makeWorkloads, type Workloads } from '../../../simulator/cost/workload.ts'
import type { Budget, Fit } from '../../../simulator/decide/budget.ts'
import { checkFit } from '../../../simulator/decide/fit.ts'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device, Segment } from '../../../simulator/hardware/device.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { buildReport, condense } from '../../../simulator/report/build.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { verifyReport } from '../../../simulator/report/recompute.ts'
import type { Answer, Refusal } from '../answer/answer.ts'
import type { OwnResult, TargetChoice } from '../state/portal-state.ts'
import { makePlace, type Place, type PlacesAnswer, payloadOf, placeKinds } from './compare-places.ts'
import { type CatalogFile, makeDeviceStore } from './device-store.ts'
import { ModelDetails } from './model-details.ts'
import type { ModelService, ReportRequest } from './model-service.ts'
import { OwnResults } from './own-results.ts'
import { describe, readFiles, readPreset } from './read-model.ts'
import type { ReportProgress } from './rpc.ts'
import { type Asked, WhatIfs } from './what-ifs.ts'
import type { WorkbenchQuestion } from './workbench-question.ts'

interface Checked {
  readonly device: Device
  readonly prediction: Prediction
  readonly fit: Fit
}

/** `loadCatalog` may fail and is then called again with the next question. */
export function makeModelService(report: ReportProgress, loadCatalog: () => Promise<CatalogFile>): ModelService {
  const store = retried(async () => makeDeviceStore(await loadCatalog()))
  let opened: { readonly id: string; readonly bound: BoundGraph } | null = null
  // As large as all the rest together, and not needed to read a model.
  const learned = retried(async () => {
    const [devices, { loadCalibration }] = await Promise.all([
      store(),
      import('../../../device-catalog/calibration.ts'),
    ])
    const calibration = loadCalibration()
    const whatIfs = new WhatIfs(devices, calibration)
    if (opened !== null) whatIfs.keep(opened.id, opened.bound)
    return { devices, calibration, whatIfs, own: new OwnResults(devices, calibration) }
  })
  // Both load while a model is read; a question that comes later says what went wrong.
  learned().catch(() => {})
  const kept = makeKeeper()
  const details = new ModelDetails()

  async function predictOn(
    device: Device,
    summary: GraphSummary,
    choice: TargetChoice,
    ownResults: readonly OwnResult[],
  ): Promise<Prediction> {
    const [{ id, workloads }, { devices, calibration, own }] = await Promise.all([kept.workOf(summary), learned()])
    own.keep(id, summary)
    const { sound } = await own.check(ownResults)
    return predict({
      summary: workloads.summary,
      modelId: id,
      device,
      peers: devices.peers,
      catalogVersion: devices.catalogVersion,
      calibration,
      unit: choice.unit,
      runtime: choice.runtime,
      precision: choice.precision,
      powerMode: choice.powerMode,
      batch: choice.batch,
      workloads,
      anchors: sound,
    })
  }

  /** Preferred targets only; a device that refuses the model is listed with its reason. */
  async function checkAll(
    summary: GraphSummary,
    budget: Budget,
    segments: readonly Segment[],
    ownResults: readonly OwnResult[],
  ) {
    const [{ id }, { devices }] = await Promise.all([kept.workOf(summary), store()])
    const checked: Checked[] = []
    const refused: Refusal[] = []
    const asked = devices.filter(({ segment }) => segments.length === 0 || segments.includes(segment))
    for (const [index, device] of asked.entries()) {
      report({ stage: 'devices', share: index / asked.length })
      try {
        const key = `${id} ${device.id} ${JSON.stringify(ownResults)}`
        const prediction = kept.predictions.get(key) ?? (await predictOn(device, summary, {}, ownResults))
        kept.predictions.set(key, prediction)
        checked.push({ device, prediction, fit: checkFit(prediction, budget, device.priceUsd?.value ?? null) })
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        refused.push({ deviceId: device.id, deviceName: device.name, problem: error.problem })
      }
    }
    return { id, checked, refused }
  }

  async function anchored(question: WorkbenchQuestion): Promise<Asked> {
    const { own } = await learned()
    own.keep(question.modelId, question.summary)
    return { ...question, anchors: (await own.check(question.ownResults)).sound }
  }

  return {
    catalog: async () => {
      const { devices, networks } = await store()
      return { devices, networks }
    },
    openFiles: (files, bindings) =>
      readFiles(files, bindings, report, (id, bound) => {
        details.keep(id, bound)
        opened = { id, bound }
        // Before any question about the model: those wait for the same promise, later.
        learned().then(
          ({ whatIfs }) => whatIfs.keep(id, bound),
          () => {},
        )
      }),
    openPreset: readPreset,
    openSummary: (summary) => describe(summary),

    async answer(summary, budget, segments, ownResults): Promise<Answer> {
      const startedMs = performance.now()
      const { id, checked, refused } = await checkAll(summary, budget, segments, ownResults)
      return {
        modelId: id,
        rows: checked.map(({ device, prediction, fit }) => ({
          deviceName: device.name,
          prediction: condense(prediction),
          fit,
        })),
        refused,
        elapsedMs: performance.now() - startedMs,
      }
    },

    async checkOwnResults(summary, ownResults) {
      const [{ id }, { own }] = await Promise.all([kept.workOf(summary), learned()])
      own.keep(id, summary)
      return (await own.check(ownResults)).checks
    },

    workbench: async (question) => (await learned()).whatIfs.workbench(await anchored(question)),
    runnable: async (question) => (await learned()).whatIfs.runnable(await anchored(question)),
    kernelGraph: async (question) => (await learned()).whatIfs.kernelGraph(await anchored(question)),
    powerStates: async (question, budget) => (await learned()).whatIfs.powerStates(await anchored(question), budget),
    proposals: async (question) => (await learned()).whatIfs.proposals(await anchored(question)),
    tryChange: async (question, change) => (await learned()).whatIfs.tryChange(await anchored(question), change),

    async places(request): Promise<PlacesAnswer> {
      const devices = await store()
      const network = devices.network(request.networkId)
      const payload = payloadOf(request.summary)
      const { isWarm, deadlineMs, measuredWorkerMs } = request
      const conditions = { network, payload, isWarm, deadlineMs }
      const places: Place[] = []
      for (const kind of placeKinds) {
        const device = devices.device(request.devices[kind])
        const choice = kind === 'device' ? request.choice : {}
        const prediction = await predictOn(device, request.summary, choice, request.ownResults)
        places.push(makePlace(kind, device, prediction, kind === 'worker' ? measuredWorkerMs : null, conditions))
      }
      return { ...payload, places }
    },

    async report({ title, summary, budget, segments, edgeRun }: ReportRequest): Promise<Report> {
      const { checked } = await checkAll(summary, budget, segments, [])
      const rows = checked.map(({ device, prediction, fit }) => ({ deviceName: device.name, prediction, fit }))
      return buildReport({ title, model: { name: summary.name, summary }, budget, rows, edgeRun })
    },

    inspect: (choice) => details.inspect(choice),
    diff: (before, after) => details.diff(before, after),

    async verify(published) {
      const { devices, calibration } = await learned()
      const { peers, catalogVersion } = devices
      const deviceById = new Map(devices.devices.map((device) => [device.id, device]))
      return verifyReport(published, { deviceById: (id) => deviceById.get(id), peers, catalogVersion, calibration })
    },
  }
}

/** Work and predictions of the last model, so that moving a limit costs a check and not a simulation. */
function makeKeeper() {
  let last: { readonly text: string; readonly id: string; readonly workloads: Workloads } | null = null
  const predictions = new Map<string, Prediction>()
  return {
    predictions,
    async workOf(summary: GraphSummary): Promise<{ readonly id: string; readonly workloads: Workloads }> {
      // A summary arrives as a new copy with every call; its text tells whether it is the same.
      const text = JSON.stringify(summary)
      if (last?.text !== text) {
        last = { text, id: await modelId(summary), workloads: makeWorkloads(summary) }
        predictions.clear()
      }
      return last
    },
  }
}

/** Made once, unless making it failed. */
function retried<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}
