import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import type { StageWishes } from '../../../simulator/placement/stages.ts'
import { placementOf } from '../../../simulator/predict/placement.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { anyDevice, anySummary } from '../../support/arbitraries.ts'
import { boardCpu, edgeTpuBoard, makeDevice, makeUnit } from '../../support/devices.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

/** 224×224 camera picture to ten classes, with a hard swish inside. */
function classifier(): GraphSummary {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 3, 224, 224]), 8, 3, 2)
  const [, ...shape] = b.tensors[x]?.shape ?? []
  const y = b.operator('HardSwish', 'activation', [x], [1, ...shape], { macs: 0, vectorOps: 1000 })
  return b.build('classifier', [b.fullyConnected(b.flatten(b.globalPool(y)), 10)])
}

const question = (summary: GraphSummary, device: Device) => ({
  summary,
  modelId: 'm',
  device,
  peers: noPeers,
  catalogVersion: 't',
})

function place(summary: GraphSummary, device: Device, wishes: StageWishes = {}) {
  return placementOf(question(summary, device), wishes)
}

describe('a placement', () => {
  test.prop([anySummary, anyDevice])('is plain JSON and agrees with the prediction', (summary, device) => {
    for (const on of [device, edgeTpuBoard]) {
      const placement = place(summary, on)
      expect(() => canonicalJson(placement)).not.toThrow()
      const { latencyMs } = predict(question(summary, on))
      if (latencyMs.availability === 'available') {
        expect(placement.oneAfterAnotherMs / latencyMs.p50).toBeCloseTo(1, 9)
      }
      // The lanes hold every part of the latency once.
      const busyMs = placement.lanes.reduce((sum, lane) => sum + lane.busyMs, 0)
      expect(busyMs / placement.oneAfterAnotherMs).toBeCloseTo(1, 9)
      expect(placement.criticalPathMs).toBeLessThanOrEqual(placement.makespanMs * (1 + 1e-9))
      expect(placement.makespanMs).toBeLessThanOrEqual(placement.oneAfterAnotherMs * (1 + 1e-9))
      expect(placement.inFlightIntervalMs).toBeLessThanOrEqual(placement.oneAfterAnotherMs * (1 + 1e-9))
    }
  })

  it('divides by what one runtime lacks on one silicon family and takes on another', () => {
    const b = new SummaryBuilder()
    const depthwise = b.conv(b.conv(b.input([1, 32, 16, 16]), 32), 32, 3, 1, 32)
    const summary = b.build('windows', [b.conv(depthwise, 32, 3, 1, 8)])
    const lackingOn = (family: string) => {
      const unit = makeUnit({ kind: 'npu', family, peak: { int8: 1e12 }, runtime: 'drpai-tvm' })
      return place(summary, makeDevice([unit, boardCpu])).support.lacks.map(({ operator }) => operator)
    }
    // Convolutions in order: plain, depthwise, grouped.
    expect(lackingOn('drp-ai')).toEqual([])
    expect(lackingOn('drp-ai3')).toEqual(['conv_2'])
  })

  it('names what falls back, why, and what crosses', () => {
    const { support, fallback, partitions, crossings, lanes } = place(classifier(), edgeTpuBoard)
    expect(support.table).toMatchObject({ id: 'edgetpu-compiler', status: 'recalled' })
    expect(support.lacks).toMatchObject([{ op: 'HardSwish', isAssumed: false }])
    expect(fallback).toEqual({ unitId: 'cpu', runtimeId: 'tflite', precision: 'int8', isAssumed: false })
    expect(partitions.map(({ unitId }) => unitId)).toEqual(['tpu', 'cpu'])
    expect(crossings).toMatchObject([{ from: 0, to: 1, bytes: 8 * 112 * 112 }])
    expect(crossings[0]?.reason).toBe('HardSwish: the compiler has no such operation')
    expect(lanes.map(({ id }) => id).toSorted()).toEqual(['cpu', 'link', 'tpu'])
  })

  it('gives more frames per second in flight than one at a time', () => {
    const { endToEnd, inFlightIntervalMs, oneAfterAnotherMs } = place(classifier(), edgeTpuBoard)
    expect(inFlightIntervalMs).toBeLessThan(oneAfterAnotherMs)
    expect(endToEnd.modelOnly.inFlightPerS).toBeGreaterThan(endToEnd.modelOnly.oneAtATimePerS)
  })
})

describe('a cold start', () => {
  it('adds up what is known and says what is not', () => {
    const { coldStart, oneAfterAnotherMs } = place(classifier(), edgeTpuBoard)
    const { weightBytes } = predict(question(classifier(), edgeTpuBoard)).memory
    expect(coldStart.isLowerBound).toBe(false)
    expect(coldStart.terms).toMatchObject([
      { id: 'load', basis: 'assumed' },
      { id: 'prepare', timeMs: 0 },
      { id: 'transfer' },
      { id: 'first-inference', timeMs: oneAfterAnotherMs },
    ])
    // eMMC at 200 MB/s; then USB 3 at 320 · 0.9 MB/s for what comes before the hard swish: 8 kernels 3×3×3, 8 biases.
    expect(coldStart.terms[0]?.timeMs).toBeCloseTo((weightBytes / 200e6) * 1e3, 9)
    expect(coldStart.terms[2]?.timeMs).toBeCloseTo(((8 * 27 + 8 * 4) / 288e6) * 1e3, 9)
  })

  it('is a lower bound where a runtime says nothing of its preparation', () => {
    const gpu = makeUnit({ id: 'gpu', kind: 'gpu', runtime: 'tflite-gpu', precisions: ['fp16'], peak: { fp16: 1e12 } })
    const { coldStart } = place(classifier(), makeDevice([gpu, boardCpu]))
    expect(coldStart.terms.find(({ id }) => id === 'prepare')).toMatchObject({ timeMs: null, basis: 'not-known' })
    expect(coldStart.isLowerBound).toBe(true)
  })
})

describe('stages', () => {
  it.each([
    [
      [1, 3, 32, 32],
      ['convert-colour', 'resize', 'normalise'],
    ],
    [
      [1, 1, 28, 28],
      ['resize', 'normalise'],
    ],
    [[1, 1, 49, 10], []],
  ])('of an input %j are %j', (shape, expected) => {
    const b = new SummaryBuilder()
    const summary = b.build('one', [b.conv(b.input(shape), 8)])
    expect(place(summary, edgeTpuBoard).endToEnd.stages.map(({ id }) => id)).toEqual(expected)
  })

  it('prepare a camera picture and read the classes, at 2 GHz', () => {
    const { endToEnd } = place(classifier(), edgeTpuBoard)
    expect(endToEnd.stages.map(({ id, timeMs }) => [id, Number(timeMs.toFixed(9))])).toEqual([
      ['convert-colour', (1280 * 720 * 2) / 2e6],
      ['resize', (224 * 224 * 8) / 2e6],
      ['normalise', (224 * 224 * 3) / 2e6],
      ['argmax', 10 / 2e6],
    ])
    const stagesMs = endToEnd.stages.reduce((sum, { timeMs }) => sum + timeMs, 0)
    expect(endToEnd.endToEnd.latencyMs).toBeCloseTo(endToEnd.modelOnly.latencyMs + stagesMs, 9)
    expect(endToEnd.endToEnd.inFlightPerS).toBeLessThan(endToEnd.modelOnly.inFlightPerS)
  })

  it('take times and sizes of the user', () => {
    const stages = [
      { id: 'resize', timeMs: 3 },
      { id: 'convert-colour', timeMs: 0 },
      { id: 'nms', elements: 1000 },
    ] as const
    const { endToEnd } = place(classifier(), edgeTpuBoard, { stages })
    expect(endToEnd.stages.map(({ id, timeMs, basis }) => [id, Number(timeMs.toFixed(9)), basis === 'given'])).toEqual([
      ['resize', 3, true],
      ['normalise', (224 * 224 * 3) / 2e6, false],
      ['nms', (1000 * 300) / 2e6, false],
      ['argmax', 10 / 2e6, false],
    ])
  })

  it('ask for a size that the network does not tell', () => {
    expect(() => place(classifier(), edgeTpuBoard, { stages: [{ id: 'nms' }] })).toThrow(ProblemError)
  })
})
