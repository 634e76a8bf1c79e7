/** One target in other states: at every clock of its unit, and in every power mode of its device. */
import type { Budget } from '../../../simulator/decide/budget.ts'
import { atRate } from '../../../simulator/decide/frame-rate.ts'
import { comparePowerModes, type ModeAnswer } from '../../../simulator/decide/power-modes.ts'
import { applyAll } from '../../../simulator/decide/what-if/apply.ts'
import type { Change } from '../../../simulator/decide/what-if/change.ts'
import type { Scenario, Surroundings } from '../../../simulator/decide/what-if/scenario.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'

export interface ClockState {
  /** Of the clock that the power mode allows. */
  readonly clockShare: number
  readonly latencyMs: Metric
  /** Per batch. */
  readonly energyMj: Metric
  /** At the rate that was chosen, else back to back. */
  readonly powerW: Metric
}

export type ModeState = Pick<ModeAnswer, 'powerMode' | 'powerW' | 'fit' | 'onFront' | 'leastEnergy'> & {
  readonly latencyMs: Metric
  readonly energyMj: Metric
  /** In the last of thirty minutes; `null` = not known. */
  readonly sustainedMs: number | null
}

export interface PowerStates {
  /** Slowest first. */
  readonly clocks: readonly ClockState[]
  readonly modes: readonly ModeState[]
}

const clockShares = Array.from({ length: 15 }, (_, step) => Number((0.3 + step * 0.05).toFixed(2)))
const minutes = 30

interface Conditions {
  readonly budget: Budget
  readonly ratePerS: number | null
  readonly ambientC: number | undefined
  /** Of the memory while the clock moves; the modes of the device are as it ships. */
  readonly bandwidth: readonly Change[]
}

export function powerStates(scenario: Scenario, surroundings: Surroundings, conditions: Conditions): PowerStates {
  const { budget, ratePerS, ambientC, bandwidth } = conditions
  const clocks = clockShares.map((share): ClockState => {
    const clock: readonly Change[] = share === 1 ? [] : [{ kind: 'clock', share }]
    const { request } = applyAll(scenario, [...bandwidth, ...clock], surroundings).scenario
    const prediction = predict({ ...request, kernels: false })
    const { latencyMs, energyMj } = prediction
    return { clockShare: share, latencyMs, energyMj, powerW: atRate(prediction, ratePerS).powerW }
  })
  const { powerMode: _, ...request } = scenario.request
  const modes = comparePowerModes({ request, budget, ratePerS, minutes, cooling: { ambientC } })
  return {
    clocks,
    modes: modes.map(({ powerMode, powerW, fit, onFront, leastEnergy, prediction, sustained }) => ({
      ...{ powerMode, powerW, fit, onFront, leastEnergy },
      latencyMs: prediction.latencyMs,
      energyMj: prediction.energyMj,
      sustainedMs: sustained?.sustainedMs ?? null,
    })),
  }
}
