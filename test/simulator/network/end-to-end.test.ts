import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { endToEnd, type PathRequest } from '../../../simulator/network/end-to-end.ts'
import type { NetworkProfile } from '../../../simulator/network/profile.ts'
import { transmissionS } from '../../../simulator/network/transfer.ts'
import { lognormalMetric } from '../../../simulator/predict/interval.ts'
import { fact } from '../../support/devices.ts'

const lte: NetworkProfile = {
  id: 'lte',
  technology: 'LTE',
  rttS: fact(0.05),
  rttP95S: fact(0.12),
  uplinkBytesPerS: fact(1.25e6),
  downlinkBytesPerS: fact(5e6),
}
const request: PathRequest = {
  inferenceMs: lognormalMetric(4, 0),
  network: lte,
  uplinkBytes: 50_000,
  downlinkBytes: 4_000,
  isWarm: true,
}

describe('transmission over TCP', () => {
  it('waits a round trip for every window that does not fill the link', () => {
    // 1 MB/s · 100 ms = 100 kB in flight; windows of 14.6, 29.2 and 58.4 kB leave the link idle.
    const cold = transmissionS(300_000, 1e6, 0.1, false)
    expect(cold).toBeCloseTo(3 * 0.1 + (300_000 - 14_600 * 7) / 1e6, 12)
    expect(transmissionS(300_000, 1e6, 0.1, true)).toBeCloseTo(0.3, 12)
  })

  it('of a message in the first window takes its size over the bandwidth', () => {
    expect(transmissionS(14_600, 1e6, 0.1, false)).toBeCloseTo(0.0146, 12)
  })

  const bytes = fc.integer({ min: 1, max: 10_000_000 })
  const rate = fc.double({ min: 1e3, max: 1e9, noNaN: true })
  const rtt = fc.double({ min: 1e-4, max: 2, noNaN: true })
  test.prop([bytes, rate, rtt, fc.double({ min: 1, max: 100, noNaN: true })])(
    'is never slower on a faster link and never faster than the link',
    (size, bytesPerS, rttS, by) => {
      const time = transmissionS(size, bytesPerS, rttS, false)
      expect(transmissionS(size, bytesPerS * by, rttS, false)).toBeLessThanOrEqual(time * (1 + 1e-9))
      expect(time).toBeGreaterThanOrEqual((size / bytesPerS) * (1 - 1e-9))
    },
  )
})

describe('a path', () => {
  it('on the device is the inference alone', () => {
    expect(endToEnd({ ...request, network: null })).toEqual({
      totalMs: request.inferenceMs,
      parts: { connectMs: 0, uplinkMs: 0, roundTripMs: 0, inferenceMs: 4, downlinkMs: 0 },
    })
  })

  it('over a network adds upload, a round trip and download', () => {
    const { totalMs, parts } = endToEnd(request)
    expect(parts).toMatchObject({ connectMs: 0, roundTripMs: 50, inferenceMs: 4 })
    expect(parts?.uplinkMs).toBeCloseTo(40, 9)
    expect(parts?.downlinkMs).toBeCloseTo(0.8, 9)
    expect(totalMs).toMatchObject({ availability: 'available', p50: expect.closeTo(94.8, 9) })
  })

  it('that has to be opened first costs two round trips more and slow start', () => {
    const { parts } = endToEnd({ ...request, isWarm: false })
    expect(parts?.connectMs).toBe(100)
    expect(parts?.uplinkMs).toBeGreaterThan(40)
  })

  it('has an interval even for a measured inference, because networks vary', () => {
    const { totalMs } = endToEnd(request)
    if (totalMs.availability === 'unavailable') throw new Error('available')
    expect(totalMs.pi80[1]).toBeGreaterThan(totalMs.p50)
    const local = endToEnd({ ...request, network: null }).totalMs
    expect(local).toMatchObject({ pi95: [4, 4] })
  })

  it('gives no figure where the network states no bandwidth or the inference has none', () => {
    expect(endToEnd({ ...request, network: { ...lte, uplinkBytesPerS: null } })).toEqual({
      totalMs: { availability: 'unavailable', missing: 'network.uplinkBytesPerS' },
      parts: null,
    })
    const unknown = { availability: 'unavailable', missing: 'x' } as const
    expect(endToEnd({ ...request, inferenceMs: unknown }).totalMs).toBe(unknown)
  })
})
