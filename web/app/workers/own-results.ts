/** Results of the visitor's own as anchors of the predictions: each is predicted like everything else, then compared. */
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../../simulator/predict/anchors.ts'
import type { Calibration } from '../../../simulator/predict/calibration.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { fail, type Problem, ProblemError, problem } from '../../../simulator/problem.ts'
import type { OwnResult } from '../state/portal-state.ts'
import type { DeviceStore } from './device-store.ts'
import { readPreset } from './read-model.ts'

/** Summaries of opened models that stay at hand, so that a result holds after another model is opened. */
const keptModels = 8

/** What became of one result. */
export interface OwnResultCheck {
  /** Measured over predicted without it; `null` = nothing is predicted there. */
  readonly factor: number | null
  /** Why it is left out; `null` = it counts. */
  readonly problem: Problem | null
}

export interface OwnResultChecks {
  readonly sound: readonly Anchor[]
  /** In the order of the results. */
  readonly checks: readonly OwnResultCheck[]
}

const none: OwnResultChecks = { sound: [], checks: [] }

export class OwnResults {
  readonly #devices: DeviceStore
  readonly #calibration: Calibration
  readonly #summaries = new Map<string, GraphSummary>()
  #last: { readonly key: string; readonly checks: OwnResultChecks } | null = null

  constructor(devices: DeviceStore, calibration: Calibration) {
    this.#devices = devices
    this.#calibration = calibration
  }

  /** Call it with every model that is asked about. */
  keep(modelId: string, summary: GraphSummary): void {
    if (this.#summaries.has(modelId)) return
    this.#summaries.set(modelId, summary)
    this.#last = null
    for (const oldest of this.#summaries.keys()) if (this.#summaries.size > keptModels) this.#summaries.delete(oldest)
  }

  async check(results: readonly OwnResult[]): Promise<OwnResultChecks> {
    if (results.length === 0) return none
    const key = JSON.stringify(results)
    if (this.#last?.key === key) return this.#last.checks
    const checks = await this.#compare(results)
    this.#last = { key, checks }
    return checks
  }

  async #compare(results: readonly OwnResult[]): Promise<OwnResultChecks> {
    const checks: OwnResultCheck[] = []
    const made: { readonly anchor: Anchor; readonly index: number }[] = []
    for (const [index, result] of results.entries()) {
      try {
        const { factor, anchor } = await this.#anchorOf(result)
        checks.push({ factor, problem: null })
        if (anchor !== null) made.push({ anchor, index })
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        checks.push({ factor: null, problem: error.problem })
      }
    }
    const { sound, wrong } = soundAnchors(
      this.#calibration,
      made.map(({ anchor }) => anchor),
    )
    for (const { index, factor } of wrong) {
      const at = made[index]?.index ?? index
      checks[at] = { factor: checks[at]?.factor ?? null, problem: implausible(at, factor) }
    }
    return { sound, checks }
  }

  async #anchorOf({ modelId, preset, device: deviceId, latencyMs, ...wishes }: OwnResult) {
    const device = this.#devices.device(deviceId)
    const summary = await this.#summaryOf(modelId, preset)
    const { unit, runtime, precision, powerMode, batch } = wishes
    const { peers, catalogVersion } = this.#devices
    const request = {
      ...{ unit, runtime, precision, powerMode, batch },
      ...{ summary, modelId, device, peers, catalogVersion, calibration: this.#calibration },
    }
    const predicted = predict(request).latencyMs
    if (predicted.availability === 'unavailable') return { factor: null, anchor: null }
    const factor = latencyMs / predicted.p50
    return { factor, anchor: anchorAt(request, Math.log(factor)) }
  }

  async #summaryOf(modelId: string, preset: string | null): Promise<GraphSummary> {
    const known = this.#summaries.get(modelId)
    if (known !== undefined) return known
    if (preset === null) {
      throw fail('unknown-model', 'Open the model that was measured once; then its result counts.', {
        where: 'model',
        received: modelId,
      })
    }
    return (await readPreset(preset)).summary
  }
}

function implausible(index: number, factor: number): Problem {
  return problem('implausible-anchor', 'Check unit, batch and model of the measurement.', {
    where: `results[${index}].latencyMs`,
    expected: 'a factor near 1',
    received: `${factor.toPrecision(2)} times what is expected`,
  })
}
