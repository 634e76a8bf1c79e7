import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import type { Kernel } from '../../../simulator/cost/kernel.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { alignedShare, alignmentLosses, alignmentOf, utilisation } from '../../../simulator/hardware/alignment.ts'
import { makeUnit } from '../../support/devices.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

const width32 = { outputChannels: 32, inputChannels: 32 }

function conv(inputChannels: number, outputChannels: number, groups = 1): Kernel {
  const b = new SummaryBuilder()
  const summary = b.build('conv', [b.conv(b.input([1, inputChannels, 8, 8]), outputChannels, 3, 1, groups)])
  const [kernel] = countWork(summary, 'int8', fusionProfiles.compiler, 1).kernels
  if (kernel === undefined) throw new Error('one kernel')
  return kernel
}

describe('alignment', () => {
  test.prop([fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 1, max: 256 })])(
    'is full exactly at multiples of the width',
    (size, width) => {
      const share = alignedShare(size, width)
      expect(share).toBeGreaterThan(0)
      expect(share).toBeLessThanOrEqual(1)
      expect(share === 1).toBe(size % width === 0)
    },
  )

  test.prop([fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 512 })])(
    'costs the same for every size up to the next step',
    (width, size) => {
      const steps = (d: number) => d / alignedShare(d, width)
      expect(steps(size)).toBeCloseTo(width * Math.ceil(size / width), 9)
    },
  )

  it('says "channels 40 → 64: 37.5 % idle"', () => {
    expect(utilisation(conv(64, 40), width32)).toBeCloseTo(40 / 64, 12)
    expect(alignmentLosses(conv(64, 40), width32)).toEqual([
      { dimension: 'output channels', size: 40, alignedTo: 64, idleShare: 0.375 },
    ])
    expect(alignmentLosses(conv(48, 32), width32)).toEqual([
      { dimension: 'input channels', size: 48, alignedTo: 64, idleShare: 0.25 },
    ])
  })

  it('unrolls the few channels of a first layer over the window', () => {
    expect(utilisation(conv(3, 32), width32)).toBeCloseTo(27 / 32, 12)
    expect(alignmentLosses(conv(3, 32), width32)[0]).toMatchObject({ dimension: 'reduction', size: 27, alignedTo: 32 })
  })

  it('sees no reduction in a depthwise window', () => {
    expect(utilisation(conv(48, 48, 48), width32)).toBeCloseTo(48 / 64, 12)
  })

  it('prefers the widths that a unit publishes', () => {
    const published = { outputChannels: 24, inputChannels: 8 }
    expect(alignmentOf(makeUnit({ kind: 'npu', alignment: published }), 'int8')).toEqual(published)
    expect(alignmentOf(makeUnit({ kind: 'edge-tpu' }), 'int8')).toEqual({ outputChannels: 64, inputChannels: 64 })
  })
})
