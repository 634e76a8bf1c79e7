/** Options that `sim` and `fit` share: which device, and how the model runs on it. */
import { fail } from '../simulator/problem.ts'
import { positiveNumber } from './number-options.ts'
import { shapeOptions, shapeUsage } from './shape-options.ts'

export const targetOptions = {
  device: { type: 'string' },
  unit: { type: 'string' },
  runtime: { type: 'string' },
  precision: { type: 'string' },
  batch: { type: 'string' },
  mode: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...shapeOptions,
} as const

export const targetUsage = `--device ID [--unit U] [--runtime R] [--precision P] [--batch N] [--mode M] ${shapeUsage} [--json]`
