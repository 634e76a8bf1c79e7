/** Exact modes beside the programs they reproduce, and arena planning of many buffers. */
import { readFileSync } from 'node:fs'
import { type ScaleSimArray, scaleSimFigures } from '../../oracles/scale-sim.ts'
import { parseScaleSimTopology } from '../../oracles/scale-sim-topology.ts'
import type { ArenaBuffer } from '../../simulator/cost/arena.ts'
import { planAsTflm } from '../../simulator/cost/arena-greedy.ts'
import { makeRandom } from '../../simulator/random.ts'
import { readGolden } from '../golden/read-golden.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/**
 * SCALE-Sim v3 (commit 1d62b68) over this topology and array, traces off: 158.6 s wall, 157.3 s CPU, 8,664 MB peak, on a
 * machine of two cores (Python 3.11, numpy 1.24).
 */
const peer = { wallS: 158.6, peakMegabytes: 8664 }

const array: ScaleSimArray = {
  rows: 256,
  columns: 256,
  dataflow: 'ws',
  ifmapSramWords: 6144 * 1024,
  filterSramWords: 6144 * 1024,
  dramWordsPerCycle: null,
}

const warmUpRuns = 3000
const timedRuns = 501

export async function benchExact(): Promise<Reading[]> {
  const topology = parseScaleSimTopology(
    readFileSync(new URL('../golden/scale-sim-resnet50.csv', import.meta.url), 'utf8'),
  )
  const printed = readGolden('scale-sim-resnet50').map(({ total_cycles }) => Number(total_cycles))
  const run = () => topology.map(({ product }) => scaleSimFigures(product, array))
  if (run().some(({ totalCycles }, layer) => totalCycles !== printed[layer])) {
    throw new Error('not the cycles that SCALE-Sim prints')
  }
  const buffers = chainOf(10_000)
  return [
    {
      name: `SCALE-Sim's ${topology.length} layers of ResNet-50, equal cycles, warm`,
      value: medianMs(run) * 1e3,
      unit: 'µs',
    },
    { name: 'the same by SCALE-Sim v3 itself, recorded', value: peer.wallS, unit: 's' },
    { name: 'the same by SCALE-Sim v3 itself, recorded, peak memory', value: peer.peakMegabytes, unit: 'MB' },
    { name: 'TFLM arena of 10,000 buffers', value: medianMs(() => planAsTflm(buffers), 5, 11), unit: 'ms' },
  ]
}

/** As a network has them: most live for two steps, some are skipped over. */
function chainOf(length: number): ArenaBuffer[] {
  const random = makeRandom(7)
  return Array.from({ length }, (_, step) => ({
    bytes: 16 * Math.ceil(random.uniform() * 4096),
    firstUsed: step,
    lastUsed: step + (random.uniform() < 0.1 ? Math.ceil(random.uniform() * 20) : 1),
  }))
}

function medianMs(run: () => unknown, warmUp = warmUpRuns, timed = timedRuns): number {
  for (let i = 0; i < warmUp; i++) run()
  const times = Array.from({ length: timed }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[timed >> 1] ?? Number.NaN
}
