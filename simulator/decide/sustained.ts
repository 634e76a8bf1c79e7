/** From the first minute to the thirtieth: the law at every clock that the governor may choose (docs/method/heat.md). */
import { resolveTarget, type Target } from '../hardware/target.ts'
import { type Cooling, type CoolingWishes, coolingOf } from '../power/cooling.ts'
import { resolvePower } from '../power/energy.ts'
import {
  leastPower,
  type OperatingPoint,
  powerAtW,
  throttledDevice,
  throttledModeId,
} from '../power/operating-point.ts'
import { type HeatRun, heatOver, sustainablePowerW, timeToLimitS } from '../power/thermal.ts'
import { predict } from '../predict/predict.ts'
import type { Prediction } from '../predict/prediction.ts'
import type { PredictionRequest } from '../predict/request.ts'
import { operatingPointOf } from './frame-rate.ts'

/** Clocks that a governor steps through, fastest first: 5 % apart, down to 30 % **(default)**. */
const clockShares = Array.from({ length: 15 }, (_, step) => 1 - step * 0.05)

export interface SustainedWishes extends CoolingWishes {
  /** Items per second; `null` = back to back. */
  readonly ratePerS?: number | null | undefined
  readonly minutes?: number | undefined
  /** A slower clock that saves energy may not be slower than this. */
  readonly maxLatencyMs?: number | undefined
}

export interface Sustained extends HeatRun {
  readonly firstMinuteMs: number
  readonly sustainedMs: number
  /** Of the last minute. */
  readonly sustainedClockShare: number
  /** That never throttles (HEAT-2), beside what is drawn cold and when that reaches the limit without leakage. */
  readonly sustainableW: number
  readonly coldW: number
  readonly limitAfterS: number | null
  readonly constants: Cooling['constants']
  /** The clock of least power that keeps up with the rate; `null` = no rate was asked for, or none keeps up. */
  readonly pace: { readonly clockShare: number; readonly powerW: number } | null
}

/** The same question at a lower clock of its unit. */
function atClock(request: PredictionRequest, target: Target, share: number): Prediction {
  if (share === 1) return predict(request)
  return predict({
    ...request,
    device: throttledDevice(target, share),
    unit: target.unit.id,
    runtime: target.runtime.id,
    precision: target.precision,
    powerMode: throttledModeId,
  })
}

/** `null` where power or the machine itself is not known. Throws what `predict` throws. */
export function sustain(request: PredictionRequest, wishes: SustainedWishes = {}): Sustained | null {
  const { ratePerS = null, minutes = 30 } = wishes
  const prediction = predict({ ...request, kernels: false })
  const target = resolveTarget(request.device, {
    unit: prediction.unitId,
    runtime: prediction.runtimeId,
    precision: prediction.precision,
    powerMode: prediction.powerMode,
    threads: request.threads,
  })
  const power = resolvePower(target, request.peers)
  if (power === null) return null
  const budgets = request.device.powerModes.flatMap(({ budgetW }) => budgetW?.value ?? [])
  const designW = Math.max(request.device.tdpW?.value ?? 0, ...budgets) || power.ceilingW.value
  const cooling = coolingOf(request.device, designW, wishes)
  const points = clockShares.flatMap((share) => {
    const point = share === 1 ? operatingPointOf(prediction) : operatingPointOf(atClock(request, target, share), share)
    return point ?? []
  })
  const [fastest] = points
  if (cooling === null || fastest === undefined) return null
  const { model, constants } = cooling
  const heat = heatOver(
    model,
    points.map((point) => ({ ...point, powerW: powerAtW(point, ratePerS) })),
    minutes,
  )
  const [first, last] = [heat.minutes[0], heat.minutes.at(-1)]
  const coldW = powerAtW(fastest, ratePerS)
  return {
    ...heat,
    firstMinuteMs: first?.latencyMs ?? fastest.latencyMs,
    sustainedMs: last?.latencyMs ?? fastest.latencyMs,
    sustainedClockShare: last?.clockShare ?? 1,
    sustainableW: sustainablePowerW(model),
    coldW,
    limitAfterS: timeToLimitS(model, coldW),
    constants,
    pace: ratePerS === null ? null : paceOf(points, ratePerS, wishes.maxLatencyMs),
  }
}

function paceOf(points: readonly OperatingPoint[], ratePerS: number, maxLatencyMs: number | undefined) {
  const least = leastPower(points, ratePerS, maxLatencyMs)
  return least && { clockShare: least.clockShare, powerW: powerAtW(least, ratePerS) }
}
