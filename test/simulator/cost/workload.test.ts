import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fusionProfileIds, fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { arithmeticIntensity, kernelBytes } from '../../../simulator/cost/kernel.ts'
import { livenessOf } from '../../../simulator/cost/liveness.ts'
import { countWork, makeWorkloads } from '../../../simulator/cost/workload.ts'
import { type PrecisionId, precisions } from '../../../simulator/graph/precision.ts'
import { anySummary } from '../../support/arbitraries.ts'
import { netWithUnknownOperator, residualNet, SummaryBuilder } from '../../support/summaries.ts'

const anyPrecision = fc.constantFrom(...(Object.keys(precisions) as PrecisionId[])) // keys of the table
const anyProfile = fc.constantFrom(...fusionProfileIds.map((id) => fusionProfiles[id]))

describe('a workload', () => {
  test.prop([anySummary, anyPrecision, anyProfile])('adds up exactly', (summary, precision, profile) => {
    const { kernels, totals } = countWork(summary, precision, profile, 1)
    expect(totals.macs).toBe(kernels.reduce((sum, { macs }) => sum + (macs ?? 0), 0))
    expect(totals.vectorOps).toBe(kernels.reduce((sum, { vectorOps }) => sum + (vectorOps ?? 0), 0))
    expect(totals.trafficBytes).toBe(kernels.reduce((sum, kernel) => sum + kernelBytes(kernel), 0))
  })

  test.prop([anySummary, fc.integer({ min: 2, max: 64 })])(
    'of a larger batch has more work and activations and the same weights',
    (summary, batch) => {
      const one = countWork(summary, 'int8', fusionProfiles.compiler, 1)
      const many = countWork(summary, 'int8', fusionProfiles.compiler, batch)
      expect(many.totals.macs).toBe(batch * one.totals.macs)
      expect(many.weightBytes).toBe(one.weightBytes)
      expect(many.boundaryBytes).toBe(batch * one.boundaryBytes)
      expect(many.peakActivationBytes).toBe(batch * one.peakActivationBytes)
      many.kernels.forEach((kernel, i) => {
        expect(kernel.outputBytes).toBe(batch * (one.kernels[i]?.outputBytes ?? 0))
        expect(kernel.weightBytes).toBe(one.kernels[i]?.weightBytes)
      })
    },
  )

  it('repeats products of activations for a batch, and gives products with weights more rows', () => {
    const b = new SummaryBuilder()
    const scores = b.matmul(b.input([1, 16, 8]), b.input([1, 8, 16]))
    const { kernels } = countWork(b.build('attention', [scores]), 'fp16', fusionProfiles.compiler, 4)
    expect(kernels[0]?.gemm).toEqual({ m: 16, n: 16, k: 8, repeat: 4 })
    expect(countWork(residualNet(1), 'fp16', fusionProfiles.compiler, 4).kernels.at(-1)?.gemm).toMatchObject({
      m: 4,
      repeat: 1,
    })
  })

  it('stores a shared constant once and lets every reader read it', () => {
    const b = new SummaryBuilder()
    const table = b.constant(64 * 64)
    const project = (x: number) =>
      b.operator('MatMul', 'fully-connected', [x], [1, 64], {
        constants: [table],
        macs: 4096,
        gemm: { m: 1, n: 64, k: 64, repeat: 1 },
      })
    const { totals, weightBytes, kernels } = countWork(
      b.build('tied', [project(project(b.input([1, 64])))]),
      'fp32',
      fusionProfiles.compiler,
      1,
    )
    expect(totals.parameters).toBe(4096)
    expect(weightBytes).toBe(4 * 4096)
    expect(kernels.map((kernel) => kernel.weightBytes)).toEqual([4 * 4096, 4 * 4096])
  })

  it('re-types floats and leaves integers as the file has them', () => {
    const b = new SummaryBuilder()
    const x = b.input([1, 8])
    const y = b.operator('QLinearMatMul', 'fully-connected', [x], [1, 8], {
      constants: [b.constant(64, 'int8'), b.constant(8, 'int32')],
      macs: 64,
    })
    const summary = b.build('quantized', [y])
    expect(countWork(summary, 'fp32', fusionProfiles.compiler, 1).weightBytes).toBe(64 + 32)
    expect(countWork(summary, 'int8', fusionProfiles.compiler, 1).weightBytes).toBe(64 + 32)
  })

  it('adds biases in 32 bits where the arithmetic is integer', () => {
    const b = new SummaryBuilder()
    const summary = b.build('conv', [b.conv(b.input([1, 8, 4, 4]), 8)])
    expect(countWork(summary, 'int8', fusionProfiles.compiler, 1).weightBytes).toBe(8 * 8 * 9 + 4 * 8)
    expect(countWork(summary, 'fp16', fusionProfiles.compiler, 1).weightBytes).toBe(2 * (8 * 8 * 9 + 8))
    expect(countWork(summary, 'int4-w4a16', fusionProfiles.compiler, 1).weightBytes).toBe((4.5 / 8) * 8 * 8 * 9 + 2 * 8)
  })

  it('takes every matrix of a recurrent cell for a weight, however its sizes differ', () => {
    const b = new SummaryBuilder()
    const [hidden, input] = [64, 20]
    const constants = [b.constant(4 * hidden * input), b.constant(4 * hidden * hidden), b.constant(8 * hidden)]
    const gemm = { m: 1, n: 4 * hidden, k: input + hidden, repeat: 10 }
    const y = b.operator('LSTM', 'recurrent', [b.input([10, 1, input])], [10, 1, 1, hidden], { constants, gemm })
    const { weightBytes } = countWork(b.build('lstm', [y]), 'int8', fusionProfiles.compiler, 1)
    expect(weightBytes).toBe(4 * hidden * (input + hidden) + 4 * 8 * hidden)
  })

  it('names what it does not know and never counts it as zero', () => {
    const { coverage, unknownOperators, kernels } = countWork(
      netWithUnknownOperator(),
      'fp32',
      fusionProfiles.compiler,
      1,
    )
    expect(coverage).toBeCloseTo(2 / 3, 12)
    expect(unknownOperators).toEqual(['com.example.Mystery'])
    expect(kernels[1]).toMatchObject({ macs: null, vectorOps: null })
    expect(kernels[1] && arithmeticIntensity(kernels[1])).toBeNull()
  })

  it('without fusion keeps what the operators keep alive', () => {
    const summary = residualNet(4)
    const { peakActivationBytes } = countWork(summary, 'fp32', fusionProfiles.eager, 1)
    expect(peakActivationBytes).toBe(livenessOf(summary, { viewsAreFree: true }).peakBytes)
  })

  it('keeps parts of a concatenation alive in their place, also one inside another', () => {
    const b = new SummaryBuilder()
    const size = 4 * 8 * 8
    const x = b.input([1, 4, 8, 8])
    const inner = b.operator('Concat', 'layout', [b.conv(x, 4), b.conv(x, 4)], [1, 8, 8, 8])
    const outer = b.operator('Concat', 'layout', [inner, b.conv(x, 4)], [1, 12, 8, 8])
    const summary = b.build('concat', [b.conv(outer, 4)])
    const { liveBytes } = countWork(summary, 'int8', fusionProfiles.compiler, 1)
    // The place of all three parts exists from the first part on; the input leaves with the third.
    expect(liveBytes).toEqual([4 * size, 4 * size, 4 * size, 4 * size])
    // Copied, both concatenations exist beside their parts.
    expect(countWork(summary, 'int8', fusionProfiles.graph, 1).peakActivationBytes).toBe(6 * size)
  })

  test.prop([anySummary])('never needs more live memory once fused', (summary) => {
    const eager = countWork(summary, 'fp32', fusionProfiles.eager, 1).peakActivationBytes
    expect(countWork(summary, 'fp32', fusionProfiles.graph, 1).peakActivationBytes).toBeLessThanOrEqual(eager)
  })
})

describe('workloads', () => {
  it('count once per precision, profile and batch', () => {
    const workloads = makeWorkloads(residualNet(1))
    const first = workloads.get('int8', fusionProfiles.compiler, 1)
    expect(workloads.get('int8', fusionProfiles.compiler, 1)).toBe(first)
    expect(workloads.get('int8', fusionProfiles.compiler, 2)).not.toBe(first)
    expect(workloads.get('fp16', fusionProfiles.compiler, 1)).not.toBe(first)
  })
})
