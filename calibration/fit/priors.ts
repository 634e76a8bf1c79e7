/**
 * How far a factor may move at each level before evidence has to pull (docs/method/calibration.md, CAL-3): standard
 * deviations of its logarithm. They are the only tuning of the fit and were set on cross-validated error.
 */
import { calibratedParameters, traitCount, type WorkKind } from '../../simulator/hardware/calibration.ts'
import { scaleSdOf } from '../../simulator/predict/prior-spread.ts'

/** kind, kind × numbers, kind × runtime, × numbers, release, die, family, × runtime × numbers, device unit, × runtime × precision. */
const networkReach = [1, 0.5, 0.7, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4, 0.5] as const
/**
 * Decoders are a few products that weights and cache bind, so their law leaves little to kernels and to the run as a whole;
 * runtimes of one kind of unit share less, as each brings kernels of its own.
 */
const decoderReach = [0.3, 0.3, 0.8, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.5] as const

const fixed = 1e-3

interface Reach {
  readonly reach: readonly number[]
  readonly kernelSd: number
  readonly shapeSd: number
  readonly factSd: number
}

const reaches: Readonly<Record<WorkKind, Reach>> = {
  network: { reach: networkReach, kernelSd: 0.25, shapeSd: 0.15, factSd: 0.25 },
  decoder: { reach: decoderReach, kernelSd: 0.1, shapeSd: fixed, factSd: 0.05 },
}

const rateSd = [0.7, 0.2, 0.5, 0.2, 0.2, 0.3, 0.2, 0.2, 0.3, 0.2] as const
/** What tells devices of a kind apart has no meaning inside a family or a device. */
const factLevels = 3

const termSd = 0.3
const startSd = 0.4
const spreadSd = 0.08

export function priorSd(work: WorkKind, level: number, parameter: number): number {
  const { reach, kernelSd, shapeSd, factSd } = reaches[work]
  const far = reach[level] ?? 0
  if (parameter < traitCount) return far * kernelSd
  switch (calibratedParameters[parameter]) {
    case 'shape.rows':
    case 'shape.depth':
    case 'shape.columns':
    case 'shape.elements':
      return far * shapeSd
    case 'scale':
      return scaleSdOf(work, level)
    case 'rate':
      return rateSd[level] ?? fixed
    case 'kernelStart':
    case 'runStart':
      return far * startSd
    case 'batch':
    case 'threads':
      return far * spreadSd
    case 'peak':
    case 'bandwidth':
    case 'year':
      return level < factLevels ? far * factSd : fixed
    default:
      return far * termSd
  }
}

/** Residuals beyond this pull with constant force (Huber 1964). */
export const huberLog = 0.2
