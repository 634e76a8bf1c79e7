import { describe, expect, test } from 'vitest'
import { reconcile } from '../../../calibration/validation/reconcile.ts'

const at = (key: string, ...values: number[]) => ({ key, values })

describe('a list of exceptions', () => {
  test('holds where everything found is listed within rounding', () => {
    expect(reconcile([at('a', 0.12345, 2)], [at('a', 0.123, 2)], 3)).toEqual({ unlisted: [], stale: [] })
  })

  test('fails for what is not listed', () => {
    expect(reconcile([at('a', 1), at('b', 2)], [at('a', 1)], 2)).toEqual({ unlisted: [at('b', 2)], stale: [] })
  })

  test('fails for what is listed and no longer so', () => {
    expect(reconcile([], [at('a', 1)], 2)).toEqual({ unlisted: [], stale: [at('a', 1)] })
  })

  test('fails both ways for another number, in any of its columns', () => {
    const [found, listed] = [at('a', 0.2, 0.3), at('a', 0.2, 0.302)]
    expect(reconcile([found], [listed], 3)).toEqual({ unlisted: [found], stale: [listed] })
  })
})
