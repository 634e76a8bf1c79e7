/** Analysis: networks from the bytes of a file to every figure of `inspect`, and all presets built and counted. */

import { buildPreset, presets } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import { median } from '../../simulator/statistics.ts'
import { chain } from '../support/build-onnx.ts'
import { mobilenetV2 } from '../support/mobilenet-v2-tflite.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

export async function benchAnalyse(): Promise<Reading[]> {
  const files: readonly [what: string, content: Uint8Array, warmUp: number, timed: number][] = [
    ['a TFLite MobileNetV2', mobilenetV2(), 100, 41],
    ['an ONNX MobileBERT (1,701 nodes)', writeOnnx(buildPreset('mobilebert'), { seed: 0 }), 20, 21],
    ['an ONNX chain of 3,000 nodes', chain(3_000), 20, 21],
    ['an ONNX chain of 10,000 nodes', chain(10_000), 5, 9],
    ['an ONNX chain of 100,000 nodes', chain(100_000), 1, 5],
  ]
  const readings: Reading[] = [presetsCounted()]
  for (const [what, content, warmUp, timed] of files) {
    const analyse = async () => inspectModel(await openModel(fromBytes(content)), {})
    for (let run = 0; run < warmUp; run += 1) await analyse()
    const times: number[] = []
    for (let run = 0; run < timed; run += 1) {
      const start = performance.now()
      await analyse()
      times.push(performance.now() - start)
    }
    readings.push({ name: `analyse ${what}, warm`, value: median(times), unit: 'ms' })
  }
  return readings
}

/** Once, with cold code, as a process that needs them all pays for it. */
function presetsCounted(): Reading {
  const start = performance.now()
  for (const id of presets.keys()) summarize(bindShapes(buildPreset(id), {}), id)
  return { name: `build and count all ${presets.size} presets, cold`, value: performance.now() - start, unit: 'ms' }
}
