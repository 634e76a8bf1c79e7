/** Rows of an answer made by the engine itself, for tests of what the portal says about them. */
import type { Budget } from '../../simulator/decide/budget.ts'
import { checkFit } from '../../simulator/decide/fit.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { noPeers } from '../../simulator/hardware/missing.ts'
import { predict } from '../../simulator/predict/predict.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { condense } from '../../simulator/report/build.ts'
import type { ReportRow } from '../../simulator/report/format.ts'
import { separableNet } from '../support/summaries.ts'

export function predictionOn(device: Device, summary: GraphSummary = separableNet()): Prediction {
  return predict({ summary, modelId: 'test', device, peers: noPeers, catalogVersion: 'test', kernels: true })
}

export function rowsOn(devices: readonly Device[], budget: Budget, summary?: GraphSummary): readonly ReportRow[] {
  return devices.map((device) => {
    const prediction = predictionOn(device, summary)
    const fit = checkFit(prediction, budget, device.priceUsd?.value ?? null)
    return { deviceName: device.name, prediction: condense(prediction), fit }
  })
}

/** Median latency of a device, for limits that are to lie around it. */
export function medianMs(device: Device): number {
  const { latencyMs } = predictionOn(device)
  if (latencyMs.availability === 'unavailable') throw new Error('no latency')
  return latencyMs.p50
}
