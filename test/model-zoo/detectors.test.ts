import { describe, expect, test } from 'vitest'
import { resnet50 } from '../../model-zoo/families/resnet.ts'
import { retinanet } from '../../model-zoo/families/retinanet.ts'
import { buildPreset } from '../../model-zoo/index.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { countParameters } from '../../simulator/graph/parameters.ts'

const shapeOf = (graph: Graph, output: string) => graph.values.get(output)?.shape

describe('rows of detectors', () => {
  test.for([
    // tensorflow/models ssd_anchor_generator: 19² · 3 + (10² + 5² + 3² + 2² + 1) · 6.
    { presetId: 'ssd-mobilenet-v1', output: 'scores', shape: [1, 1917, 91] },
    { presetId: 'ssdlite-mobilenet-v2', output: 'boxes', shape: [1, 1917, 4] },
    // mlcommons/inference ssd_r34.py, dboxes_R34_coco: 50² · 4 + (25² + 13² + 7²) · 6 + 2 · 3² · 4.
    { presetId: 'ssd-resnet34-1200', output: 'scores', shape: [1, 15130, 81] },
    // mlcommons/inference retinanet at 800 × 800: (100² + 50² + 25² + 13² + 7²) · 9.
    { presetId: 'retinanet-resnext50', output: 'scores', shape: [1, 120087, 264] },
    // google/automl anchors at 512 × 512: (64² + 32² + 16² + 8² + 4²) · 9.
    { presetId: 'efficientdet-d0', output: 'boxes', shape: [1, 49104, 4] },
    { presetId: 'nanodet-m', output: 'distances', shape: [1, 2100, 32] },
    { presetId: 'rtmdet-m', output: 'boxes', shape: [1, 4, 8400] },
    { presetId: 'blazeface-128', output: 'boxes', shape: [1, 896, 16] },
    { presetId: 'retinaface-mobilenet0.25', output: 'landmarks', shape: [1, 4200, 10] },
    { presetId: 'scrfd-500m', output: 'scores', shape: [1, 16800, 1] },
    { presetId: 'detr-resnet50', output: 'logits', shape: [1, 100, 92] },
  ])('$presetId gives $output as published', ({ presetId, output, shape }) => {
    expect(shapeOf(buildPreset(presetId), output)).toEqual(shape)
  })

  test('an odd image keeps the levels of a pyramid aligned', () => {
    const graph = buildPreset('retinaface-mobilenet0.25', { inputShape: [1, 3, 225, 303] })
    const cells = [8, 16, 32].map((stride) => Math.ceil(225 / stride) * Math.ceil(303 / stride))
    expect(shapeOf(graph, 'scores')).toEqual([1, 2 * cells.reduce((sum, count) => sum + count), 2])
  })
})

describe('weights that levels share', () => {
  test('RetinaNet with ResNet-50 and 91 classes has exactly the parameters that torchvision counts', () => {
    const graph = retinanet('retinanet', [1, 3, 800, 800], { backbone: resnet50, classes: 91 })
    // RetinaNet_ResNet50_FPN_Weights num_params; ours has a folded bias for each of the 26,560 frozen norms of the trunk.
    expect(countParameters(bindShapes(graph, {})) - 26_560).toBe(34_014_999)
  })

  test('a shared head runs once per level and is stored once', () => {
    const graph = buildPreset('retinanet-resnext50')
    const uses = new Map<string, number>()
    for (const { op, inputs } of graph.nodes) {
      const weight = op === 'Conv' ? inputs[1] : null
      if (typeof weight === 'string') uses.set(weight, (uses.get(weight) ?? 0) + 1)
    }
    // Two heads of five convolutions, on levels 3 to 7.
    expect([...uses.values()].filter((count) => count === 5)).toHaveLength(10)
  })
})
