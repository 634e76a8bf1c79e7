/** From a graph summary and a device to the full answer (docs/method/README.md). */
import type { Workload } from '../cost/workload.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'
import type { PlacedSimulation } from '../placement/simulate-placed.ts'
import { fallbackWarning, refusalOf } from '../placement/verdict.ts'
import { energyOfRun, resolvePower, scaledEnergy } from '../power/energy.ts'
import type { Problem } from '../problem.ts'
import { engineVersion } from '../version.gen.ts'
import type { Anchoring } from './anchors.ts'
import { basisOf } from './basis.ts'
import { type Calibrated, calibrate } from './calibration.ts'
import { evidenceOf } from './evidence-of.ts'
import { explain } from './explain.ts'
import type { FactorDetail } from './explain-factors.ts'
import { everyKernel, kernelResult, largestKernels } from './kernel-results.ts'
import { madeForWarning } from './made-for.ts'
import { memoryOf } from './memory.ts'
import { energyParts, metrics, unanswered } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import type { PredictionRequest } from './request.ts'
import { askedNetworkOf, runOf } from './run.ts'

/**
 * Throws `ProblemError` for a target that does not exist (see `resolveTarget`) and `invalid-field` for a batch that is
 * no positive whole number. Bad news (does not fit, unknown operators) is in the answer.
 */
export function predict(request: PredictionRequest): Prediction {
  const { batch, target, workload, resolved, calibrated, anchoring, simulation } = runOf(request)
  const energyFactor = Math.exp(calibrated?.logEnergy ?? 0)
  const power = resolvePower(target, request.peers)
  const energy = power === null ? null : scaledEnergy(energyOfRun(simulation, power), energyFactor)
  const { footprint, warnings } = memoryOf(simulation)
  const refusal = refusalOf(workload, target)
  const placement = refusal ?? fallbackWarning(simulation)
  const madeFor = madeForWarning(target, request.summary)

  const missing = missingOf(refusal, workload)
  const largest = largestKernels(simulation)
  const shown = request.kernels === true ? everyKernel(simulation) : largest
  return {
    modelId: request.modelId,
    deviceId: target.device.id,
    unitId: target.unit.id,
    runtimeId: target.runtime.id,
    precision: target.precision,
    batch,
    powerMode: target.powerModeId,
    engineVersion,
    catalogVersion: request.catalogVersion,
    ...(missing === null ? metrics(simulation, energy, power, calibrated, anchoring) : unanswered(missing)),
    memory: footprint,
    coverage: workload.coverage,
    unknownOperators: workload.unknownOperators,
    totals: workload.totals,
    bound: simulation.bound,
    boundShare: simulation.latencyS > 0 ? simulation.boundS[simulation.bound] / simulation.latencyS : 1,
    energyParts: energy === null ? null : energyParts(energy),
    largestKernels: request.kernels === true ? largest : [...largest.keys()],
    kernels: shown.map((index) => kernelResult(simulation, index, energy)),
    evidence: evidenceOf(resolved, workload.totals.macs / batch, calibrated, anchoring.spreadShare < leastNarrowing),
    measured: calibrated?.published ?? [],
    basis: basisOf(resolved, power),
    explanation: explain(
      simulation,
      request.explain === 'all' ? everyKernel(simulation) : largest,
      request.explain === undefined ? null : (of) => detailOf(request, of, calibrated, simulation, anchoring),
    ),
    warnings: [...warnings, ...(placement === null ? [] : [placement]), ...(madeFor === null ? [] : [madeFor])],
  }
}

/** Anchors that narrow less than this say nothing about what is asked. */
const leastNarrowing = 0.99

/** What the factors of the unit, or of the fallback beside it, are added up from. */
function detailOf(
  request: PredictionRequest,
  of: ResolvedTarget,
  calibrated: Calibrated | null,
  { resolved, workload }: PlacedSimulation,
  { logShift }: Anchoring,
): FactorDetail | null {
  const { calibration } = request
  if (calibration == null || calibrated === null) return null
  if (of === resolved) return { calibration, calibrated, logAnchored: logShift }
  const elsewhere = calibrate(calibration, of.target, askedNetworkOf(request, workload.batch))
  return { calibration, calibrated: elsewhere, logAnchored: 0 }
}

/** What stands between the question and any figure: operators that cannot run, or none whose work is known. */
function missingOf(refusal: Problem | null, { coverage, unknownOperators }: Workload): string | null {
  if (refusal !== null) return `runtime support of ${refusal.where ?? 'its operators'}`
  return coverage === 0 ? `work of ${unknownOperators.join(', ')}` : null
}
