import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { conditionOn } from '../../../simulator/predict/condition.ts'
import type { PairResult } from '../../../simulator/predict/measured.ts'

const prior = { log80: 0.5, log95: 1, groups: 40 }
const asked = { batch: 1, precision: 'int8', isRate: false }

function result(factor: number, changes: Partial<PairResult> = {}): PairResult {
  return {
    quantity: 'latencyMs',
    logError: Math.log(factor),
    batch: 1,
    precision: 'int8',
    isRate: false,
    figure: { latencyMs: 1, precision: 'int8', batch: 1, source: 's', title: 't', url: '', conditions: '' },
    ...changes,
  }
}

function on(results: readonly PairResult[]) {
  const found = conditionOn(results, asked, prior)
  if (found === null) throw new Error('there are results')
  return { factor: Math.exp(found.logShift), log80: found.widths.log80 }
}

describe('published figures of a pair', () => {
  it('say nothing where there are none', () => {
    expect(conditionOn([], asked, prior)).toBeNull()
  })

  it('move the median most of the way and narrow the interval', () => {
    const { factor, log80 } = on([result(1.5)])
    expect(factor).toBeGreaterThan(1.3)
    expect(factor).toBeLessThan(1.5)
    expect(log80).toBeLessThan(0.3)
  })

  it('win over a calibration that misses them by far', () => {
    expect(on([result(6)]).factor).toBeGreaterThan(5.5)
  })

  it('widen the interval where they disagree', () => {
    const agreeing = on([result(1.5), result(1.5)])
    const disagreeing = on([result(1), result(2.5)])
    expect(disagreeing.log80).toBeGreaterThan(agreeing.log80)
    expect(disagreeing.log80).toBeGreaterThan(on([result(1.5)]).log80)
  })

  it('say less of another batch, precision and kind of figure', () => {
    const same = on([result(1.5)]).factor
    for (const other of [{ batch: 16 }, { precision: 'fp16' }, { isRate: true }] as const) {
      expect(on([result(1.5, other)]).factor).toBeLessThan(same)
    }
  })

  test.prop([fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 6 })])(
    'leave the median between none and all of their mean, and never promise less than a repetition differs by',
    (factors) => {
      const found = on(factors.map((factor) => result(factor)))
      const mean = factors.reduce((sum, factor) => sum + Math.log(factor), 0) / factors.length
      expect(Math.abs(Math.log(found.factor))).toBeLessThanOrEqual(Math.abs(mean) + 1e-9)
      expect(found.log80).toBeGreaterThan(1.28 * 0.18)
    },
  )
})
