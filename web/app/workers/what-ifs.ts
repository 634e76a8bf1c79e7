/** The workbench's questions: one target with its sliders, heat, battery; and changes worth trying, one at a time. */
import { findBattery } from '../../../device-catalog/batteries.ts'
import { buildPreset, presets } from '../../../model-zoo/index.ts'
import { makeWorkloads } from '../../../simulator/cost/workload.ts'
import { batteryLife } from '../../../simulator/decide/battery-life.ts'
import type { Budget } from '../../../simulator/decide/budget.ts'
import { ceilingsOf } from '../../../simulator/decide/ceilings.ts'
import { atRate } from '../../../simulator/decide/frame-rate.ts'
import { sustain } from '../../../simulator/decide/sustained.ts'
import { applyAll } from '../../../simulator/decide/what-if/apply.ts'
import type { Change } from '../../../simulator/decide/what-if/change.ts'
import { compareOutcome } from '../../../simulator/decide/what-if/outcome.ts'
import { proposals } from '../../../simulator/decide/what-if/proposals.ts'
import { type ModelOrigin, type Scenario, summaryOnly } from '../../../simulator/decide/what-if/scenario.ts'
import { targetOf } from '../../../simulator/decide/what-if/target-changes.ts'
import type { Trial } from '../../../simulator/decide/what-if/trial.ts'
import { tryEach } from '../../../simulator/decide/what-if.ts'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import { kernelEdges } from '../../../simulator/placement/kernel-graph.ts'
import type { Anchor } from '../../../simulator/predict/anchors.ts'
import type { Calibration } from '../../../simulator/predict/calibration.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { runOf } from '../../../simulator/predict/run.ts'
import { layoutGraph } from '../charts/graph-layout.ts'
import type { WhatIfChoice } from '../state/portal-state.ts'
import type { DeviceStore } from './device-store.ts'
import { placedRun } from './placed-run.ts'
import { type PowerStates, powerStates } from './power-states.ts'
import { type RunnableUnit, runnableOn } from './runnable.ts'
import type { KernelGraph, WorkbenchAnswer, WorkbenchQuestion } from './workbench-question.ts'

const zoo = { presets, buildPreset }

/** Changed networks that stay at hand while a slider moves. */
const keptScenarios = 12

/** A question with those of its own results that count. */
export type Asked = WorkbenchQuestion & { readonly anchors: readonly Anchor[] }

export class WhatIfs {
  readonly #devices: DeviceStore
  readonly #calibration: Calibration
  /** The file that was opened last: sliders that change the network need its graph. */
  #opened: { readonly modelId: string; readonly bound: BoundGraph } | null = null
  /** Models by id and network sliders, with their work counted. */
  readonly #scenarios = new Map<
    string,
    { readonly scenario: Scenario; readonly hindered: WorkbenchAnswer['hindered'] }
  >()

  constructor(devices: DeviceStore, calibration: Calibration) {
    this.#devices = devices
    this.#calibration = calibration
  }

  get #surroundings() {
    return { deviceById: this.#devices.device, zoo }
  }

  keep(modelId: string, bound: BoundGraph): void {
    this.#opened = { modelId, bound }
    this.#scenarios.clear()
  }

  workbench(question: Asked): WorkbenchAnswer {
    const { whatIf } = question
    const network = this.#scenarioOf(question, networkChanges(whatIf))
    const { scenario, hindered } = applyAll(network.scenario, rateChanges(whatIf), this.#surroundings)
    const prediction = predict({ ...scenario.request, kernels: true, explain: 'largest' })
    const ratePerS = whatIf.ratePerS ?? null
    const unchanged = this.#scenarioOf(question, []).scenario
    const { summary, device } = unchanged.request
    const isChanged = summary !== scenario.request.summary || device !== scenario.request.device
    const before = isChanged ? predict({ ...unchanged.request, kernels: true }) : null
    const lives = batteryLives(prediction, whatIf.battery)
    return {
      prediction: { ...prediction, modelId: question.modelId },
      placed: placedRun(scenario.request, whatIf.stageMs),
      outcome: before && compareOutcome(before, prediction, ratePerS),
      hindered: [...network.hindered, ...hindered],
      powerAtRateW: ratePerS === null ? null : atRate(prediction, ratePerS).powerW,
      sustained: sustain(scenario.request, { ratePerS, ambientC: whatIf.ambientC }),
      battery: ratePerS === null ? null : lives(ratePerS),
      batteryByRate: batteryRates.flatMap((rate) => {
        const life = lives(rate)
        return life?.keepsUp ? [{ ratePerS: rate, life }] : []
      }),
      ceilings: ceilingsOf(targetOf(scenario), scenario.request.peers),
      sliders: slidersOf(unchanged),
    }
  }

  runnable(question: Asked): readonly RunnableUnit[] {
    const { device, workloads } = this.#scenarioOf(question, []).scenario.request
    if (workloads === undefined) throw new Error('a scenario has its work counted')
    return runnableOn(device, workloads)
  }

  kernelGraph(question: Asked): KernelGraph {
    const { scenario } = this.#scenarioOf(question, networkChanges(question.whatIf))
    const { simulation } = runOf(scenario.request)
    const kernels = simulation.workload.kernels.length
    const edges = kernelEdges(simulation)
    return { kernels, edges, layout: layoutGraph(kernels, edges) }
  }

  powerStates(question: Asked, budget: Budget): PowerStates {
    const { whatIf } = question
    const { scenario } = this.#scenarioOf(question, networkChanges(whatIf))
    const conditions = {
      budget,
      ratePerS: whatIf.ratePerS ?? null,
      ambientC: whatIf.ambientC,
      bandwidth: rateChanges({ ...whatIf, clock: undefined }),
    }
    return powerStates(scenario, this.#surroundings, conditions)
  }

  proposals(question: Asked): readonly Change[] {
    return proposals(this.#scenarioOf(question, []).scenario, zoo)
  }

  tryChange(question: Asked, change: Change): Trial {
    const { scenario } = this.#scenarioOf(question, [])
    const ratePerS = question.whatIf.ratePerS ?? null
    const [trial] = tryEach({ scenario, surroundings: this.#surroundings, ratePerS }, [change]).trials
    if (trial === undefined) throw new Error('one change has one trial')
    return trial
  }

  /** The model with the network changes applied and its work counted, asked about the target of the question. */
  #scenarioOf(question: Asked, changes: readonly Change[]) {
    const { device, choice, modelId, anchors } = question
    const key = `${modelId} ${JSON.stringify(changes)} ${changes.length === 0 ? '' : JSON.stringify([device, choice])}`
    const known = this.#scenarios.get(key)
    const made = known ?? this.#apply(question, changes)
    if (known === undefined) this.#remember(key, made)
    const { unit, runtime, precision, powerMode, batch } = choice
    const target = { device: this.#devices.device(device), unit, runtime, precision, powerMode, batch, anchors }
    return { ...made, scenario: { ...made.scenario, request: { ...made.scenario.request, ...target } } }
  }

  #apply(question: Asked, changes: readonly Change[]) {
    const { summary, modelId, device, choice } = question
    const { unit, runtime, precision, powerMode, batch } = choice
    const request = {
      summary,
      modelId,
      device: this.#devices.device(device),
      peers: this.#devices.peers,
      catalogVersion: this.#devices.catalogVersion,
      calibration: this.#calibration,
      ...{ unit, runtime, precision, powerMode, batch },
    }
    const { scenario, hindered } = applyAll({ origin: this.#originOf(question), request }, changes, this.#surroundings)
    const workloads = makeWorkloads(scenario.request.summary)
    return { scenario: { ...scenario, request: { ...scenario.request, workloads } }, hindered }
  }

  #originOf({ modelId, preset }: WorkbenchQuestion): ModelOrigin {
    if (preset !== null) return { graph: buildPreset(preset), bindings: {}, preset: { id: preset, options: {} } }
    if (this.#opened?.modelId !== modelId) return summaryOnly
    const { bound } = this.#opened
    const inputShapes: Record<string, readonly number[]> = {}
    for (const { name, type } of bound.inputs) {
      const shape = type.kind === 'tensor' ? type.shape : null
      const sizes = shape?.flatMap((dim) => (typeof dim === 'number' ? dim : []))
      if (sizes !== undefined && sizes.length === shape?.length) inputShapes[name] = sizes
    }
    return { graph: bound.graph, bindings: { inputShapes }, preset: null }
  }

  #remember(key: string, made: { scenario: Scenario; hindered: WorkbenchAnswer['hindered'] }): void {
    this.#scenarios.set(key, made)
    for (const oldest of this.#scenarios.keys()) {
      if (this.#scenarios.size <= keptScenarios) return
      this.#scenarios.delete(oldest)
    }
  }
}

/** What the sliders ask of the network. */
function networkChanges({ width, resolution, prune }: WhatIfChoice): Change[] {
  return [
    ...(width === undefined ? [] : [{ kind: 'width', factor: width } as const]),
    ...(resolution === undefined ? [] : [{ kind: 'resolution', factor: resolution } as const]),
    ...(prune === undefined ? [] : [{ kind: 'prune', ratio: prune } as const]),
  ]
}

/** What they ask of the hardware; the network stays as it is, so that its work is counted once. */
function rateChanges({
  clock,
  bandwidth,
}: Pick<WhatIfChoice, 'bandwidth'> & { readonly clock?: number | undefined }): Change[] {
  return [
    ...(clock === undefined ? [] : [{ kind: 'clock', share: clock } as const]),
    ...(bandwidth === undefined ? [] : [{ kind: 'bandwidth', factor: bandwidth } as const]),
  ]
}

/** Items per second from one an hour, five to a decade. */
const batteryRates = Array.from({ length: 36 }, (_, step) => Number((10 ** (step / 5) / 3600).toPrecision(3)))

/** How long the battery lasts at a rate; `null` = there is none, or power is not known. */
function batteryLives(prediction: Prediction, id: string | undefined) {
  const battery = id === undefined ? null : findBattery(id)
  const asked = { sensorW: 0, sleepW: null, minHours: null, harvestW: null }
  return (ratePerS: number) => battery && batteryLife(prediction, { battery, ratePerS, ...asked })
}

/** Which sliders this model can follow. */
function slidersOf({ origin, request }: Scenario): WorkbenchAnswer['sliders'] {
  const { preset, graph } = origin
  const shape = request.summary.tensors.find(({ role }) => role === 'input')?.shape ?? []
  const isImage = shape.length === 4
  return {
    width: preset !== null && (presets.get(preset.id)?.scales ?? []).includes('width'),
    sidePixels: isImage && graph !== null ? (shape.slice(1).toSorted((a, b) => b - a)[1] ?? null) : null,
    prune: graph !== null,
  }
}
