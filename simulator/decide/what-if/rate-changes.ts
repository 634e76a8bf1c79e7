/** Changes to the clock of the unit and to the memory that feeds it: hardware as it could be, under the same law. */
import type { Fact } from '../../hardware/device.ts'
import type { ResolvedFact } from '../../hardware/missing.ts'
import { resolveNumbers } from '../../hardware/simulate.ts'
import { throttledDevice } from '../../power/operating-point.ts'
import { fail } from '../../problem.ts'
import { asking, changed, hindered, type Scenario, type Step } from './scenario.ts'
import { targetOf } from './target-changes.ts'

/** Governors go no lower **(default)**. */
const leastClock = 0.1
const mostBandwidth = 16

/** The unit at `share` of the clock that its power mode allows; memory keeps its own. */
export function atClock(scenario: Scenario, share: number): Step {
  within('clock', share, leastClock, 1)
  if (share === 1) return hindered('already-so')
  const target = targetOf(scenario)
  const { powerModes, ...device } = throttledDevice(target, share)
  const throttled = powerModes.at(-1)
  if (throttled === undefined) throw new Error('a throttled device has a throttled mode')
  const others = powerModes.filter((mode) => mode !== throttled && mode.id !== target.powerModeId)
  // Under the name of the mode it comes from: what reads the mode later finds it slowed.
  const mode = { ...throttled, id: target.powerModeId }
  return changed(
    asking(scenario, { device: { ...device, powerModes: [mode, ...others] }, powerMode: target.powerModeId }),
  )
}

/** DRAM (or the link, where a unit has none) `factor` times as fast as it is taken to be. */
export function atBandwidth(scenario: Scenario, factor: number): Step {
  within('bandwidth', factor, 1 / mostBandwidth, mostBandwidth)
  if (factor === 1) return hindered('already-so')
  const target = targetOf(scenario)
  const { device } = target
  const { rates } = resolveNumbers(target, { peers: scenario.request.peers })
  if (rates.dramBytesPerS !== null) {
    const dramBytesPerS = scaled(rates.dramBytesPerS, factor)
    const powerModes = device.powerModes.map((mode) =>
      mode.memoryBytesPerS === null ? mode : { ...mode, memoryBytesPerS: dramBytesPerS },
    )
    return changed(asking(scenario, { device: { ...device, dramBytesPerS, powerModes } }))
  }
  if (rates.linkBytesPerS === null || device.link === null)
    return hindered('not-on-target', 'no memory outside the unit')
  const link = { ...device.link, bytesPerS: scaled(rates.linkBytesPerS, factor) }
  return changed(asking(scenario, { device: { ...device, link } }))
}

/** As sure as the figure it is a multiple of; one that the device does not state is an assumption. */
function scaled({ value, status, from, sourceIds }: ResolvedFact, factor: number): Fact {
  return { value: value * factor, status: from === 'device' && status !== 'default' ? status : 'assumed', sourceIds }
}

function within(where: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return
  throw fail('invalid-field', `Give a factor from ${least} to ${most}.`, { where, received: `${value}` })
}
