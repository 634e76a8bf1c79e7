/** Simulation: 40 devices for one CNN, one target for ResNet-50, the whole catalog, and what fusing costs once. */
import { calibration } from '../../device-catalog/calibration.ts'
import { catalog } from '../../device-catalog/index.ts'
import { countWork, makeWorkloads } from '../../simulator/cost/workload.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { buildPreset } from '../../simulator/zoo/index.ts'
import { separableNet } from '../support/summaries.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const warmUpRuns = 60
const timedRuns = 41

export async function benchSimulate(): Promise<Reading[]> {
  const peers = makePeerFacts(catalog)
  const runnable = catalog.filter(({ units }) => units.some(({ runtimes }) => runtimes.length > 0))
  // 34 blocks of two convolutions, a stem, a classifier: 71 kernels once activations are fused.
  const seventyKernels = separableNet(34)
  const resnet50 = summarize(bindShapes(buildPreset('resnet50'), {}), 'resnet50')
  const orin = catalog.filter(({ id }) => id === 'jetson-orin-nano-8gb')

  const predictOn = (summary: GraphSummary, devices: readonly Device[]) => {
    const workloads = makeWorkloads(summary)
    return () => {
      for (const device of devices) {
        predict({ summary, modelId: 'bench', device, peers, catalogVersion: 'bench', calibration, workloads })
      }
    }
  }
  return [
    reading('40 devices × a CNN of 70 kernels', predictOn(seventyKernels, evenly(runnable, 40))),
    reading('ResNet-50 on one target', predictOn(resnet50, orin)),
    reading(`ResNet-50 on the catalog (${runnable.length} devices)`, predictOn(resnet50, runnable)),
    reading('ResNet-50 fused and counted for one precision', () => countWork(resnet50, 'int8', 'compiler', 1)),
  ]
}

/** `count` of them, spread over the whole list. */
function evenly<T>(all: readonly T[], count: number): T[] {
  return all.filter(
    (_, index) => Math.floor((index * count) / all.length) !== Math.floor(((index - 1) * count) / all.length),
  )
}

function reading(name: string, run: () => void): Reading {
  return { name, value: medianMs(run), unit: 'ms' }
}

function medianMs(run: () => void): number {
  for (let i = 0; i < warmUpRuns; i++) run()
  const times = Array.from({ length: timedRuns }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[Math.floor(timedRuns / 2)] ?? Number.NaN
}
