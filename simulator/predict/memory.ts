/** What must fit into which memory (docs/method/memory.md, MEM-4). */
import type { Device, Segment } from '../hardware/device.ts'
import type { Rates } from '../hardware/rates.ts'
import type { Simulation } from '../hardware/simulate.ts'
import type { Target } from '../hardware/target.ts'
import { type Problem, problem } from '../problem.ts'
import { bytesFromKib, bytesFromMb } from '../quantities.ts'
import { lognormalMetric } from './interval.ts'
import type { AvailableMetric, MemoryFootprint, Metric } from './prediction.ts'

/** A listed runtime's own footprint is known to a factor of this **(default)**. */
const runtimeFactor = 2
/** One that is not listed needs memory as well: about this much, to a factor of `unlistedFactor` **(defaults)**. */
const unlistedBytes = { mcu: bytesFromKib(24), elsewhere: bytesFromMb(30) } as const
const unlistedFactor = 8

export interface MemoryAnswer {
  readonly footprint: MemoryFootprint
  readonly warnings: readonly Problem[]
}

/**
 * Microcontrollers read weights in place from flash, so only activations and the runtime need RAM; everywhere else
 * weights are loaded. `totalBytes` and `capacityBytes` are the pair that decides: RAM, unless the flash overflows.
 * Units behind a link without DRAM of their own use the host's memory, whose size is not theirs.
 */
export function memoryOf({ workload, resolved }: Simulation): MemoryAnswer {
  const { device } = resolved.target
  const { weightBytes, kvCacheBytes, peakActivationBytes, peakKernel } = workload
  const inFlash = device.segment === 'mcu' && device.flashBytes !== null
  const exactBytes = peakActivationBytes + kvCacheBytes + (inFlash ? 0 : weightBytes)
  const runtimeBytes = resolved.traits.baseBytes
  const ram = {
    needed: totalOf(exactBytes, runtimeBytes, device.segment),
    capacityBytes: capacityOf(resolved.target, resolved.rates),
  }
  const flash = { needed: lognormalMetric(weightBytes, 0), capacityBytes: inFlash ? storageOf(device) : null }

  const warnings: Problem[] = []
  if (isOver(exactBytes, ram)) warnings.push(doesNotFit(inFlash ? 'RAM' : 'memory', exactBytes, ram))
  const flashIsFull = isOver(weightBytes, flash)
  if (flashIsFull) warnings.push(doesNotFit('flash', weightBytes, flash))
  const decisive = flashIsFull ? flash : ram
  const peak = peakKernel === null ? undefined : workload.kernels[peakKernel]
  return {
    footprint: {
      weightBytes,
      kvCacheBytes,
      peakActivationBytes,
      peakOperator: peak?.name ?? null,
      runtimeBytes,
      totalBytes: decisive.needed,
      capacityBytes: decisive.capacityBytes,
    },
    warnings,
  }
}

/**
 * The footprint with more activations than its own run has: those of another run that shares its weights and caches.
 * `null` as the problem: it fits, or did not fit before.
 */
export function withActivations(
  footprint: MemoryFootprint,
  peakActivationBytes: number,
  peakOperator: string | null,
): { readonly footprint: MemoryFootprint; readonly overflow: Problem | null } {
  const more = peakActivationBytes - footprint.peakActivationBytes
  const { totalBytes, capacityBytes } = footprint
  if (more <= 0 || totalBytes.availability === 'unavailable') return { footprint, overflow: null }
  const exactBytes = footprint.weightBytes + footprint.kvCacheBytes + peakActivationBytes
  const demand = { needed: shifted(totalBytes, more), capacityBytes }
  const overflow = isOver(exactBytes, demand) && !isOver(exactBytes - more, demand)
  return {
    footprint: { ...footprint, peakActivationBytes, peakOperator, totalBytes: demand.needed },
    overflow: overflow ? doesNotFit('memory', exactBytes, demand) : null,
  }
}

function totalOf(exactBytes: number, runtimeBytes: number | null, segment: Segment): Metric {
  const typicalBytes = segment === 'mcu' ? unlistedBytes.mcu : unlistedBytes.elsewhere
  const factor = runtimeBytes === null ? unlistedFactor : runtimeFactor
  const runtime = lognormalMetric(runtimeBytes ?? typicalBytes, Math.log(factor) / 2)
  return shifted(runtime, exactBytes)
}

function shifted(metric: AvailableMetric, bytes: number): AvailableMetric {
  const add = ([low, high]: readonly [number, number]): [number, number] => [low + bytes, high + bytes]
  return { ...metric, p50: metric.p50 + bytes, pi80: add(metric.pi80), pi95: add(metric.pi95) }
}

/**
 * DRAM where there is some, else the on-chip memory of a microcontroller; `null` = not known. An Ethos-U listed without
 * the processor that drives it is a coprocessor, not a system: its on-chip bytes are a working buffer of its own.
 */
function capacityOf({ device, unit }: Target, { onchipBytes }: Rates): number | null {
  if (device.dramBytes !== null) return device.dramBytes.value
  if (unit.kind === 'ethos-u' && !device.units.some(({ kind }) => kind === 'mcu-cpu')) return null
  return device.segment === 'mcu' && onchipBytes.from === 'device' ? onchipBytes.value : null
}

/** Weights beyond the flash can wait in external memory. */
function storageOf({ flashBytes, dramBytes }: Device): number | null {
  return flashBytes === null ? null : flashBytes.value + (dramBytes?.value ?? 0)
}

interface Demand {
  readonly needed: Metric
  readonly capacityBytes: number | null
}

function isOver(bytes: number, { capacityBytes }: Demand): boolean {
  return capacityBytes !== null && bytes > capacityBytes
}

function doesNotFit(where: string, bytes: number, { capacityBytes }: Demand): Problem {
  return problem(
    'does-not-fit-memory',
    'Choose a smaller model, a narrower precision, a smaller batch, or a device with more memory.',
    { where, expected: `at most ${Math.floor(capacityBytes ?? 0)} bytes`, received: `${Math.ceil(bytes)} bytes` },
  )
}
