/** Changes in percent and times of a battery as people read them. */
import type { Delta } from '../../../simulator/decide/what-if/outcome.ts'
import type { Messages } from './en.ts'
import { figure, tick } from './format.ts'

/** `−34 % [−38, −29]`. */
export function deltaText(delta: Delta): string {
  const [low, high] = delta.pi80
  return `${signedPercent(delta.share)}\u00a0% [${signedPercent(low)}, ${signedPercent(high)}]`
}

function signedPercent(share: number): string {
  const value = share * 100
  const rounded = Math.abs(value) < 10 ? Number(value.toFixed(1)) : Math.round(value)
  if (rounded === 0) return '0'
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toLocaleString('en-US')}`
}

/** `11 days`, `2.4 years`, in the largest unit that leaves one. */
export function durationText(hours: number, { units }: Messages['battery']): string {
  if (hours >= 8760) return `${figure(hours / 8760, 2)} ${units.years}`
  if (hours >= 24) return `${figure(hours / 24, 2)} ${units.days}`
  if (hours >= 1) return `${figure(hours, 2)} ${units.hours}`
  return `${figure(hours * 60, 2)} ${units.minutes}`
}

/** `30 /s`, `6 a minute`, `1 an hour`, in the unit that leaves at least one. */
export function rateText(perS: number, units: Messages['battery']['rates']): string {
  if (perS >= 1) return `${tick(perS)} ${units.perS}`
  return perS >= 1 / 60 ? `${tick(perS * 60)} ${units.perMinute}` : `${tick(perS * 3600)} ${units.perHour}`
}
