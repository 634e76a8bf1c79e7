import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { degreesOfFreedom } from '../../../calibration/fit/degrees-of-freedom.ts'
import { type FitRow, fitFactors, fittedLogTime } from '../../../calibration/fit/fit.ts'
import { logTime, profileOf } from '../../../calibration/fit/profile.ts'
import { decoder } from '../../../simulator/build/transformer/decoder.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import {
  calibratedParameters,
  calibrationScopes,
  covariatesOf,
  parameterIndex,
  rateAt,
  scopeOf,
  workKindOf,
} from '../../../simulator/hardware/calibration.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveNumbers, simulate } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { effectScopes } from '../../../simulator/predict/calibration.ts'
import { networkFeatures } from '../../../simulator/predict/likeness.ts'
import { tinyDecoders } from '../../simulator/build/transformer/tiny-decoders.ts'
import { anyDevice, anySummary } from '../../support/arbitraries.ts'
import { gpuDevice } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const anyLogFactors = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), {
    minLength: calibratedParameters.length,
    maxLength: calibratedParameters.length,
  })
  // A rate that is slower than a run makes the run slower too; here runs stand alone.
  .map((values) => Float64Array.from(values).with(rateAt, 0))

describe('a calibrated time', () => {
  test.prop([anySummary, anyDevice, anyLogFactors])(
    'is the same where it is fitted and where it is simulated',
    (summary, device, logFactors) => {
      const target = resolveTarget(device)
      const plain = resolveNumbers(target, { peers: noPeers })
      const workload = countWork(summary, target.precision, plain.traits.fusionProfile, 1)
      const fitted = logTime(profileOf({ ...simulate(workload, plain), fallback: null }, false), logFactors, null)
      const { latencyS, resolved } = simulate(workload, resolveNumbers(target, { peers: noPeers, logFactors }))
      // Factors by which runs in flight would take longer than one alone slow that one too.
      fc.pre(resolved.logFactors === logFactors)
      expect(fitted).toBeCloseTo(Math.log(latencyS), 6)
    },
  )

  test.prop([anySummary, anyDevice, anyLogFactors, fc.nat(calibratedParameters.length - 1)])(
    'changes with each factor as its gradient says',
    (summary, device, logFactors, parameter) => {
      const target = resolveTarget(device)
      const resolved = resolveNumbers(target, { peers: noPeers })
      const profile = profileOf(
        {
          ...simulate(countWork(summary, target.precision, resolved.traits.fusionProfile, 1), resolved),
          fallback: null,
        },
        false,
      )
      const gradient = new Float64Array(calibratedParameters.length)
      logTime(profile, logFactors, gradient)
      const step = 1e-5
      const shifted = (by: number): number =>
        logTime(profile, logFactors.with(parameter, (logFactors[parameter] ?? 0) + by), null)
      expect((shifted(step) - shifted(-step)) / (2 * step)).toBeCloseTo(gradient[parameter] ?? 0, 4)
    },
  )
})

/** Networks of several depths on one target, each taking `slower` times what the defaults say. */
function rowsOf(slower: number, depths: readonly number[], runtimeVersion?: string): FitRow[] {
  const target = resolveTarget(gpuDevice, { runtimeVersion })
  const resolved = resolveNumbers(target, { peers: noPeers })
  return depths.map((depth) => {
    const summary = residualNet(depth)
    const workload = countWork(summary, target.precision, resolved.traits.fusionProfile, 1)
    const profile = profileOf({ ...simulate(workload, resolved), fallback: null }, false)
    const zero = new Float64Array(calibratedParameters.length)
    return {
      logSeconds: logTime(profile, zero, null) + Math.log(slower),
      weight: 1,
      work: 'network' as const,
      profile,
      scopes: calibrationScopes(target, 'network'),
      effectScopes: effectScopes(target, 'network'),
      network: { architectureId: `${depth}`, features: networkFeatures(summary) },
    }
  })
}

describe('the fit', () => {
  it('finds that everything takes three times as long, for a depth that it has not seen', () => {
    const fitted = fitFactors(rowsOf(3, [1, 2, 3, 4, 5, 6, 8, 10]))
    const [unseen] = rowsOf(3, [7])
    const predicted = unseen === undefined ? Number.NaN : fittedLogTime(unseen, fitted)
    expect(Math.exp(predicted - (unseen?.logSeconds ?? 0))).toBeCloseTo(1, 1)
  })

  it('tells a release that is twice as fast from the one before it, for a depth that neither has seen', () => {
    const depths = [1, 2, 3, 4, 5, 6, 8, 10]
    const fitted = fitFactors([...rowsOf(2, depths, '8.0'), ...rowsOf(1, depths, '9.0')])
    const logTimeOf = (version: string): number => {
      const [row] = rowsOf(1, [7], version)
      return row === undefined ? Number.NaN : fittedLogTime(row, fitted)
    }
    expect(Math.exp(logTimeOf('8.0.1') - logTimeOf('v9.0'))).toBeGreaterThan(1.7)
    expect(logTimeOf('7.0')).toBeGreaterThan(logTimeOf('9.0'))
    expect(logTimeOf('7.0')).toBeLessThan(logTimeOf('8.0'))
  })

  it('learns nothing about networks from language models', () => {
    const networks = rowsOf(3, [1, 2, 3, 4])
    const decoders = rowsOf(0.3, [5, 6, 7, 8]).map((row) => ({
      ...row,
      work: 'decoder' as const,
      scopes: row.scopes.map((key) => (key === null ? null : scopeOf('decoder', key))),
      effectScopes: row.effectScopes.map((key) => scopeOf('decoder', key)),
    }))
    const [alone, beside] = [fitFactors(networks), fitFactors([...networks, ...decoders])]
    for (const [scope, values] of alone.factors) expect(beside.factors.get(scope)).toEqual(values)
    const timeOf = (row: FitRow | undefined): number =>
      row === undefined ? Number.NaN : fittedLogTime(row, beside) - row.logSeconds
    expect(timeOf(networks[1])).toBeCloseTo(0, 1)
    expect(Math.abs(timeOf(decoders[1]))).toBeLessThan(0.5)
  })

  it('stays at the defaults where they are right', () => {
    const { factors, effects } = fitFactors(rowsOf(1, [1, 2, 3]))
    for (const values of factors.values()) for (const value of values) expect(Math.abs(value)).toBeLessThan(1e-6)
    for (const each of effects.values()) for (const { weight } of each) expect(Math.abs(weight)).toBeLessThan(1e-6)
  })
})

describe('degrees of freedom', () => {
  const sumOf = (rows: readonly FitRow[]): number =>
    degreesOfFreedom(rows).reduce((sum, level) => sum + level.degreesOfFreedom, 0)
  const depths = [1, 2, 3, 4, 5, 6, 8, 10]

  it('are at most one for one row, of every level a part, however many factors it has', () => {
    const levels = degreesOfFreedom(rowsOf(1, [1]))
    for (const { degreesOfFreedom: freedom } of levels) expect(freedom).toBeGreaterThanOrEqual(0)
    expect(levels.reduce((sum, { parameters }) => sum + parameters, 0)).toBeGreaterThan(20)
    expect(sumOf(rowsOf(1, [1]))).toBeGreaterThan(0.9)
    expect(sumOf(rowsOf(1, [1]))).toBeLessThanOrEqual(1)
  })

  it('of one row are those of a ridge, wK / (1 + wK)', () => {
    const ofWeight = (weight: number): number => sumOf(rowsOf(1, [1]).map((row) => ({ ...row, weight })))
    const light = ofWeight(1e-3)
    const k = light / ((1 - light) * 1e-3)
    expect(light).toBeLessThan(0.5)
    expect(ofWeight(1e-2)).toBeCloseTo((1e-2 * k) / (1 + 1e-2 * k), 2)
  })

  it('do not count a row twice that is there twice', () => {
    const once = rowsOf(1, depths)
    expect(sumOf([...once, ...once])).toBeLessThan(depths.length + 1)
  })

  it('grow with evidence, and vanish with its weight', () => {
    expect(sumOf(rowsOf(1, depths))).toBeGreaterThan(sumOf(rowsOf(1, [1, 2])))
    expect(sumOf(rowsOf(1, [1, 2]).map((row) => ({ ...row, weight: 1e-9 })))).toBeLessThan(1e-3)
  })
})

it('tells passes of language models from networks by the cache that they keep', () => {
  const pass = { batch: 1, newTokens: 1, pastTokens: 7, cacheType: 'float16', logits: 'last' } as const
  const [, config] = Object.entries(tinyDecoders)[0] ?? []
  if (config === undefined) throw new Error('no decoder')
  expect(workKindOf(summarize(bindShapes(decoder('tiny', config, pass), {}), 'tiny'))).toBe('decoder')
  expect(workKindOf(residualNet(3))).toBe('network')
})

it('has a covariate for every factor of the run', () => {
  const target = resolveTarget(gpuDevice)
  const { rates } = resolveNumbers(target, { peers: noPeers })
  expect(covariatesOf(target, rates, 1)).toHaveLength(calibratedParameters.length - (parameterIndex.get('scale') ?? 0))
})
