import { test as propertyTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatMetric,
  formatNumber,
  formatProbability,
  formatQuantity,
  formatRange,
  formatShare,
} from '../../../simulator/report/figures.ts'

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [4.2049, '4.2'],
    [0.012345, '0.0123'],
    [123.45, '123'],
    [999.96, '1000'],
    [12345, '12300'],
    [-2.5, '-2.5'],
  ])('%d is shown as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  propertyTest.prop([fc.double({ min: 1e-9, max: 1e12, noNaN: true })])('stay within half a percent', (value) => {
    const shown = formatNumber(value)
    expect(shown).toMatch(/^\d+(\.\d+)?$/)
    expect(Math.abs(Number(shown) / value - 1)).toBeLessThanOrEqual(0.0051)
  })

  test.each([
    [0.25, 'ms', '250 µs'],
    [33, 'ms', '33 ms'],
    [2500, 'ms', '2.5 s'],
    [0, 'ms', '0 ms'],
    [3_500_000, 'bytes', '3.5 MB'],
    [12, 'bytes', '12 B'],
    [0.5, 'w', '500 mW'],
    [569e6, 'macs', '569 MMAC'],
  ] as const)('%d in %s is shown as %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text)
  })

  test('both ends of an interval are in one unit', () => {
    expect(formatRange([0.8, 2.4], 'ms')).toBe('0.8 – 2.4 ms')
    expect(formatRange([900, 1200], 'ms')).toBe('0.9 – 1.2 s')
  })

  test('a metric comes with its 80 % interval, or not at all', () => {
    expect(formatMetric({ availability: 'available', p50: 4, pi80: [2, 8], pi95: [1, 16] }, 'ms')).toBe(
      '4 ms (2 – 8 ms)',
    )
    expect(formatMetric({ availability: 'unavailable', missing: 'device.idleW' }, 'mj')).toBeNull()
  })

  test('a metric without spread comes alone', () => {
    expect(formatMetric({ availability: 'available', p50: 4, pi80: [4, 4], pi95: [4, 4] }, 'bytes')).toBe('4 B')
  })

  test('a probability is never rounded to certainty', () => {
    expect([0.9, 0.899, 0.1, 0.101, 0.5].map(formatProbability)).toEqual(['0.90', '0.89', '0.10', '0.11', '0.50'])
    expect(formatProbability(0.999)).toBe('>0.99')
    expect(formatProbability(0.001)).toBe('<0.01')
    expect(formatProbability(1)).toBe('>0.99')
    expect(formatProbability(0)).toBe('<0.01')
    expect(formatProbability(0.934)).toBe('0.93')
  })

  test('a share is shown in percent', () => {
    expect(formatShare(0.375)).toBe('37.5 %')
  })
})
