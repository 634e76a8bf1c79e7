import { describe, expect, it } from 'vitest'
import { comparePowerModes, type ModeQuestion } from '../../../simulator/decide/power-modes.ts'
import { sustain } from '../../../simulator/decide/sustained.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { browserDevice, fact, gpuDevice, makeDevice, makeUnit, mode, npuDevice } from '../../support/devices.ts'
import { residualNet, separableNet } from '../../support/summaries.ts'

const small = residualNet(2)
const large = separableNet(13, 448, 64)
const ask = (device: Device, summary = small) => ({
  summary,
  modelId: 'm',
  device,
  peers: noPeers,
  catalogVersion: 't',
})
const modesOf = (device: Device, rest: Partial<Omit<ModeQuestion, 'request'>> = {}) =>
  comparePowerModes({ request: ask(device), budget: {}, ratePerS: null, minutes: 5, cooling: {}, ...rest })

describe('power modes', () => {
  it('are answered one by one in the order of the device', () => {
    expect(modesOf(gpuDevice).map(({ powerMode }) => powerMode)).toEqual(['15W', 'MAXN'])
    expect(modesOf(npuDevice).map(({ powerMode }) => powerMode)).toEqual(['default'])
  })

  it('slower clocks cost less power, and one that is beaten in both is not on the front', () => {
    const beaten = mode('waste', { gpuClockHz: fact(0.5e9), budgetW: fact(60) })
    const modes = modesOf({ ...gpuDevice, idleW: null, powerModes: [...gpuDevice.powerModes, beaten] })
    expect(modes.find(({ powerMode }) => powerMode === 'waste')?.onFront).toBe(false)
    expect(modes.filter(({ onFront }) => onFront).length).toBeGreaterThan(0)
  })

  it('mark the frugal one of those that fit, and none where none may', () => {
    const least = (budget: ModeQuestion['budget']) =>
      modesOf(gpuDevice, { budget, ratePerS: 10 }).filter(({ leastEnergy }) => leastEnergy)
    const [chosen, ...others] = least({ maxLatencyMs: 1000 })
    expect(others).toEqual([])
    expect(chosen?.fit.verdict).toBe('fits')
    expect(least({ maxLatencyMs: 1e-6 })).toEqual([])
  })

  it('judge the power at the rate, and the rate itself', () => {
    const [idle] = modesOf(npuDevice, { budget: { maxPowerW: 4 }, ratePerS: 1 })
    expect(idle?.fit.checks.map(({ limit, verdict }) => `${limit} ${verdict}`)).toEqual([
      'minThroughputPerS fits',
      'maxPowerW fits',
    ])
    const [busy] = modesOf(npuDevice, { ratePerS: 1e7 })
    expect(busy?.fit.verdict).toBe('fails')
  })
})

describe('sustained work', () => {
  it('in a cool place is the first minute for ever', () => {
    const heat = sustain(ask(npuDevice), { ambientC: 20 })
    expect(heat?.throttlesAfterS).toBeNull()
    expect(heat?.sustainedMs).toBeCloseTo(heat?.firstMinuteMs ?? Number.NaN, 12)
  })

  it('in a hot place is slower, and by the law: memory keeps its clock', () => {
    const phone = makeDevice([makeUnit({ kind: 'npu', peak: { int8: 2e12 } })], {
      segment: 'phone',
      tdpW: fact(9),
      idleW: fact(1),
    })
    const heat = sustain(ask(phone, large), { ambientC: 38 })
    expect(heat?.throttlesAfterS).not.toBeNull()
    expect(heat?.sustainedMs).toBeGreaterThan((heat?.firstMinuteMs ?? 0) * 1.05)
    expect(heat?.limitAfterS).not.toBeNull()
  })

  it('at a rate that leaves pauses may never be', () => {
    const phone = makeDevice([makeUnit({ kind: 'npu', peak: { int8: 2e12 } })], {
      segment: 'phone',
      tdpW: fact(9),
      idleW: fact(0.1),
    })
    expect(sustain(ask(phone, large), { ambientC: 41 })?.throttlesAfterS).not.toBeNull()
    expect(sustain(ask(phone, large), { ambientC: 41, ratePerS: 0.1 })?.throttlesAfterS).toBeNull()
  })

  it('with a better heat sink throttles later or never', () => {
    const after = (bodyResistanceCPerW: number) =>
      sustain(ask({ ...npuDevice, idleW: fact(9) }), { ambientC: 60, bodyResistanceCPerW })?.throttlesAfterS ??
      Number.POSITIVE_INFINITY
    const seconds = [8, 6, 4, 2].map(after)
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    expect(seconds[3]).toBeGreaterThan(seconds[0] ?? Number.NaN)
  })

  it('races where a slower clock saves nothing, paces where it does', () => {
    expect(sustain(ask(npuDevice), { ratePerS: 1 })?.pace?.clockShare).toBeLessThanOrEqual(1)
    expect(sustain(ask(npuDevice))?.pace).toBeNull()
    expect(sustain(ask(npuDevice), { ratePerS: 1e9 })?.pace).toBeNull()
  })

  it('is not known for a machine behind a tab', () => {
    expect(sustain(ask(browserDevice))).toBeNull()
  })
})
