/** No prediction is faster than physics: every unit of the catalog under every runtime and precision that drives it. */
import { describe, expect, test } from 'vitest'
import { loadCalibration } from '../../device-catalog/calibration.ts'
import { catalog, runtimes } from '../../device-catalog/index.ts'
import { makeModelCache } from '../../device-catalog/pairs/models.ts'
import { presetModel } from '../../model-zoo/preset-name.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'
import { physicsFloor } from '../../simulator/predict/floor.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { sFromMs } from '../../simulator/quantities.ts'

const peers = makePeerFacts(catalog, runtimes)
const calibration = loadCalibration()
const models = makeModelCache((path) => Promise.reject(new Error(path)))

/** Dense 3×3 convolutions, depthwise ones, matrix products, large weights, hardly any work. */
const presets = ['vgg16', 'mobilenet-v2-1.0', 'resnet50', 'vit-base-patch16', 'ad-autoencoder']

describe.each(presets)('%s', (preset) => {
  test('is nowhere faster than the floor', async () => {
    const { modelId, workloads } = await models.get(presetModel(preset), null, 0)
    const { summary } = workloads
    const below: string[] = []
    for (const device of catalog) {
      for (const unit of device.units) {
        for (const runtime of unit.runtimes) {
          for (const precision of runtime.precisions) {
            const wishes = { unit: unit.id, runtime: runtime.id, precision }
            const target = resolveTarget(device, wishes)
            const floor = physicsFloor(workloads.get(precision, runtime.fusionProfile, 1), target)
            if (floor === null) continue
            const { latencyMs } = predict({
              summary,
              modelId,
              workloads,
              device,
              peers,
              catalogVersion: 't',
              calibration,
              ...wishes,
            })
            const seconds = latencyMs.availability === 'available' ? sFromMs(latencyMs.p50) : Number.NaN
            // The last digits differ by the order of sums.
            if (!(seconds >= Math.max(floor.computeS, floor.memoryS) * (1 - 1e-9))) {
              below.push(`${device.id} ${unit.id} ${runtime.id} ${precision}: ${seconds} s`)
            }
          }
        }
      }
    }
    expect(below).toEqual([])
  }, 120_000)
})
