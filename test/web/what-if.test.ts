import { describe, expect, test } from 'vitest'
import { sustain } from '../../simulator/decide/sustained.ts'
import { noPeers } from '../../simulator/hardware/missing.ts'
import { applyChange } from '../../web/app/answer/apply-change.ts'
import { heatPlot } from '../../web/app/charts/heat-geometry.ts'
import { en } from '../../web/app/i18n/en.ts'
import { deltaText, durationText, rateText } from '../../web/app/i18n/what-if-text.ts'
import { fact, makeDevice, makeUnit, npuDevice } from '../support/devices.ts'
import { separableNet } from '../support/summaries.ts'
import { predictionOn } from './answer-rows.ts'

describe('a change that was tried', () => {
  const now = predictionOn(npuDevice)
  const runtimes = ['vendor', 'other']
  const applied = { target: { device: 'npu-device', batch: 4, powerMode: '15W' }, whatIf: { prune: 0.1 } }

  test('becomes the controls that make it, and leaves the others alone', () => {
    expect(applyChange({ kind: 'precision', precision: 'fp16' }, applied, now, runtimes)).toEqual({
      target: { device: 'npu-device', batch: 4, powerMode: '15W', unit: 'npu', runtime: 'vendor', precision: 'fp16' },
      whatIf: { prune: 0.1 },
    })
    expect(applyChange({ kind: 'unit', unit: 'cpu' }, applied, now, runtimes)?.target).toEqual({
      device: 'npu-device',
      batch: 4,
      powerMode: '15W',
      unit: 'cpu',
    })
    expect(applyChange({ kind: 'width', factor: 0.5 }, applied, now, runtimes)?.whatIf).toEqual({
      prune: 0.1,
      width: 0.5,
    })
  })

  test('to a runtime that drives the unit, or to a student, takes it', () => {
    expect(applyChange({ kind: 'runtime', runtime: 'other' }, applied, now, runtimes)?.target).toMatchObject({
      unit: 'npu',
      runtime: 'other',
      batch: 4,
    })
    expect(applyChange({ kind: 'student', preset: 'resnet18' }, applied, now, runtimes)).toEqual({
      ...applied,
      preset: 'resnet18',
    })
  })

  test('that no control makes stays a line of text', () => {
    expect(applyChange({ kind: 'sparsity', pattern: '2:4', zeroShare: 0 }, applied, now, runtimes)).toBeNull()
    expect(applyChange({ kind: 'link', link: 'USB 2' }, applied, now, runtimes)).toBeNull()
    expect(applyChange({ kind: 'runtime', runtime: 'tvm' }, applied, now, runtimes)).toBeNull()
  })
})

describe('the heat chart', () => {
  const phone = makeDevice([makeUnit({ kind: 'npu', peak: { int8: 2e12 } })], {
    segment: 'phone',
    tdpW: fact(9),
    idleW: fact(1),
  })
  const request = {
    summary: separableNet(13, 448, 64),
    modelId: 'm',
    device: phone,
    peers: noPeers,
    catalogVersion: 't',
  }

  test('holds every minute, and the limit that throttles', () => {
    const heat = sustain(request, { ambientC: 38 })
    if (heat === null) throw new Error('a phone states its power')
    const plot = heatPlot(heat)
    expect(heat.throttlesAfterS).not.toBeNull()
    expect(plot.minutes).toBe(30)
    for (const { dieC, surfaceC, latencyMs } of heat.minutes) {
      expect(latencyMs).toBeLessThanOrEqual(plot.latency[1])
      for (const celsius of [dieC, surfaceC]) {
        expect(celsius).toBeGreaterThanOrEqual(plot.temperature[0])
        expect(celsius).toBeLessThanOrEqual(plot.temperature[1])
      }
    }
    expect(plot.limits.map(({ name }) => name)).toEqual(['surfaceLimitC', 'dieLimitC'])
    expect(plot.temperature[1]).toBeGreaterThan(43)
  })

  test('of a cool device still shows how far the limit is', () => {
    const heat = sustain({ ...request, summary: separableNet(1, 32, 8) }, { ambientC: -10, ratePerS: 0.1 })
    if (heat === null) throw new Error('a phone states its power')
    const [low, high] = heatPlot(heat).temperature
    expect(low).toBeLessThanOrEqual(-10)
    expect(high).toBeGreaterThanOrEqual(43)
  })
})

test('changes have a sign, a band and no false digits', () => {
  expect(deltaText({ share: -0.341, pi80: [-0.38, -0.293] })).toBe('−34\u00a0% [−38, −29]')
  expect(deltaText({ share: 0.004, pi80: [0.0001, 12.3] })).toBe('+0.4\u00a0% [0, +1,230]')
})

test('a battery lasts minutes, hours, days or years', () => {
  expect([0.2, 3, 100, 20_000].map((hours) => durationText(hours, en.battery))).toEqual([
    '12 min',
    '3.0 h',
    '4.2 days',
    '2.3 years',
  ])
})

test('a rate is said in the unit that leaves at least one', () => {
  expect([30, 0.1, 1 / 3600].map((rate) => rateText(rate, en.battery.rates))).toEqual([
    '30 /s',
    '6 a minute',
    '1 an hour',
  ])
})
