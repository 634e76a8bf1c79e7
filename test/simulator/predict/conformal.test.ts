import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { conformalWidths, type Score, widthsFor } from '../../../simulator/predict/conformal.ts'
import { makeRandom } from '../../../simulator/random.ts'

function scores(errors: readonly number[], scopes: readonly string[] = ['all']): Score[] {
  return errors.map((logError, index) => ({ logError, group: `g${index}`, weight: 1, scopes }))
}

describe('conformal half-widths', () => {
  it('are quantiles of the errors, whatever their sign', () => {
    const errors = Array.from({ length: 20 }, (_, index) => ((index + 1) / 10) * (index % 2 === 0 ? 1 : -1))
    const { all } = conformalWidths(scores(errors))
    expect(all?.groups).toBe(20)
    expect(all?.log80).toBeCloseTo(1.65)
    expect(all?.log95).toBeCloseTo(1.95)
  })

  it('cover 80 % of exchangeable errors', () => {
    const random = makeRandom(7)
    const draw = (): number => random.uniform() - random.uniform()
    let covered = 0
    const repeats = 400
    for (let i = 0; i < repeats; i++) {
      const { all } = conformalWidths(scores(Array.from({ length: 30 }, draw)))
      if (Math.abs(draw()) <= (all?.log80 ?? 0)) covered += 1
    }
    expect(covered / repeats).toBeGreaterThan(0.72)
    expect(covered / repeats).toBeLessThan(0.86)
  })

  it('count rows by their weight, and groups by their number', () => {
    const withOneOf = (rows: number, weight: number) => {
      const many = Array.from({ length: rows }, () => ({ logError: 9, group: 'one', weight, scopes: ['all'] }))
      return conformalWidths([...scores(Array.from({ length: 16 }, () => 0.1)), ...many]).all
    }
    expect(withOneOf(3, 1)).toMatchObject({ groups: 17, log80: 0.1 })
    expect(withOneOf(5, 1)).toMatchObject({ groups: 17, log80: 9 })
    expect(withOneOf(5, 0.5)).toMatchObject({ groups: 17, log80: 0.1 })
    expect(withOneOf(5, 0)).toMatchObject({ groups: 16, log80: 0.1 })
  })

  it('are those of the parent where a family has too few groups', () => {
    const widths = conformalWidths([
      ...scores([0.1, 0.2, 0.3], ['all', 'kind', 'small']),
      ...scores(
        Array.from({ length: 20 }, () => 0.5),
        ['all', 'kind'],
      ),
    ])
    expect(widths.small).toBeUndefined()
    expect(widthsFor(['all', 'kind', 'small'], widths)).toBe(widths.kind)
    expect(widthsFor(['unheard of'], widths)).toBeNull()
  })

  test.prop([fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 10, maxLength: 60 })])(
    'are never narrower at 95 % than at 80 %',
    (errors) => {
      const { all } = conformalWidths(scores(errors))
      expect(all?.log95).toBeGreaterThanOrEqual(all?.log80 ?? Number.NaN)
    },
  )
})
