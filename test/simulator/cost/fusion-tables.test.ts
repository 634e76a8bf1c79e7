import { describe, expect, test } from 'vitest'
import { fusionProfileIds, fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { buildPreset } from '../../../model-zoo/index.ts'
import { fuse } from '../../../simulator/cost/fuse.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'

test('every rule says where it is stated', () => {
  for (const { id, rules, fanOut, concatInPlace } of Object.values(fusionProfiles)) {
    for (const source of [...rules.map((rule) => rule.source), fanOut, concatInPlace]) {
      if (source !== null) expect(source.length, id).toBeGreaterThan(10)
    }
  }
})

describe('every profile', () => {
  test.for(['resnet50', 'efficientnet-b0', 'vit-tiny-patch16', 'yolov8n', 'ddrnet23-slim'])(
    '%s keeps its MACs, and every operator is in at most one kernel, after what it reads',
    (preset) => {
      const summary = summarize(bindShapes(buildPreset(preset), {}), preset)
      const total = summary.operators.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0)
      for (const id of fusionProfileIds) {
        const fused = fuse(summary, 'fp32', fusionProfiles[id])
        expect(fused.reduce((sum, { macs }) => sum + (macs ?? Number.NaN), 0)).toBe(total)
        const members = fused.flatMap(({ operators }) => operators)
        expect(new Set(members).size).toBe(members.length)
        // What no kernel makes is an input, or lies in place where its parts were written.
        const kernelOf = new Map(fused.flatMap(({ writes }, kernel) => writes.map((tensor) => [tensor, kernel])))
        fused.forEach(({ reads }, kernel) => {
          for (const read of reads) expect(kernelOf.get(read) ?? -1, id).toBeLessThan(kernel)
        })
      }
    },
  )
})
