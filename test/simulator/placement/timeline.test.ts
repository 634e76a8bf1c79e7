import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { kernelEdges } from '../../../simulator/placement/kernel-graph.ts'
import { kernelPlaces } from '../../../simulator/placement/kernel-places.ts'
import { timelineOf } from '../../../simulator/placement/timeline.ts'
import { runOf } from '../../../simulator/predict/run.ts'
import { anyDevice, anySummary } from '../../support/arbitraries.ts'
import { edgeTpuBoard } from '../../support/devices.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

/** A convolution, an operation that the Edge TPU lacks, another convolution, and a sum of both convolutions. */
function interrupted(): GraphSummary {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 8, 32, 32]), 8, 3, 1)
  const y = b.operator('HardSwish', 'activation', [x], [8, 32, 32], { macs: 0, vectorOps: 1000 })
  const z = b.conv(y, 8, 3, 1)
  return b.build('interrupted', [b.operator('Add', 'elementwise', [x, z], [8, 32, 32], { macs: 0, vectorOps: 8192 })])
}

const simulationOf = (summary: GraphSummary, device: Device) =>
  runOf({ summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't' }).simulation

describe('the timeline', () => {
  test.prop([anySummary, anyDevice])(
    'holds every kernel once, in order, and ends at the latency',
    (summary, device) => {
      for (const on of [device, edgeTpuBoard]) {
        const simulation = simulationOf(summary, on)
        const { spans, totalMs, overlappedMs } = timelineOf(simulation)
        expect(totalMs / (simulation.latencyS * 1000)).toBeCloseTo(1, 9)
        expect(overlappedMs).toBeLessThanOrEqual(totalMs * (1 + 1e-9))
        const kernels = spans.flatMap(({ kind, of }) => (kind === 'kernel' ? [of] : []))
        expect(kernels).toEqual([...simulation.workload.kernels.keys()])
        for (const [index, { startMs }] of spans.entries())
          expect(startMs).toBe(index === 0 ? 0 : spans[index - 1]?.endMs)
      }
    },
  )

  it('puts what falls back on the lane of the processor, and the crossing before it', () => {
    const { spans } = timelineOf(simulationOf(interrupted(), edgeTpuBoard))
    expect(spans.filter(({ lane, kind }) => lane === 'cpu' && kind === 'kernel').length).toBeGreaterThan(0)
    expect(spans.filter(({ lane, kind, of }) => kind === 'crossing' && lane === 'link' && of === 0)).toHaveLength(1)
  })
})

describe('the place of a kernel', () => {
  it('says what is lacking, and what was left because of it', () => {
    const simulation = simulationOf(interrupted(), edgeTpuBoard)
    const places = kernelPlaces(simulation)
    const ofOp = (name: string) => {
      const { kernels, summary } = simulation.workload
      return places[
        kernels.findIndex(({ operators }) => operators.some((each) => summary.operators[each]?.op === name))
      ]
    }
    expect(places[0]).toEqual({ unitId: 'tpu', part: 0, why: null })
    expect(ofOp('HardSwish')).toMatchObject({
      unitId: 'cpu',
      why: { kind: 'lacks', op: 'HardSwish', reason: 'the compiler has no such operation' },
    })
    // The Edge TPU compiler stops at the first operator that it lacks.
    expect(ofOp('Add')).toMatchObject({ unitId: 'cpu', why: { kind: 'after-first', op: 'HardSwish' } })
  })
})

describe('what flows between kernels', () => {
  test.prop([anySummary, anyDevice])('goes forward, with bytes', (summary, device) => {
    for (const { from, to, bytes } of kernelEdges(simulationOf(summary, device))) {
      expect(from).toBeLessThan(to)
      expect(bytes).toBeGreaterThan(0)
    }
  })

  it('keeps a tensor that skips kernels', () => {
    const simulation = simulationOf(interrupted(), edgeTpuBoard)
    const last = simulation.workload.kernels.length - 1
    // int8, 8 × 32 × 32.
    expect(kernelEdges(simulation)).toContainEqual({ from: 0, to: last, bytes: 8192 })
  })
})
