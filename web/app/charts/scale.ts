/** Scales and ticks. Positions are percent of the axis, so strips keep their place without a redraw on resize. */

export type Domain = readonly [number, number]

export interface Scale {
  readonly kind: 'log' | 'linear'
  readonly domain: Domain
}

/** Percent of the axis, not clipped; `NaN` never comes out of a value inside the domain. */
export function position(scale: Scale, value: number): number {
  const [low, high] = scale.domain
  if (scale.kind === 'linear') return (100 * (value - low)) / (high - low)
  return (100 * Math.log(Math.max(value, Number.MIN_VALUE) / low)) / Math.log(high / low)
}

export function clip(percent: number): number {
  return Math.min(100, Math.max(0, percent))
}

/** Smallest domain with 1-2-5 ends that holds all positive values; at least one decade wide. */
export function logDomain(values: readonly number[]): Domain {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return [1, 10]
  let low = floor125(Math.min(...positive))
  let high = ceil125(Math.max(...positive))
  while (high / low < 10) {
    high = ceil125(high * 1.01)
    if (high / low < 10) low = floor125(low / 1.01)
  }
  return [low, high]
}

/** From zero to the next 1-2-2.5-5 step above all values. */
export function linearDomain(values: readonly number[]): Domain {
  const top = Math.max(0, ...values.filter(Number.isFinite))
  if (top === 0) return [0, 1]
  const step = linearStep(top, 5)
  return [0, Math.ceil(top / step - 1e-9) * step]
}

/** 1-2-5 ticks of a log axis, thinned to whole decades (then every n-th) when there would be more than `most`. */
export function logTicks([low, high]: Domain, most = 9): readonly number[] {
  const decades = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)))
  const inside = (value: number) => value >= low * 0.999 && value <= high * 1.001
  for (const mantissas of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = decades.flatMap((power) => mantissas.map((mantissa) => tidy(mantissa * 10 ** power))).filter(inside)
    if (ticks.length <= most) return ticks
  }
  const every = Math.ceil(decades.length / most)
  return decades
    .filter((power) => power % every === 0)
    .map((power) => tidy(10 ** power))
    .filter(inside)
}

export function linearTicks([low, high]: Domain, most = 6): readonly number[] {
  const step = linearStep(high - low, most)
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, index) => tidy((first + index) * step))
}

function linearStep(span: number, most: number): number {
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const mantissa = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10
  return mantissa * power
}

/** Of a mantissa: the noise of a division, which no mark on an axis shows. */
const slack = 1e-9

function floor125(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const mantissa = value / power
  return tidy((mantissa >= 5 - slack ? 5 : mantissa >= 2 - slack ? 2 : 1) * power)
}

function ceil125(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const mantissa = value / power
  return tidy((mantissa <= 1 + slack ? 1 : mantissa <= 2 + slack ? 2 : mantissa <= 5 + slack ? 5 : 10) * power)
}

/** Without the last-bit noise of powers of ten. */
function tidy(value: number): number {
  return Number(value.toPrecision(9))
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
