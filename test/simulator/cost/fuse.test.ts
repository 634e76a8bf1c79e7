import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fusionProfileIds, fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { traceDataflow } from '../../../simulator/cost/dataflow.ts'
import { fuse } from '../../../simulator/cost/fuse.ts'
import { kernelBytes } from '../../../simulator/cost/kernel.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { anySummary } from '../../support/arbitraries.ts'
import { residualNet, SummaryBuilder } from '../../support/summaries.ts'

const { eager, interpreter, graph, compiler } = fusionProfiles

function opsByKernel(summary: GraphSummary, profile = compiler): string[] {
  return fuse(summary, 'fp32', profile).map(({ operators }) =>
    operators.map((index) => summary.operators[index]?.op).join(' + '),
  )
}

describe('fusion', () => {
  it('absorbs activation and residual add into the convolution before them', () => {
    const b = new SummaryBuilder()
    const x = b.input([1, 8, 16, 16])
    const summary = b.build('block', [b.relu(b.add(b.conv(x, 8), x))])
    expect(opsByKernel(summary)).toEqual(['Conv + Add + Relu'])
    expect(opsByKernel(summary, interpreter)).toEqual(['Conv', 'Add', 'Relu'])
    expect(opsByKernel(summary, eager)).toEqual(['Conv', 'Add', 'Relu'])

    const [kernel] = fuse(summary, 'fp32', compiler)
    // The input is read once though convolution and add both need it.
    expect(kernel?.inputBytes).toBe(4 * 8 * 16 * 16)
    expect(kernel?.outputBytes).toBe(4 * 8 * 16 * 16)
  })

  it('keeps a value that is read elsewhere too: written by a compiler, a fence for an interpreter', () => {
    const b = new SummaryBuilder()
    const conv = b.conv(b.input([1, 4, 8, 8]), 4)
    const summary = b.build('branch', [b.relu(conv), b.globalPool(conv)])
    expect(opsByKernel(summary, graph)).toEqual(['Conv', 'Relu', 'GlobalAveragePool'])
    expect(opsByKernel(summary)).toEqual(['Conv + Relu', 'GlobalAveragePool'])
    const [kernel] = fuse(summary, 'fp32', compiler)
    expect(kernel?.outputBytes).toBe(2 * 4 * 4 * 8 * 8)
  })

  it('takes a gate and its product as one epilogue', () => {
    const b = new SummaryBuilder()
    const conv = b.conv(b.input([1, 4, 8, 8]), 4)
    const gate = b.operator('Sigmoid', 'activation', [conv], [1, 4, 8, 8], { vectorOps: 2560 })
    const silu = b.operator('Mul', 'elementwise', [conv, gate], [1, 4, 8, 8], { vectorOps: 256 })
    const summary = b.build('silu', [silu])
    expect(opsByKernel(summary)).toEqual(['Conv + Sigmoid + Mul'])
    expect(fuse(summary, 'fp32', compiler)[0]?.outputBytes).toBe(4 * 256)
  })

  it('does not absorb a broadcast that grows the value', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 4, 8, 8]), 4)
    const scale = b.conv(b.globalPool(x), 4, 1)
    const summary = b.build('squeeze-excite', [
      b.operator('Mul', 'elementwise', [x, scale], [1, 4, 8, 8], { vectorOps: 256 }),
    ])
    expect(opsByKernel(summary)).toEqual(['Conv', 'GlobalAveragePool', 'Conv', 'Mul'])
  })

  it('writes concatenations in place', () => {
    const b = new SummaryBuilder()
    const left = b.conv(b.input([1, 4, 8, 8]), 4)
    const right = b.conv(left, 4)
    const joined = b.operator('Concat', 'layout', [left, right], [1, 8, 8, 8])
    const summary = b.build('concat', [b.conv(joined, 4)])
    expect(opsByKernel(summary)).toEqual(['Conv', 'Conv', 'Conv'])
    expect(opsByKernel(summary, eager)).toEqual(['Conv', 'Conv', 'Concat', 'Conv'])
  })

  it('copies a concatenation whose input belongs to another one as well', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 4, 8, 8]), 4)
    const one = b.conv(b.operator('Concat', 'layout', [x, b.conv(x, 4)], [1, 8, 8, 8]), 4)
    const summary = b.build('dense', [b.conv(b.operator('Concat', 'layout', [x, one], [1, 8, 8, 8]), 4)])
    expect(opsByKernel(summary).filter((ops) => ops === 'Concat')).toHaveLength(2)
  })

  it('copies no concatenation that is a stretch of a larger one: a dense block has one place', () => {
    const b = new SummaryBuilder()
    const join = (...parts: number[]) => b.operator('Concat', 'layout', parts, [1, 4 * parts.length, 8, 8])
    const x = b.conv(b.input([1, 4, 8, 8]), 4)
    const y = b.conv(x, 4)
    const z = b.conv(join(x, y), 4)
    const summary = b.build('dense-block', [b.conv(join(x, y, z), 4)])
    expect(opsByKernel(summary)).toEqual(['Conv', 'Conv', 'Conv', 'Conv'])
    const { storage } = traceDataflow(summary, compiler)
    expect(new Set([x, y, z].map((part) => storage[part])).size).toBe(1)
    // Its parts in another order have no such place.
    const c = new SummaryBuilder()
    const left = c.conv(c.input([1, 4, 8, 8]), 4)
    const right = c.conv(left, 4)
    const joined = c.conv(c.operator('Concat', 'layout', [right, left], [1, 8, 8, 8]), 4)
    const whole = c.operator('Concat', 'layout', [left, right, joined], [1, 12, 8, 8])
    expect(opsByKernel(c.build('shuffled', [c.conv(whole, 4)])).filter((ops) => ops === 'Concat')).toHaveLength(2)
  })

  it('counts a normalisation that cannot be folded: after an activation, or on its own', () => {
    const b = new SummaryBuilder()
    const norm = (input: number) =>
      b.operator('BatchNormalization', 'normalization', [input], [1, 4, 8, 8], {
        constants: [b.constant(4), b.constant(4)],
        vectorOps: 512,
      })
    const summary = b.build('norms', [b.relu(norm(b.globalPool(norm(b.relu(b.conv(b.input([1, 4, 8, 8]), 4))))))])
    expect(opsByKernel(summary)[0]).toBe('Conv + Relu + BatchNormalization')
    expect(fuse(summary, 'fp32', compiler)[0]).toMatchObject({ vectorOps: 512 })
    expect(opsByKernel(summary).at(-1)).toBe('BatchNormalization + Relu')
  })

  it('never fuses an operator of unknown work', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 4, 8, 8]), 4)
    const y = b.operator('Mystery', 'elementwise', [x], [1, 4, 8, 8], { macs: null, vectorOps: null })
    expect(opsByKernel(b.build('unknown', [b.relu(y)]))).toEqual(['Conv', 'Mystery', 'Relu'])
  })

  it('reads the rows that a gather picks, not its table', () => {
    const b = new SummaryBuilder()
    const ids = b.input([1, 16], 'int64')
    const rows = b.operator('Gather', 'gather', [ids], [1, 16, 64], { constants: [b.constant(30_000 * 64)] })
    expect(fuse(b.build('embedding', [rows]), 'fp16', compiler)[0]?.weightBytes).toBe(2 * 16 * 64)
  })

  test.prop([anySummary])('puts every operator that executes in exactly one kernel', (summary) => {
    for (const id of fusionProfileIds) {
      const fused = fuse(summary, 'fp32', fusionProfiles[id]).flatMap(({ operators }) => operators)
      const executing = summary.operators.flatMap((operator, index) => (operator.class === 'view' ? [] : index))
      expect(fused.toSorted((a, b) => a - b)).toEqual(executing)
    }
  })

  test.prop([anySummary])('gives kernels an order in which every input is there when it is read', (summary) => {
    const written = new Set(summary.tensors.flatMap(({ role }, index) => (role === 'input' ? index : [])))
    for (const { reads, writes } of fuse(summary, 'fp32', compiler)) {
      for (const tensor of reads) expect(written.has(tensor)).toBe(true)
      for (const tensor of writes) written.add(tensor)
    }
  })

  test.prop([anySummary])('keeps the MACs and never adds traffic', (summary) => {
    const sum = (profile: typeof compiler, of: 'macs' | 'bytes') =>
      fuse(summary, 'int8', profile).reduce((total, k) => total + (of === 'macs' ? (k.macs ?? 0) : kernelBytes(k)), 0)
    const counted = summary.operators.reduce((total, { macs }) => total + (macs ?? 0), 0)
    for (const id of fusionProfileIds) expect(sum(fusionProfiles[id], 'macs')).toBe(counted)
    expect(sum(compiler, 'bytes')).toBeLessThanOrEqual(sum(graph, 'bytes'))
    expect(sum(graph, 'bytes')).toBeLessThanOrEqual(sum(eager, 'bytes'))
  })

  it('halves a residual block to its two convolutions', () => {
    expect(fuse(residualNet(4), 'fp32', compiler)).toHaveLength(1 + 2 * 4 + 2)
  })
})
