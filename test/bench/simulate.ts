/** Simulation: 40 devices for one CNN, one target for ResNet-50, the whole catalog, and what fusing costs once. */
import { fusionProfiles } from '../../device-catalog/runtimes/fusion.ts'
import { countWork } from '../../simulator/cost/workload.ts'
import { separableNet } from '../support/summaries.ts'
import { predictOn, resnet50Summary, runnableDevices } from './catalog-run.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const warmUpRuns = 60
const timedRuns = 41

export async function benchSimulate(): Promise<Reading[]> {
  // 34 blocks of two convolutions, a stem, a classifier: 71 kernels once activations are fused.
  const seventyKernels = separableNet(34)
  const resnet50 = resnet50Summary()
  const orin = runnableDevices.filter(({ id }) => id === 'jetson-orin-nano-8gb')
  return [
    reading('40 devices × a CNN of 70 kernels', predictOn(seventyKernels, evenly(runnableDevices, 40))),
    reading('ResNet-50 on one target', predictOn(resnet50, orin)),
    reading(`ResNet-50 on the catalog (${runnableDevices.length} devices)`, predictOn(resnet50, runnableDevices)),
    reading('ResNet-50 fused and counted for one precision', () =>
      countWork(resnet50, 'int8', fusionProfiles.compiler, 1),
    ),
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
