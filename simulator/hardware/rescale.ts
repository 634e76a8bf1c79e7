/**
 * Calibrated times (docs/method/calibration.md, CAL-1): the terms of the law, each scaled by its factor.
 *
 *     t' = t_fix · o + busy · f_kernel · ‖c·compute, d·dram + m·onchip, l·link‖_p / ‖compute, dram + onchip, link‖_p
 *
 * `busy` is what the unit's own model made of the three terms, so every model is calibrated alike.
 */
import type { Kernel } from '../cost/kernel.ts'
import {
  computeAt,
  dramAt,
  firstRunParameter,
  firstShapeParameter,
  kernelStartAt,
  linkAt,
  onchipAt,
  runStartAt,
} from './calibration.ts'
import type { KernelTimes, RunTimes } from './compute-unit.ts'
import { overlap } from './law.ts'

/** Part of a kernel's memory time that is spent on chip. */
export function onchipPartS(times: KernelTimes, index: number, onchipBytesPerS: number): number {
  return Math.min(times.memoryS[index] ?? 0, (times.onchipBytes[index] ?? 0) / onchipBytesPerS)
}

/** What a kernel's traits and sizes add to the logarithm of its time. */
export function logKernelFactor({ traits, shape }: Pick<Kernel, 'traits' | 'shape'>, logFactors: Float64Array): number {
  let sum = 0
  for (const trait of traits) sum += logFactors[trait] ?? 0
  for (let i = 0; i < shape.length; i++) sum += (shape[i] ?? 0) * (logFactors[firstShapeParameter + i] ?? 0)
  return sum
}

/** What the run parameters add to the logarithm of every time. */
export function logRunFactor(logFactors: Float64Array, covariates: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < covariates.length; i++) sum += (covariates[i] ?? 0) * (logFactors[firstRunParameter + i] ?? 0)
  return sum
}

/** Rescales the columns of `times` in place; returns what a run costs beside its kernels. */
export function rescale(
  kernels: readonly Kernel[],
  times: KernelTimes,
  run: RunTimes,
  logFactors: Float64Array,
  covariates: readonly number[],
  exponent: number,
  onchipBytesPerS: number,
): RunTimes {
  const factor = (index: number): number => Math.exp(logFactors[index] ?? 0)
  const whole = Math.exp(logRunFactor(logFactors, covariates))
  const [compute, dram, onchip, link] = [factor(computeAt), factor(dramAt), factor(onchipAt), factor(linkAt)]
  const start = factor(kernelStartAt) * whole
  let before = 0
  let after = 0
  for (let i = 0; i < kernels.length; i++) {
    const kernel = kernels[i]
    if (kernel === undefined) continue
    const computeS = times.computeS[i] ?? 0
    const memoryS = times.memoryS[i] ?? 0
    const linkS = times.linkS[i] ?? 0
    const overheadS = times.overheadS[i] ?? 0
    const busyS = (times.totalS[i] ?? 0) - overheadS
    const onchipS = onchipPartS(times, i, onchipBytesPerS)
    const scaledMemoryS = (memoryS - onchipS) * dram + onchipS * onchip
    const norm = overlap(computeS, memoryS, linkS, exponent)
    const scaledNorm = overlap(computeS * compute, scaledMemoryS, linkS * link, exponent)
    const kernelFactor = Math.exp(logKernelFactor(kernel, logFactors)) * whole
    const scaledBusyS = norm === 0 ? 0 : busyS * (scaledNorm / norm) * kernelFactor
    times.computeS[i] = computeS * compute * kernelFactor
    times.memoryS[i] = scaledMemoryS * kernelFactor
    times.linkS[i] = linkS * link * kernelFactor
    times.overheadS[i] = overheadS * start
    times.totalS[i] = overheadS * start + scaledBusyS
    before += busyS
    after += scaledBusyS
  }
  return {
    ...run,
    overheadS: run.overheadS * factor(runStartAt) * whole,
    linkS: run.linkS * link * whole,
    intervalS: run.intervalS === null || before === 0 ? run.intervalS : (run.intervalS * after) / before,
  }
}
