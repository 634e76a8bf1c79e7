/** Options that name one model on one target, and the question that they make. */
import { presetIdOf } from '../model-zoo/preset-name.ts'
import type { Scenario } from '../simulator/decide/what-if/scenario.ts'
import { modelId } from '../simulator/graph/model-id.ts'
import { linkForms, withLink } from '../simulator/hardware/link-override.ts'
import type { PredictionRequest } from '../simulator/predict/request.ts'
import { fail } from '../simulator/problem.ts'
import { batchSchema, threadsSchema } from '../worker/contract/question.ts'
import { catalogVersion, deviceById, loadCalibration, peers } from './catalog.ts'
import type { OptionValues } from './command.ts'
import { boundModel } from './model.ts'
import { numberOption, optionalNumber } from './number-options.ts'
import { parseBindings, shapeOptions, shapeUsage } from './shape-options.ts'

export const targetOptions = {
  device: { type: 'string' },
  unit: { type: 'string' },
  runtime: { type: 'string' },
  precision: { type: 'string' },
  batch: { type: 'string', default: '1' },
  mode: { type: 'string' },
  threads: { type: 'string' },
  link: { type: 'string' },
  json: { type: 'boolean', default: false },
  ...shapeOptions,
} as const

export const targetUsage = `--device ID [--unit U] [--runtime R] [--precision P] [--batch N] [--mode M] [--threads N] [--link "${linkForms}"] ${shapeUsage}`

/** Rejects with `ProblemError` for a model, device or link that does not exist, or with sizes left open. */
export async function targetScenario(model: string, options: OptionValues<typeof targetOptions>): Promise<Scenario> {
  if (options.device === undefined) {
    throw fail('invalid-usage', 'Name a device: --device ID. edgefit devices lists them.', { where: '--device' })
  }
  const device = deviceById(options.device)
  const bindings = parseBindings(options)
  const { graph, summary } = await boundModel(model, bindings)
  const presetId = presetIdOf(model)
  const request: PredictionRequest = {
    summary,
    modelId: await modelId(summary),
    device: options.link === undefined ? device : withLink(device, options.link),
    peers: peers(),
    catalogVersion,
    calibration: loadCalibration(),
    unit: options.unit,
    runtime: options.runtime,
    precision: options.precision,
    batch: numberOption(options.batch, '--batch', batchSchema),
    powerMode: options.mode,
    threads: optionalNumber(options.threads, '--threads', threadsSchema),
    kernels: true,
  }
  return { origin: { graph, bindings, preset: presetId === null ? null : { id: presetId, options: {} } }, request }
}

export async function targetQuestion(
  model: string,
  options: OptionValues<typeof targetOptions>,
): Promise<PredictionRequest> {
  return (await targetScenario(model, options)).request
}
