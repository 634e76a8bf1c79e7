/** Calibrations of a few numbers. */
import type { LogFactors } from '../../simulator/hardware/calibration.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'

export function makeCalibration(
  factors: Readonly<Record<string, LogFactors>>,
  rest: Partial<Omit<Calibration, 'factors'>> = {},
): Calibration {
  const widths = { measured: {}, validated: {}, transferred: {}, extrapolated: {} }
  return {
    version: 1,
    inputs: 'test',
    factsVersion: 'test',
    engineVersion: 'test',
    factors,
    effects: { networks: [], weights: {} },
    evidence: {},
    widths,
    energy: {},
    measured: null,
    ...rest,
  }
}
