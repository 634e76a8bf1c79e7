import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../simulator/json.ts'

describe('canonical JSON', () => {
  test('keys come sorted by code unit at every depth, without white space', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { z: 0, y: null }], c: 'x' } })).toBe(
      '{"a":{"c":"x","d":[1,{"y":null,"z":0}]},"b":1}',
    )
    expect(canonicalJson({ 9: 1, 10: 2, a: 3 })).toBe('{"10":2,"9":1,"a":3}')
  })

  test('fractions are rounded to 9 significant digits, counts stay exact', () => {
    expect(canonicalJson([0.1 + 0.2, 1 / 3, 1.23456789012e-7])).toBe('[0.3,0.333333333,1.23456789e-7]')
    expect(canonicalJson(20_353_167_360)).toBe('20353167360')
    expect(canonicalJson(-0)).toBe('0')
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, 1n, new Map([['a', 1]]), new Date(0)])(
    '%s is refused',
    (value) => {
      expect(() => canonicalJson({ value })).toThrow(TypeError)
    },
  )

  property.prop([fc.jsonValue()])('reading it back and writing it again gives the same text', (value) => {
    const text = canonicalJson(value)
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })

  property.prop([fc.dictionary(fc.string(), fc.integer())])(
    'the order in which keys were added does not show',
    (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
    },
  )
})
