import { expect, test } from 'vitest'
import { coverageBand } from '../../../calibration/validation/coverage-band.ts'

// Quantiles of the binomial distribution at 2.5 % and 97.5 %, p = 0.8, as SciPy 1.17 gives them.
test.for([
  [1, 0, 1],
  [3, 1, 3],
  [14, 8, 14],
  [30, 19, 28],
  [64, 45, 57],
] as const)('the band of %i draws', ([n, low, high]) => {
  expect(coverageBand(n)).toEqual([low / n, high / n])
})
