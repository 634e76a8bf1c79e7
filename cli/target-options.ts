/** Options that `sim` and `fit` share, and the prediction that they ask for. */
import { modelId } from '../simulator/graph/model-id.ts'
import type { Device } from '../simulator/hardware/device.ts'
import { predict } from '../simulator/predict/predict.ts'
import type { Prediction } from '../simulator/predict/prediction.ts'
import { fail } from '../simulator/problem.ts'
import { catalogVersion, deviceById, peers } from './catalog.ts'
import type { OptionValues } from './command.ts'
import { summaryOf } from './model.ts'
import { positiveCount } from './number-options.ts'
import { parseDims, parseInputShapes, shapeOptions, shapeUsage } from './shape-options.ts'

export const targetOptions = {
  device: { type: 'string' },
  unit: { type: 'string' },
  runtime: { type: 'string' },
  precision: { type: 'string' },
  batch: { type: 'string', default: '1' },
  mode: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...shapeOptions,
} as const

export const targetUsage = `--device ID [--unit U] [--runtime R] [--precision P] [--batch N] [--mode M] ${shapeUsage}`

/** Rejects with `ProblemError` for a model, device or target that does not exist, or with sizes left open. */
export async function predictTarget(
  model: string,
  options: OptionValues<typeof targetOptions>,
): Promise<{ readonly device: Device; readonly prediction: Prediction }> {
  if (options.device === undefined) {
    throw fail('invalid-usage', 'Name a device: --device ID. edgefit devices lists them.', { where: '--device' })
  }
  const device = deviceById(options.device)
  const batch = positiveCount(options.batch, '--batch')
  const bindings = { dims: parseDims(options.dims), inputShapes: parseInputShapes(options['input-shapes']) }
  const summary = await summaryOf(model, bindings)
  const prediction = predict({
    summary,
    modelId: await modelId(summary),
    device,
    peers: peers(),
    catalogVersion,
    unit: options.unit,
    runtime: options.runtime,
    precision: options.precision,
    batch,
    powerMode: options.mode,
    kernels: true,
  })
  return { device, prediction }
}
