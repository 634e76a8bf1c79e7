/**
 * Heat over minutes (docs/method/heat.md, HEAT-1 to HEAT-3): die and body as two RC stages, and a governor.
 *
 *     τ·dθ/dt = P·R − θ        per stage, τ = R·C
 *     T_surface = T_ambient + θ_body        T_die = T_surface + θ_die
 *
 * Both stages carry the whole power: the die is so much quicker than the body that what it stores does not count.
 */

export interface ThermalStage {
  readonly resistanceCPerW: number
  readonly capacitanceJPerC: number
}

export interface ThermalModel {
  readonly ambientC: number
  /** From the case to the air. */
  readonly body: ThermalStage
  /** From the junction to the case. */
  readonly die: ThermalStage
  /** What a hand may touch; `null` = nobody holds it. */
  readonly surfaceLimitC: number | null
  readonly dieLimitC: number
}

/** What the device does at one clock, as the governor sees it. */
export interface HeatPoint {
  readonly clockShare: number
  readonly latencyMs: number
  /** Average at the rate that is asked for. */
  readonly powerW: number
  readonly idleW: number
}

/** One minute: where temperatures end, and the rest on average. */
interface HeatMinute {
  /** 1 = the first. */
  readonly minute: number
  readonly surfaceC: number
  readonly dieC: number
  readonly clockShare: number
  readonly powerW: number
  readonly latencyMs: number
}

export interface HeatRun {
  readonly minutes: readonly HeatMinute[]
  /** When the governor first steps down; `null` = not in this time. */
  readonly throttlesAfterS: number | null
  /** Even the lowest clock ends above the limit: the device has to switch off. */
  readonly overheats: boolean
}

/** Degrees below the limit at which a governor steps up again **(default)**. */
const hysteresisC = 2
const stepS = 1
const secondsPerMinute = 60

/** Share of the idle power that leaks, the temperature it is stated at, and its growth e^((T − T₀)/T_s) **(defaults)**. */
const leakage = { share: 0.3, statedAtC: 45, scaleC: 40 } as const

export function timeConstantS({ resistanceCPerW, capacitanceJPerC }: ThermalStage): number {
  return resistanceCPerW * capacitanceJPerC
}

/** θ after `timeS` of constant power from cold (HEAT-1). */
function riseC(stage: ThermalStage, powerW: number, timeS: number): number {
  return powerW * stage.resistanceCPerW * -Math.expm1(-timeS / timeConstantS(stage))
}

/** The most power that never reaches a limit (HEAT-2). */
export function sustainablePowerW({ ambientC, body, die, surfaceLimitC, dieLimitC }: ThermalModel): number {
  const ofDie = Math.max(0, dieLimitC - ambientC) / (body.resistanceCPerW + die.resistanceCPerW)
  return surfaceLimitC === null ? ofDie : Math.min(ofDie, Math.max(0, surfaceLimitC - ambientC) / body.resistanceCPerW)
}

/**
 * Seconds until constant power reaches a limit, from cold and without leakage (HEAT-2); `null` = never.
 *
 * The surface in closed form, t = −τ·ln(1 − (T_limit − T_ambient)/(P·R)); the die, a sum of two exponentials that only
 * rises, by bisection.
 */
export function timeToLimitS(model: ThermalModel, powerW: number): number | null {
  if (powerW <= sustainablePowerW(model)) return null
  const { ambientC, body, die, surfaceLimitC, dieLimitC } = model
  const finalC = powerW * body.resistanceCPerW
  const surfaceMarginC = surfaceLimitC === null ? Number.POSITIVE_INFINITY : Math.max(0, surfaceLimitC - ambientC)
  const surfaceS = surfaceMarginC < finalC ? -timeConstantS(body) * Math.log1p(-surfaceMarginC / finalC) : null
  const dieMarginC = dieLimitC - ambientC
  if (dieMarginC >= powerW * (body.resistanceCPerW + die.resistanceCPerW)) return surfaceS
  let low = 0
  let high = timeConstantS(body) + timeConstantS(die)
  const dieC = (timeS: number): number => riseC(body, powerW, timeS) + riseC(die, powerW, timeS)
  // Floating point rounds a rise that only approaches the limit onto it, so the doubling ends.
  while (dieC(high) < dieMarginC && Number.isFinite(high)) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (dieC(middle) < dieMarginC) low = middle
    else high = middle
  }
  return surfaceS === null ? high : Math.min(surfaceS, high)
}

/** What leaks beyond the stated idle power at this temperature (HEAT-3); below the stated one it is less than zero. */
function extraLeakageW(idleW: number, dieC: number): number {
  return leakage.share * idleW * Math.expm1((dieC - leakage.statedAtC) / leakage.scaleC)
}

/**
 * Minutes of work from cold. `points`: fastest first, at least one; the governor starts at the first, steps to the next
 * after a second above a limit, and back after a second well below all of them.
 */
export function heatOver(model: ThermalModel, points: readonly HeatPoint[], minutes: number): HeatRun {
  const { ambientC, body, die, dieLimitC } = model
  const surfaceLimitC = model.surfaceLimitC ?? Number.POSITIVE_INFINITY
  const decay = { body: Math.exp(-stepS / timeConstantS(body)), die: Math.exp(-stepS / timeConstantS(die)) }
  const rows: HeatMinute[] = []
  let bodyC = 0
  let overDieC = 0
  let index = 0
  let throttlesAfterS: number | null = null
  const sum = { clockShare: 0, powerW: 0, latencyMs: 0 }
  for (let second = 0; second < minutes * secondsPerMinute; second++) {
    const point = points[index]
    if (point === undefined) throw new RangeError('heat of no operating point')
    const dieC = ambientC + bodyC + overDieC
    // Held at the limit: a runaway is an overheating, not an infinity.
    const powerW = Math.max(0, point.powerW + extraLeakageW(point.idleW, Math.min(dieC, dieLimitC)))
    bodyC = powerW * body.resistanceCPerW + (bodyC - powerW * body.resistanceCPerW) * decay.body
    overDieC = powerW * die.resistanceCPerW + (overDieC - powerW * die.resistanceCPerW) * decay.die
    sum.clockShare += point.clockShare
    sum.powerW += powerW
    sum.latencyMs += point.latencyMs
    const marginC = Math.min(surfaceLimitC - ambientC - bodyC, dieLimitC - ambientC - bodyC - overDieC)
    if (marginC < 0) {
      throttlesAfterS ??= second + stepS
      index = Math.min(index + 1, points.length - 1)
    } else if (marginC > hysteresisC && index > 0) index -= 1
    if ((second + 1) % secondsPerMinute !== 0) continue
    const surfaceC = ambientC + bodyC
    rows.push({
      minute: rows.length + 1,
      surfaceC,
      dieC: surfaceC + overDieC,
      clockShare: sum.clockShare / secondsPerMinute,
      powerW: sum.powerW / secondsPerMinute,
      latencyMs: sum.latencyMs / secondsPerMinute,
    })
    sum.clockShare = 0
    sum.powerW = 0
    sum.latencyMs = 0
  }
  const last = rows.at(-1)
  const overheats =
    last !== undefined &&
    index === points.length - 1 &&
    (last.surfaceC > surfaceLimitC + hysteresisC || last.dieC > dieLimitC + hysteresisC)
  return { minutes: rows, throttlesAfterS, overheats }
}
