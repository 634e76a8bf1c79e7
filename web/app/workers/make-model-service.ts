/** The worker's side of `ModelService`: catalog, models, predictions; plain functions over the simulator. */
import { catalogVersion, catalog as devices, findDevice } from '../../../device-catalog/index.ts'
import { networks } from '../../../device-catalog/networks.ts'
import { makeWorkloads, type Workloads } from '../../../simulator/cost/workload.ts'
import type { Budget, Fit } from '../../../simulator/decide/budget.ts'
import { checkFit } from '../../../simulator/decide/fit.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device, Segment } from '../../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { fail, ProblemError } from '../../../simulator/problem.ts'
import { buildReport, condense } from '../../../simulator/report/build.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { verifyReport } from '../../../simulator/report/recompute.ts'
import type { Answer, Refusal } from '../answer/answer.ts'
import type { OwnResult, TargetChoice } from '../state/portal-state.ts'
import { makePlace, type Place, type PlacesAnswer, payloadOf, placeKinds } from './compare-places.ts'
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

export function makeModelService(report: ReportProgress): ModelService {
  const peers = makePeerFacts(devices)
  // As large as all the rest of the worker, and not needed to read a model.
  const learned = import('../../../device-catalog/calibration.ts').then(({ calibration }) => ({
    calibration,
    whatIfs: new WhatIfs(peers, calibration),
    own: new OwnResults(peers, calibration),
  }))
  const kept = makeKeeper()
  const details = new ModelDetails()

  async function predictOn(
    device: Device,
    summary: GraphSummary,
    choice: TargetChoice,
    ownResults: readonly OwnResult[],
  ): Promise<Prediction> {
    const [{ id, workloads }, { calibration, own }] = await Promise.all([kept.workOf(summary), learned])
    own.keep(id, summary)
    const { sound } = await own.check(ownResults)
    return predict({
      summary: workloads.summary,
      modelId: id,
      device,
      peers,
      catalogVersion,
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
    const { id } = await kept.workOf(summary)
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
    const { own } = await learned
    own.keep(question.modelId, question.summary)
    return { ...question, anchors: (await own.check(question.ownResults)).sound }
  }

  return {
    catalog: () => ({ devices, networks }),
    openFiles: (files, bindings) =>
      readFiles(files, bindings, report, (id, bound) => {
        details.keep(id, bound)
        // Before any question about the model: those wait for the same promise, later.
        void learned.then(({ whatIfs }) => whatIfs.keep(id, bound))
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
      const [{ id }, { own }] = await Promise.all([kept.workOf(summary), learned])
      own.keep(id, summary)
      return (await own.check(ownResults)).checks
    },

    workbench: async (question) => (await learned).whatIfs.workbench(await anchored(question)),
    powerStates: async (question, budget) => (await learned).whatIfs.powerStates(await anchored(question), budget),
    proposals: async (question) => (await learned).whatIfs.proposals(await anchored(question)),
    tryChange: async (question, change) => (await learned).whatIfs.tryChange(await anchored(question), change),

    async places(request): Promise<PlacesAnswer> {
      const network = networks.find(({ id }) => id === request.networkId)
      if (network === undefined) {
        throw fail('unknown-network', 'Choose a network profile of the catalog.', { received: request.networkId })
      }
      const payload = payloadOf(request.summary)
      const { isWarm, deadlineMs, measuredWorkerMs } = request
      const conditions = { network, payload, isWarm, deadlineMs }
      const places: Place[] = []
      for (const kind of placeKinds) {
        const device = deviceById(request.devices[kind])
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
      const { calibration } = await learned
      return verifyReport(published, {
        deviceById: (id) => findDevice(id) ?? undefined,
        peers,
        catalogVersion,
        calibration,
      })
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

function deviceById(id: string): Device {
  const device = findDevice(id)
  if (device === null) {
    throw fail('unknown-device', 'Choose a device of the catalog.', { where: 'device', received: id })
  }
  return device
}
