import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../../model-zoo/index.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { modelId } from '../../../simulator/graph/model-id.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { annotateSparsity, nOfM, twoOfFour, unstructured } from '../../../simulator/transform/sparsity.ts'

const resnet = buildPreset('resnet18')

function summaryOf(graph: typeof resnet) {
  return summarize(bindShapes(graph, {}), '')
}

describe('sparsity', () => {
  test('2:4 marks every weight whose summed axis divides by four; the stem with three channels stays dense', () => {
    const { sparse, dense, graph } = annotateSparsity(resnet, twoOfFour)
    // 20 convolutions and the classifier.
    expect([sparse.length, dense.length]).toEqual([20, 1])
    expect(graph.constants.get(dense[0] ?? '')?.dims).toEqual([64, 3, 7, 7])
    const marked = summaryOf(graph).constants.filter(({ sparsity }) => sparsity !== undefined)
    expect(marked).toHaveLength(20)
    expect(marked[0]?.sparsity).toEqual({ zeroShare: 0.5, pattern: { kept: 2, of: 4 } })
  })

  test('work and bytes stay those of the dense model, the model id does not', async () => {
    const { graph } = annotateSparsity(resnet, unstructured(0.9))
    const [dense, sparse] = [summaryOf(resnet), summaryOf(graph)]
    expect(sparse.operators).toEqual(dense.operators)
    expect(await modelId(sparse)).not.toBe(await modelId(dense))
  })

  test('only the nodes asked for are marked', () => {
    const { sparse } = annotateSparsity(resnet, unstructured(0.5), ({ op }) => op === 'Gemm')
    expect(sparse).toHaveLength(1)
  })

  test.for([unstructured(1), unstructured(-0.1), nOfM(5, 4), nOfM(1, 2.5)])('%o is refused', (sparsity) => {
    expect(() => annotateSparsity(resnet, sparsity)).toThrow(/invalid-field/)
  })
})
