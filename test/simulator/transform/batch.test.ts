import { describe, expect, test } from 'vitest'
import { buildPreset, presets } from '../../../model-zoo/index.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { withBatch } from '../../../simulator/transform/batch.ts'

function summaryOf(graph: Parameters<typeof bindShapes>[0]) {
  return summarize(bindShapes(graph, {}), '')
}

describe('another batch', () => {
  test.for([...presets.keys()])('%s re-batched is the same work as built at that batch', (id) => {
    const macs = (graph: Parameters<typeof bindShapes>[0]) =>
      summaryOf(graph).operators.reduce((sum, operator) => sum + (operator.macs ?? Number.NaN), 0)
    expect(macs(withBatch(buildPreset(id), 3))).toBe(macs(buildPreset(id, { batch: 3 })))
  })

  test.for(['resnet50', 'vit-base-patch16', 'swin-t', 'segformer-b0', 'shufflenet-v1-g3', 'bert-base', 'yolov8n'])(
    '%s re-batched has the model id of the one built at that batch',
    async (id) => {
      const [grown, built] = [withBatch(buildPreset(id), 4), buildPreset(id, { batch: 4 })].map(summaryOf)
      if (grown === undefined || built === undefined) throw new Error('two summaries')
      expect(await modelId(grown)).toBe(await modelId(built))
    },
  )

  test('the same batch is the same graph', () => {
    const graph = buildPreset('resnet18')
    expect(withBatch(graph, 1)).toBe(graph)
  })

  test.for([0, 1.5, -2, Number.NaN])('a batch of %d is refused', (batch) => {
    expect(() => withBatch(buildPreset('resnet18'), batch)).toThrow(/invalid-field/)
  })
})
