import { describe, expect, test } from 'vitest'
import { problemCodes } from '../../../simulator/problem.ts'
import { en } from '../../../simulator/report/text/en.ts'

describe('the English sentences', () => {
  test.each(problemCodes)('%s has a sentence of its own', (code) => {
    const sentence = en.problems[code]
    expect(sentence).toMatch(/^[A-Ze].*\.$/)
    expect(Object.values(en.problems).filter((other) => other === sentence)).toHaveLength(1)
  })
})
