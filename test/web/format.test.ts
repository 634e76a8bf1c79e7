import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  byteSize,
  figure,
  percent,
  plain,
  range,
  significantDigits,
  siPrefix,
  tick,
} from '../../web/app/i18n/format.ts'

describe('figures', () => {
  test('have as many digits as their band allows', () => {
    const tight = { availability: 'available', p50: 13.74, pi80: [11.9, 15.8], pi95: [11.1, 17] } as const
    const wide = { availability: 'available', p50: 58.04, pi80: [25.2, 133], pi95: [16, 190] } as const
    expect(figure(tight.p50, significantDigits(tight))).toBe('13.7')
    expect(range(...tight.pi80, significantDigits(tight))).toBe('11.9–15.8')
    expect(figure(wide.p50, significantDigits(wide))).toBe('58')
    expect(range(...wide.pi80, significantDigits(wide))).toBe('25–130')
  })

  test.for([
    [0, 3, '0'],
    [0.0456, 2, '0.046'],
    [0.999, 2, '1.0'],
    [9.96, 2, '10'],
    [12345, 2, '12,000'],
    [124.2, 3, '124'],
    [2, 2, '2.0'],
    [-0.5, 2, '−0.50'],
  ] as const)('%s with %i digits reads %s', ([value, digits, expected]) => {
    expect(figure(value, digits)).toBe(expected)
  })

  it.prop([fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.constantFrom(2, 3)])(
    'stay within half a unit of their last digit',
    (value, digits) => {
      const shown = Number(figure(value, digits).replaceAll(',', ''))
      expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.5 * 10 ** (1 - digits) + 1e-9)
    },
  )
})

describe('shares', () => {
  test('a share that is not zero never reads 0 %', () => {
    expect(percent(0.001)).toBe('<1\u00a0%')
    expect(percent(0)).toBe('0\u00a0%')
    expect(percent(0.999)).toBe('>99\u00a0%')
    expect(percent(0.534)).toBe('53\u00a0%')
  })
})

describe('sizes', () => {
  test.for([
    [0, '0', 'B'],
    [999, '999', 'B'],
    [1500, '1.50', 'kB'],
    [999_999, '1.00', 'MB'],
    [8_589_934_592, '8.59', 'GB'],
  ] as const)('%i bytes read %s %s', ([value, text, unit]) => {
    expect(byteSize(value)).toEqual({ text, unit })
  })

  test('counts keep whole numbers below a thousand', () => {
    expect(siPrefix(63)).toEqual({ text: '63', prefix: '' })
    expect(siPrefix(4_354_000_000)).toEqual({ text: '4.35', prefix: 'G' })
  })

  test('axis labels carry no padding', () => {
    expect([0.05, 200, 1000, 50_000].map(tick)).toEqual(['0.05', '200', '1000', '50 k'])
    expect(plain(24.99)).toBe('24.99')
  })
})
