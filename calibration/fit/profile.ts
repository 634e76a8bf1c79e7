/**
 * A measured run as the fit sees it: the terms of every kernel before calibration, and how the logarithm of the time
 * answers to the logarithms of the factors (docs/method/calibration.md, CAL-2).
 *
 *     ∂ ln T / ∂ ln f = (share of T that f multiplies),   inside the norm ∂‖·‖ / ∂ ln term = ‖·‖ · (term / ‖·‖)^p
 */
import type { Kernel } from '../../simulator/cost/kernel.ts'
import {
  calibratedParameters,
  computeAt,
  covariatesOf,
  dramAt,
  firstRunParameter,
  firstShapeParameter,
  kernelStartAt,
  linkAt,
  onchipAt,
  runStartAt,
} from '../../simulator/hardware/calibration.ts'
import { logKernelFactor, logRunFactor, onchipPartS } from '../../simulator/hardware/rescale.ts'
import { type PlacedSimulation, resolvedAt } from '../../simulator/placement/simulate-placed.ts'

export interface Profile {
  readonly kernels: readonly Pick<Kernel, 'traits' | 'shape'>[]
  /** Terms of each kernel, s. */
  readonly computeS: Float64Array
  readonly dramS: Float64Array
  readonly onchipS: Float64Array
  readonly linkS: Float64Array
  readonly busyS: Float64Array
  readonly startS: Float64Array
  readonly runStartS: number
  /** On another unit and between the two: calibrated by that unit's rows, a constant here. */
  readonly elsewhereS: number
  readonly runLinkS: number
  readonly exponent: number
  /** Of what is asked over what the terms add up to: cores side by side, rows in flight. */
  readonly logShare: number
  readonly covariates: readonly number[]
}

/** `simulation` is uncalibrated; `isRate`: what was measured is the time between finished runs. */
export function profileOf(simulation: PlacedSimulation, isRate: boolean): Profile {
  const { kernels: times, run, workload, resolved, fallback } = simulation
  const unitParts = fallback?.partitions.filter(({ side }) => side === 'unit').length ?? 0
  const invokesS = fallback === null ? run.overheadS : unitParts * fallback.invokeS
  const { rates, parameters, target } = resolved
  const count = workload.kernels.length
  const [dramS, onchipS] = [new Float64Array(count), new Float64Array(count)]
  const [busyS, startS] = [new Float64Array(count), new Float64Array(count)]
  let sumS = 0
  let elsewhereS = run.overheadS - invokesS
  for (const { linkS, copyS } of fallback?.crossings ?? []) elsewhereS += linkS + copyS
  for (let i = 0; i < count; i++) {
    if (resolvedAt(simulation, i) !== resolved) {
      elsewhereS += times.totalS[i] ?? 0
      continue
    }
    const onchip = onchipPartS(times, i, rates.onchipBytesPerS)
    onchipS[i] = onchip
    dramS[i] = (times.memoryS[i] ?? 0) - onchip
    busyS[i] = (times.totalS[i] ?? 0) - (times.overheadS[i] ?? 0)
    startS[i] = times.overheadS[i] ?? 0
    sumS += busyS[i] ?? 0
  }
  // Where runs overlap, the time between two is set by the kernels alone.
  const isPaced = isRate && run.intervalS !== null && sumS > 0
  return {
    kernels: workload.kernels.map(({ traits, shape }) => ({ traits, shape })),
    computeS: times.computeS,
    dramS,
    onchipS,
    linkS: times.linkS,
    busyS,
    startS: isPaced ? new Float64Array(count) : startS,
    runStartS: isPaced ? 0 : invokesS,
    elsewhereS,
    runLinkS: isPaced ? 0 : run.linkS,
    exponent: parameters.overlapExponent,
    logShare: isRate ? Math.log(simulation.intervalS / (isPaced ? sumS : simulation.latencyS)) : 0,
    covariates: covariatesOf(target, rates, workload.batch, isRate),
  }
}

/** ln of the calibrated time in seconds; fills `gradient` [parameters] with ∂ ln T / ∂ ln factor where given. */
export function logTime(profile: Profile, logFactors: Float64Array, gradient: Float64Array | null): number {
  const factor = (index: number): number => Math.exp(logFactors[index] ?? 0)
  const [compute, dram, onchip, link] = [factor(computeAt), factor(dramAt), factor(onchipAt), factor(linkAt)]
  const [start, runStart] = [factor(kernelStartAt), factor(runStartAt)]
  const { exponent } = profile
  gradient?.fill(0)
  const add = (index: number, value: number): void => {
    if (gradient !== null) gradient[index] = (gradient[index] ?? 0) + value
  }
  let totalS = 0
  for (let i = 0; i < profile.busyS.length; i++) {
    const startS = (profile.startS[i] ?? 0) * start
    totalS += startS
    add(kernelStartAt, startS)
    const kernel = profile.kernels[i]
    const busyS = profile.busyS[i] ?? 0
    if (kernel === undefined || busyS === 0) continue
    const plain = [profile.computeS[i] ?? 0, (profile.dramS[i] ?? 0) + (profile.onchipS[i] ?? 0), profile.linkS[i] ?? 0]
    const computeS = (profile.computeS[i] ?? 0) * compute
    const dramS = (profile.dramS[i] ?? 0) * dram
    const onchipS = (profile.onchipS[i] ?? 0) * onchip
    const linkS = (profile.linkS[i] ?? 0) * link
    const before = sumOfPowers(plain[0] ?? 0, plain[1] ?? 0, plain[2] ?? 0, exponent)
    const after = sumOfPowers(computeS, dramS + onchipS, linkS, exponent)
    if (before.norm === 0 || after.norm === 0) continue
    const scaledS = busyS * (after.norm / before.norm) * Math.exp(logKernelFactor(kernel, logFactors))
    totalS += scaledS
    if (gradient === null) continue
    for (const trait of kernel.traits) add(trait, scaledS)
    kernel.shape.forEach((size, j) => {
      add(firstShapeParameter + j, scaledS * size)
    })
    add(computeAt, scaledS * after.shares[0])
    add(linkAt, scaledS * after.shares[2])
    const memoryS = dramS + onchipS
    if (memoryS > 0) {
      add(dramAt, (scaledS * after.shares[1] * dramS) / memoryS)
      add(onchipAt, (scaledS * after.shares[1] * onchipS) / memoryS)
    }
  }
  const runStartS = profile.runStartS * runStart
  const runLinkS = profile.runLinkS * link
  totalS += runStartS + runLinkS + profile.elsewhereS
  add(runStartAt, runStartS)
  add(linkAt, runLinkS)
  if (gradient !== null) {
    for (let j = 0; j < firstRunParameter; j++) gradient[j] = (gradient[j] ?? 0) / totalS
    profile.covariates.forEach((value, j) => {
      gradient[firstRunParameter + j] = value
    })
  }
  return Math.log(totalS) + profile.logShare + logRunFactor(logFactors, profile.covariates)
}

interface Norm {
  readonly norm: number
  /** (term / norm)^p of each term; they sum to 1. */
  readonly shares: readonly [number, number, number]
}

function sumOfPowers(a: number, b: number, c: number, exponent: number): Norm {
  const largest = Math.max(a, b, c)
  if (largest === 0) return { norm: 0, shares: [0, 0, 0] }
  const [pa, pb, pc] = [(a / largest) ** exponent, (b / largest) ** exponent, (c / largest) ** exponent]
  const sum = pa + pb + pc
  return { norm: largest * sum ** (1 / exponent), shares: [pa / sum, pb / sum, pc / sum] }
}

export const parameterCount = calibratedParameters.length
