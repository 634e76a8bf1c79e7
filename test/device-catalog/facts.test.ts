import { describe, expect, test } from 'vitest'
import { confirmed, derived, disputed, fact, factIn, measured, optionalFactIn } from '../../device-catalog/facts.ts'
import { factSchema } from '../../device-catalog/schema.ts'

const seen = 'mlperf-tiny-1.2'
const remembered = 'list-prices'

describe('a figure becomes a fact', () => {
  test('a bare number is a vendor figure of the default sources that nobody has seen', () => {
    expect(factIn(26, 'TOPS', [seen])).toEqual({
      value: 26,
      unit: 'TOPS',
      status: 'vendor',
      sourceIds: [seen],
      retrieved: null,
      confirmed: false,
    })
  })

  test('its own sources replace the default ones', () => {
    expect(factIn(fact(5, { sources: [seen] }), 'W', [remembered]).sourceIds).toEqual([seen])
    expect(factIn(measured(5, 'whole board', seen), 'W', [remembered])).toMatchObject({
      status: 'measured',
      note: 'whole board',
      sourceIds: [seen],
    })
  })

  test('a confirmed one carries the day its source was opened', () => {
    expect(factIn(confirmed(5), 'W', [seen])).toMatchObject({ confirmed: true, retrieved: '2026-11-24' })
  })

  test('what rests on memory alone cannot be confirmed', () => {
    expect(() => factIn(confirmed(5), 'USD', [remembered])).toThrow(/needs a source that was opened/)
  })

  test('a conflict keeps every value, and what is said about the first', () => {
    const figure = disputed(disputed(derived(47.9, '2 × MACs × clock'), 47, 'one list'), 48, 'another')
    expect(factIn(figure, 'TOPS', [seen])).toMatchObject({
      value: 47.9,
      formula: '2 × MACs × clock',
      conflict: [
        { value: 47, note: 'one list' },
        { value: 48, note: 'another' },
      ],
    })
  })

  test('an unknown figure is null, never zero', () => {
    expect(optionalFactIn(undefined, 'W', [seen])).toBeNull()
    expect(optionalFactIn(0, 'W', [seen])?.value).toBe(0)
  })
})

describe('the form of a fact refuses', () => {
  const good = factIn(derived(1, 'two halves'), 'W', [seen])

  test.each([
    ['no source', { sourceIds: [] }],
    ['a derived figure without its formula', { formula: undefined }],
    ['a confirmed figure without a day', { confirmed: true }],
    ['a day without confirmation', { retrieved: '2026-11-24' }],
    ['a confirmed assumption', { status: 'assumed', confirmed: true, retrieved: '2026-11-24' }],
    ['a negative number', { value: -1 }],
    ['no number', { value: Number.NaN }],
    ['an unknown unit', { unit: 'GFLOPS' }],
    ['an unknown field', { certainty: 'high' }],
  ])('%s', (_, change) => {
    expect(factSchema.safeParse(good).success).toBe(true)
    expect(factSchema.safeParse({ ...good, ...change }).success).toBe(false)
  })

  test('nothing that the helpers make', () => {
    for (const figure of [1, measured(1, 'so'), confirmed(2), disputed(1, 2, 'so'), fact(1)]) {
      expect(factSchema.safeParse(factIn(figure, 'W', [seen])).success).toBe(true)
    }
  })
})
