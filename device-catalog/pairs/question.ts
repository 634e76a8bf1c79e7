/** What a row asks of the simulator: a prediction request, and how its figures are to be counted. */

import { precisions } from '../../simulator/graph/precision.ts'
import { releaseScope } from '../../simulator/hardware/calibration.ts'
import type { ComputeUnit, Device, UnitRuntime } from '../../simulator/hardware/device.ts'
import type { PeerFacts } from '../../simulator/hardware/missing.ts'
import { releaseOf } from '../../simulator/hardware/target.ts'
import type { Anchor } from '../../simulator/predict/anchors.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { predict } from '../../simulator/predict/predict.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../../simulator/predict/request.ts'
import { fail } from '../../simulator/problem.ts'
import { unitOf } from './compute-unit.ts'
import { type InputFacts, inputOf, type RowInput } from './input.ts'
import { type LatencyKind, saturatingBatch } from './latency-kind.ts'
import type { ModelCache } from './models.ts'
import { isCpu, operatingState } from './operating-state.ts'
import type { Pair } from './pair.ts'
import { runtimeFor } from './runtime.ts'
import { type Serving, served } from './serving.ts'

export interface PairContext {
  /** Throws `ProblemError` `unknown-device`. */
  deviceById(id: string): Device
  readonly peers: PeerFacts
  readonly catalogVersion: string
  /** `null` = the documented defaults alone. */
  readonly calibration: Calibration | null
  readonly models: ModelCache
  /** Results of the user's own that answers are narrowed by. */
  readonly anchors?: readonly Anchor[]
}

export interface Question {
  readonly request: PredictionRequest
  readonly kind: LatencyKind
  readonly input: RowInput
  /** The row is about the throughput of a system that fills its batches itself. */
  readonly isSaturated: boolean
  /** The row is about many requests at once; `null` = about one. */
  readonly serving: Serving | null
  /** The row names a mode or a clock; otherwise any mode of the device may have been set. */
  readonly isModeStated: boolean
  /** What the row says and the answer leaves out. */
  readonly remarks: readonly string[]
}

/** Rejects with `ProblemError` for a model, device or unit that does not exist. */
export async function questionOf(pair: Pair, context: PairContext): Promise<Question> {
  const device = context.deviceById(pair.deviceId)
  const unit = chooseUnit(device, pair)
  const runtime = pair.runtime === '' ? undefined : (runtimeFor(unit, pair.runtime, pair.precision) ?? undefined)
  const state = operatingState(device, unit, pair.powerMode)
  const { models } = context
  const facts = await models.inputFacts(pair.model)
  const lanes = pair.batch === null && state.batchLanes !== null && !facts.isDecoder ? state.batchLanes : null
  const input = inputOf(lanes === null ? pair : { ...pair, batch: lanes }, facts)
  const { modelId, workloads } = await models.get(pair.model, input.shape, input.pastTokens)
  const threads = isCpu(unit.kind) ? (pair.threads ?? undefined) : undefined
  return {
    request: {
      summary: workloads.summary,
      modelId,
      workloads,
      device: state.device,
      peers: context.peers,
      catalogVersion: context.catalogVersion,
      calibration: context.calibration,
      anchors: context.anchors,
      unit: unit.id,
      runtime,
      runtimeVersion: pair.runtimeVersion,
      precision: precisionOf(pair, unit, runtime, facts),
      batch: input.batch,
      powerMode: state.powerMode,
      threads,
    },
    kind: pair.kind,
    input,
    isSaturated: pair.kind.isSaturated && pair.batch === null,
    serving: facts.isDecoder ? await servingOf(pair, models) : null,
    isModeStated: state.isModeStated,
    remarks: [
      ...(runtime !== undefined && runtime !== pair.runtime
        ? [`runtime ${pair.runtime} answered from ${runtime}`]
        : []),
      ...(pair.runtimeVersion === '' || isReleaseMeasured(context.calibration, unit, runtime, pair.runtimeVersion)
        ? []
        : [`runtime_version "${pair.runtimeVersion}" not modelled`]),
      ...state.notModelled.map((what) => `${what} not modelled`),
      ...(pair.threads !== null && threads === undefined && pair.threads > 1
        ? [`threads ${pair.threads} not modelled`]
        : []),
      ...(pair.kind.answeredFrom === null
        ? []
        : [`latency_kind "${pair.kindText}" answered from ${pair.kind.answeredFrom}`]),
      ...(lanes === null ? [] : [`batch ${lanes}: a run fills the lanes of the unit`]),
      ...input.remarks,
    ],
  }
}

/** Whether results of this release tell its times from those of others. */
function isReleaseMeasured(
  calibration: Calibration | null,
  { kind }: ComputeUnit,
  runtime: string | undefined,
  version: string,
): boolean {
  const release = releaseOf(version)
  if (calibration === null || runtime === undefined || release === null) return false
  return calibration.evidence[releaseScope(kind, runtime, release)] !== undefined
}

/**
 * The prediction for one row; where the system fills its batches itself, the latency of the row's batch with the
 * throughput of a full one, if that fits into memory.
 *
 * Throws `ProblemError` as `predict` does, `does-not-fit-memory` and `operator-unsupported`: what cannot run has no figures.
 */
export function answer({ request, isSaturated, serving }: Question): Prediction {
  const atBatch = serving === null ? predict(request) : served(request, serving)
  const overflow = atBatch.warnings.find(({ code }) => code === 'does-not-fit-memory')
  if (overflow !== undefined) throw fail('does-not-fit-memory', overflow.fix)
  const lacking = atBatch.warnings.find(({ code }) => code === 'operator-unsupported')
  if (lacking !== undefined && atBatch.latencyMs.availability === 'unavailable') {
    throw fail('operator-unsupported', lacking.fix, { where: lacking.where ?? '' })
  }
  if (!isSaturated) return atBatch
  const full = predict({ ...request, batch: saturatingBatch })
  const fits = full.warnings.every(({ code }) => code !== 'does-not-fit-memory')
  return fits ? { ...atBatch, throughputPerS: full.throughputPerS } : atBatch
}

/** Formats of a language model's weights that few bits leave readable as fast as one reads **(assumed)**. */
const mostBitsOfPacked = 6

/**
 * `undefined` = whatever the runtime prefers; but a language model without a stated precision is published in the packed
 * weights that its runtime reads, if it reads any, and one in plain `int4` keeps floating-point activations.
 */
function precisionOf(
  { precision }: Pair,
  unit: ComputeUnit,
  runtime: string | undefined,
  { isDecoder, publishedShape }: InputFacts,
): string | undefined {
  const listed = unit.runtimes.find(({ id }) => id === runtime)?.precisions ?? []
  if (isDecoder && precision === 'int4') return listed.find((id) => id === 'int4-w4f16') ?? precision
  if (precision !== '') return precision
  if (!isDecoder || publishedShape === null) return undefined
  return listed.find((id) => precisions[id].weightBits < mostBitsOfPacked)
}

async function servingOf({ model, size, batch }: Pair, models: ModelCache): Promise<Serving | null> {
  if (size.kind !== 'serving' || batch !== null) return null
  return { prompt: await models.get(model, [1, size.promptTokens], 0), answerTokens: size.answerTokens }
}

/** The unit that the row names; without a name the first that runs its runtime and precision, as far as they are known. */
function chooseUnit({ units }: Device, pair: Pair): ComputeUnit {
  const runs = ({ id, precisions }: UnitRuntime): boolean =>
    (pair.runtime === '' || id === pair.runtime) &&
    (pair.precision === '' || precisions.some((p) => p === pair.precision))
  const named = pair.unit === '' ? null : unitOf(units, pair.unit)
  const unit =
    pair.unit === ''
      ? (units.find(({ runtimes }) => runtimes.some(runs)) ??
        units.find(({ runtimes }) => runtimes.some(({ id }) => id === pair.runtime)) ??
        units[0])
      : units.find(({ id }) => id === named)
  if (unit === undefined) {
    throw fail('unit-not-on-device', 'Name a compute unit of the device.', {
      where: 'compute_unit',
      expected: units.map(({ id }) => id).join(', '),
      received: pair.unit,
    })
  }
  return unit
}
