/** Calibrated factors as nodes of the explanation: each with the scopes that it is added up from and the rows behind them. */
import type { Kernel } from '../cost/kernel.ts'
import { shapeDimensions } from '../cost/kernel-shape.ts'
import {
  calibratedParameters,
  covariatesOf,
  firstRunParameter,
  firstShapeParameter,
  scaleAt,
} from '../hardware/calibration.ts'
import type { ResolvedTarget } from '../hardware/simulate.ts'
import type { Calibrated, Calibration } from './calibration.ts'
import { leaf, product } from './explain-node.ts'
import type { Explanation } from './prediction.ts'

/** What the factors of a target are added up from; only where the whole tree is asked for. */
export interface FactorDetail {
  readonly calibration: Calibration
  readonly calibrated: Calibrated
  /** By results of the user's own. */
  readonly logAnchored: number
}

/** A factor of exactly 1 is left out. */
export class Factors {
  readonly #resolved: ResolvedTarget
  readonly #batch: number
  readonly #detail: FactorDetail | null
  #run: readonly Explanation[] | null = null

  constructor(resolved: ResolvedTarget, batch: number, detail: FactorDetail | null) {
    this.#resolved = resolved
    this.#batch = batch
    this.#detail = detail
  }

  /** Of a term: `compute`, `dram`, … */
  ofTerm(parameter: number): readonly Explanation[] {
    return this.#factor(parameter, 1)
  }

  /** Of the traits and sizes of a kernel. */
  ofKernel({ traits, shape }: Pick<Kernel, 'traits' | 'shape'>): readonly Explanation[] {
    const byShape = shapeDimensions.flatMap((_, index) => this.#factor(firstShapeParameter + index, shape[index] ?? 0))
    return [...traits.flatMap((trait) => this.#factor(trait, 1)), ...byShape]
  }

  /** Of every time of the run. */
  ofRun(): readonly Explanation[] {
    this.#run ??= this.#ofRun()
    return this.#run
  }

  #ofRun(): readonly Explanation[] {
    const { target, rates, logFactors } = this.#resolved
    if (logFactors === null) return []
    const covariates = covariatesOf(target, rates, this.#batch)
    return covariates.flatMap((covariate, index) => this.#factor(firstRunParameter + index, covariate))
  }

  #factor(parameter: number, exponent: number): readonly Explanation[] {
    const log = (this.#resolved.logFactors?.[parameter] ?? 0) * exponent
    if (log === 0) return []
    const node = factorNode('CAL-1', `factor of ${calibratedParameters[parameter] ?? ''}`, log)
    if (this.#detail === null) return [leaf(node)]
    const shares = [
      ...this.#scopes(this.#detail, parameter, exponent),
      ...(parameter === scaleAt ? this.#shares(this.#detail) : []),
    ]
    const left = log - shares.reduce((total, { value }) => total + Math.log(value), 0)
    const corrected =
      Math.abs(left) > leastLog ? [leaf(factorNode('CAL-1', 'not faster than the hardware allows', left))] : []
    return [product(node, [...shares, ...corrected])]
  }

  #scopes({ calibration, calibrated }: FactorDetail, parameter: number, exponent: number): Explanation[] {
    const name = calibratedParameters[parameter]
    return calibrated.shares.scopes.flatMap((scope) => {
      const log = scope === null || name === undefined ? undefined : calibration.factors[scope]?.[name]
      if (scope === null || log === undefined || log === 0) return []
      return [leaf({ ...factorNode('CAL-1', scope, log * exponent), ...behind(calibration, scope) })]
    })
  }

  #shares({ calibration, calibrated, logAnchored }: FactorDetail): Explanation[] {
    const { effects, logMeasured } = calibrated.shares
    const of = (formula: string, quantity: string, log: number): Explanation[] =>
      log === 0 ? [] : [leaf(factorNode(formula, quantity, log))]
    return [
      ...effects.flatMap(({ scope, log }) =>
        log === 0
          ? []
          : [leaf({ ...factorNode('CAL-3', `effect of the network, ${scope}`, log), ...behind(calibration, scope) })],
      ),
      ...of('CAL-7', 'published figures of the pair', logMeasured),
      ...of('CAL-5', 'results of your own', logAnchored),
    ]
  }
}

/** Below it, rounding. */
const leastLog = 1e-12

function factorNode(formula: string, quantity: string, log: number) {
  return { formula, quantity, value: Math.exp(log), unit: '1' }
}

function behind({ evidence }: Calibration, scope: string) {
  const found = evidence[scope]
  return { scope, rows: found?.rows ?? 0, devices: found?.devices ?? 0 }
}
