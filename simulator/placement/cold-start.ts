/** From a cold process to the first answer, term by term (docs/method/placement.md, PLACE-8). */
import type { Segment } from '../hardware/device.ts'
import { transferS } from '../hardware/law.ts'
import { bytesPerSFromGbs } from '../quantities.ts'
import type { PlacedSimulation } from './simulate-placed.ts'

export interface ColdTerm {
  readonly id: 'load' | 'prepare' | 'transfer' | 'first-inference'
  /** `null` = not known. */
  readonly timeS: number | null
  readonly basis: 'derived' | 'assumed' | 'not-known'
  /** Why, and from what. */
  readonly reason: string
}

export interface ColdStart {
  readonly terms: readonly ColdTerm[]
  /** Of the terms that are known. */
  readonly knownS: number
  /** A term is missing. */
  readonly isLowerBound: boolean
}

interface Storage {
  readonly gbs: number
  readonly reason: string
}

const nvme: Storage = { gbs: 2, reason: 'NVMe over PCIe 3.0 x4, half of 3.9 GB/s' }
const emmc: Storage = { gbs: 0.2, reason: 'eMMC 5.1 HS400 (JESD84-B51), half of 400 MB/s' }
const ufs3: Storage = { gbs: 1.4, reason: 'UFS 3.1, two lanes (JESD220E), half of 2.9 GB/s' }
const ufs2: Storage = { gbs: 0.6, reason: 'UFS 2.1, two lanes (JESD220C), half of 1.2 GB/s' }

/** Half of the interface that is usual in the segment **(defaults)**; `null` = over a network, or nobody knows. */
const storageOf: Readonly<Record<Segment, Storage | null>> = {
  phone: ufs3,
  laptop: nvme,
  embedded: emmc,
  automotive: ufs2,
  mcu: null,
  cloud: nvme,
  'edge-server': nvme,
  browser: null,
  serverless: null,
  research: null,
}

export function coldStart(simulation: PlacedSimulation): ColdStart {
  const terms: readonly ColdTerm[] = [
    load(simulation),
    prepare(simulation),
    transfer(simulation),
    {
      id: 'first-inference',
      timeS: simulation.latencyS,
      basis: 'derived',
      reason: 'a later inference; caches and clocks that are cold make it longer',
    },
  ]
  return {
    terms,
    knownS: terms.reduce((sum, { timeS }) => sum + (timeS ?? 0), 0),
    isLowerBound: terms.some(({ timeS }) => timeS === null),
  }
}

function load({ workload, resolved }: PlacedSimulation): ColdTerm {
  const { segment, flashBytes } = resolved.target.device
  if (segment === 'mcu' && flashBytes !== null) {
    return { id: 'load', timeS: 0, basis: 'derived', reason: 'weights are read in place from flash' }
  }
  const storage = storageOf[segment]
  if (storage === null) {
    return { id: 'load', timeS: null, basis: 'not-known', reason: `no storage is usual in the segment ${segment}` }
  }
  const timeS = workload.weightBytes / bytesPerSFromGbs(storage.gbs)
  return { id: 'load', timeS, basis: 'assumed', reason: `${workload.weightBytes} bytes from ${storage.reason}` }
}

function prepare({ workload, resolved }: PlacedSimulation): ColdTerm {
  const { target, rates } = resolved
  const { id, preparation } = target.runtime
  if (preparation === 'ahead-of-time') {
    return { id: 'prepare', timeS: 0, basis: 'derived', reason: `${id} runs what was compiled ahead of time` }
  }
  if (preparation === 'packs-weights' && rates.reachedDramBytesPerS !== null) {
    const timeS = transferS(2 * workload.weightBytes, rates.reachedDramBytesPerS, 0)
    return { id: 'prepare', timeS, basis: 'derived', reason: 'weights packed once: read and written' }
  }
  return {
    id: 'prepare',
    timeS: null,
    basis: 'not-known',
    reason: `nobody publishes what ${id} needs to prepare a network`,
  }
}

/** Share of an Edge TPU's memory that keeps parameters (docs/method/edge-tpu.md, TPU-2). */
const parameterShare = 7 / 8

function transfer(simulation: PlacedSimulation): ColdTerm {
  const { target, rates } = simulation.resolved
  const link = rates.reachedLinkBytesPerS
  if (link === null)
    return { id: 'transfer', timeS: 0, basis: 'derived', reason: 'the unit reads the memory of the processor' }
  const room = target.unit.kind === 'edge-tpu' ? rates.onchipBytes.value * parameterShare : Number.POSITIVE_INFINITY
  const kept = Math.min(unitWeightBytes(simulation), room)
  return {
    id: 'transfer',
    timeS: transferS(kept, link, 0),
    basis: 'derived',
    reason: `${kept} bytes stay on the accelerator`,
  }
}

function unitWeightBytes({ workload, fallback }: PlacedSimulation): number {
  if (fallback === null) return workload.weightBytes
  const isOnUnit = (_: unknown, kernel: number): boolean =>
    fallback.partitions[fallback.partOfKernel[kernel] ?? -1]?.side === 'unit'
  return workload.kernels.filter(isOnUnit).reduce((sum, { weightBytes }) => sum + weightBytes, 0)
}
