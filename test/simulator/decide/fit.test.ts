import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Budget } from '../../../simulator/decide/budget.ts'
import { checkFit, probability } from '../../../simulator/decide/fit.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { lognormalMetric } from '../../../simulator/predict/interval.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { browserDevice, fact, npuDevice } from '../../support/devices.ts'
import { netWithUnknownOperator, residualNet } from '../../support/summaries.ts'

const request = { modelId: 'm', peers: noPeers, catalogVersion: 't' }
const base = predict({ ...request, summary: residualNet(2), device: npuDevice })

/** Latency 10 ms, factor e^0.2; power exactly 5 W; memory exactly 1 MB. */
const sure: Prediction = {
  ...base,
  latencyMs: lognormalMetric(10, 0.2),
  throughputPerS: lognormalMetric(100, 0.2),
  powerW: lognormalMetric(5, 0),
  energyMj: lognormalMetric(50, 0.3),
  memory: { ...base.memory, totalBytes: lognormalMetric(1e6, 0) },
}

function verdictOf(budget: Budget, prediction = sure, priceUsd: number | null = 100) {
  const { verdict, blocking } = checkFit(prediction, budget, priceUsd)
  return { verdict, blocking }
}

describe('the probability of a limit', () => {
  const metric = lognormalMetric(10, 0.3, 0.6)

  it('is what the interval says at its own bounds', () => {
    expect(probability(metric, 10, true)).toBeCloseTo(0.5, 6)
    expect(probability(metric, metric.pi80[0], true)).toBeCloseTo(0.1, 6)
    expect(probability(metric, metric.pi80[1], true)).toBeCloseTo(0.9, 6)
    expect(probability(metric, metric.pi95[1], true)).toBeCloseTo(0.975, 6)
    expect(probability(metric, metric.pi95[1], false)).toBeCloseTo(0.025, 6)
  })

  const limit = fc.double({ min: 1e-3, max: 1e5, noNaN: true })
  test.prop([limit, limit])('never falls as the limit is relaxed', (a, b) => {
    const strict = probability(metric, Math.min(a, b), true)
    const relaxed = probability(metric, Math.max(a, b), true)
    expect(relaxed).toBeGreaterThanOrEqual(strict)
    expect(strict).toBeGreaterThanOrEqual(0)
    expect(relaxed).toBeLessThanOrEqual(1)
  })

  it('of a certain figure is 0 or 1, and meeting the limit exactly is meeting it', () => {
    const exact = lognormalMetric(5, 0)
    expect(probability(exact, 5, true)).toBe(1)
    expect(probability(exact, 5, false)).toBe(1)
    expect(probability(exact, 4.99, true)).toBe(0)
    expect(probability(exact, 4.99, false)).toBe(1)
  })
})

describe('a verdict', () => {
  it('fits from 0.9 on, fails up to 0.1, is tight between', () => {
    expect(verdictOf({ maxLatencyMs: 10 * Math.exp(0.2 * 1.29) })).toEqual({
      verdict: 'fits',
      blocking: 'maxLatencyMs',
    })
    expect(verdictOf({ maxLatencyMs: 10 * Math.exp(0.2 * 1.27) }).verdict).toBe('tight')
    expect(verdictOf({ maxLatencyMs: 10 * Math.exp(-0.2 * 1.27) }).verdict).toBe('tight')
    expect(verdictOf({ maxLatencyMs: 10 * Math.exp(-0.2 * 1.29) }).verdict).toBe('fails')
  })

  it('needs 0.9 for all limits together, not for each', () => {
    const limits = { maxLatencyMs: 10 * Math.exp(0.2 * 1.3), maxEnergyMj: 50 * Math.exp(0.3 * 1.3) }
    expect(checkFit(sure, limits, null).checks.map(({ verdict }) => verdict)).toEqual(['fits', 'fits'])
    expect(verdictOf(limits).verdict).toBe('tight')
  })

  it('does not count one uncertainty twice: latency and throughput', () => {
    const fit = checkFit(sure, { maxLatencyMs: 12.5, minThroughputPerS: 80 }, null)
    expect(fit.pMeets).toBeCloseTo(Math.min(...fit.checks.map(({ pMeets }) => pMeets ?? 0)), 12)
  })

  it('names the least likely limit', () => {
    expect(verdictOf({ maxLatencyMs: 12, maxPowerW: 6, maxEnergyMj: 200 }).blocking).toBe('maxLatencyMs')
    expect(verdictOf({ maxLatencyMs: 12, maxPowerW: 4 })).toEqual({ verdict: 'fails', blocking: 'maxPowerW' })
  })

  it('compares a price as a fact', () => {
    expect(verdictOf({ maxPriceUsd: 100 }).verdict).toBe('fits')
    expect(verdictOf({ maxPriceUsd: 99 })).toEqual({ verdict: 'fails', blocking: 'maxPriceUsd' })
    expect(verdictOf({ maxPriceUsd: 99 }, sure, null)).toEqual({ verdict: 'unknown', blocking: 'maxPriceUsd' })
  })

  it('is unknown where a figure is unavailable', () => {
    const inTab = predict({ ...request, summary: residualNet(1), device: browserDevice })
    expect(verdictOf({ maxLatencyMs: 1e6, maxPowerW: 10 }, inTab)).toEqual({
      verdict: 'unknown',
      blocking: 'maxPowerW',
    })
  })

  it('is unknown where work is not known or evidence is far', () => {
    const partly = predict({ ...request, summary: netWithUnknownOperator(), device: npuDevice })
    expect(checkFit(partly, { maxLatencyMs: 1e6 }, null)).toMatchObject({ verdict: 'unknown', pMeets: null })
    const far = { ...sure, evidence: { ...sure.evidence, outsideEvidence: true } }
    expect(verdictOf({ maxLatencyMs: 1e6 }, far).verdict).toBe('unknown')
  })

  it('fails by one sure limit even when another cannot be judged', () => {
    const partly = predict({ ...request, summary: netWithUnknownOperator(), device: npuDevice })
    expect(verdictOf({ maxLatencyMs: 10, maxPriceUsd: 1 }, partly)).toEqual({
      verdict: 'fails',
      blocking: 'maxPriceUsd',
    })
  })

  it('fails where the model does not fit the device, whatever was asked', () => {
    const overflowing = predict({
      ...request,
      summary: residualNet(2),
      device: { ...npuDevice, dramBytes: fact(1000) },
    })
    expect(verdictOf({ maxLatencyMs: 1e6 }, overflowing)).toEqual({ verdict: 'fails', blocking: 'maxMemoryBytes' })
    expect(checkFit(overflowing, {}, null).checks).toMatchObject([
      { limit: 'maxMemoryBytes', limitValue: 1000, pMeets: 0 },
    ])
  })

  it('without limits fits: there is nothing to miss', () => {
    expect(checkFit(sure, {}, null)).toEqual({ verdict: 'fits', pMeets: 1, checks: [], blocking: null })
  })

  const anyLimit = fc.double({ min: 0.1, max: 1e4, noNaN: true })
  test.prop([anyLimit, anyLimit, anyLimit])('is never better with one limit more', (latency, power, energy) => {
    const order = ['fits', 'tight', 'unknown', 'fails']
    const two = verdictOf({ maxLatencyMs: latency, maxPowerW: power }).verdict
    const three = verdictOf({ maxLatencyMs: latency, maxPowerW: power, maxEnergyMj: energy }).verdict
    expect(order.indexOf(three)).toBeGreaterThanOrEqual(order.indexOf(two))
  })
})
