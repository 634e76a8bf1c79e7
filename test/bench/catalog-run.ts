/** ResNet-50 on every device of the catalog that runs anything, calibrated: what is timed in Node and in workerd alike. */
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalog } from '../../device-catalog/index.ts'
import { buildPreset } from '../../model-zoo/index.ts'
import { makeWorkloads } from '../../simulator/cost/workload.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { predict } from '../../simulator/predict/predict.ts'

const calibration = loadCalibration()

const peers = makePeerFacts(catalog)

export const runnableDevices = catalog.filter(({ units }) => units.some(({ runtimes }) => runtimes.length > 0))

export function resnet50Summary(): GraphSummary {
  return summarize(bindShapes(buildPreset('resnet50'), {}), 'resnet50')
}

/** One prediction for each device; the network is fused and counted once. */
export function predictOn(summary: GraphSummary, devices: readonly Device[]): () => void {
  const workloads = makeWorkloads(summary)
  return () => {
    for (const device of devices) {
      predict({ summary, modelId: 'bench', device, peers, catalogVersion: 'bench', calibration, workloads })
    }
  }
}
