import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { makePeerFacts, noPeers, parentLogSd, resolveFact } from '../../../simulator/hardware/missing.ts'
import { fact, makeDevice, makeUnit } from '../../support/devices.ts'

const bare = makeUnit({ kind: 'npu', family: 'rknpu-2', clockHz: null, onchipBytes: null })
const cousin = (peak: number, family: string, segment: 'embedded' | 'phone' = 'embedded', silicon = 'cousin') =>
  makeDevice([makeUnit({ kind: 'npu', family, peak: { int8: peak } })], {
    segment,
    silicon,
    dramBytesPerS: fact(peak / 100),
  })
const board = { segment: 'embedded', silicon: 'of its own' } as const
const phone = { segment: 'phone', silicon: 'of its own' } as const

const field = 'peakMacsPerS.int8'

describe('a fact that a device does not state', () => {
  it('comes from its silicon family first, then from its segment, then from a default', () => {
    const family = makePeerFacts([cousin(3e12, 'rknpu-2'), cousin(9e12, 'other')])
    expect(resolveFact(null, field, bare, board, family, 1)).toMatchObject({
      value: 3e12,
      status: 'assumed',
      from: 'family',
    })
    const segment = makePeerFacts([cousin(9e12, 'other')])
    expect(resolveFact(null, field, bare, board, segment, 1)).toMatchObject({ value: 9e12, from: 'segment' })
    expect(resolveFact(null, field, bare, phone, segment, 7)).toMatchObject({
      value: 7,
      status: 'default',
      from: 'default',
    })
  })

  it('comes before all from the same die under another name, though not its power', () => {
    const peers = makePeerFacts([
      cousin(3e12, 'rknpu-2'),
      cousin(5e12, 'rknpu-2', 'phone', 'of its own'),
      cousin(4e12, 'rknpu-2'),
    ])
    const resolved = resolveFact(null, field, bare, board, peers, 1)
    expect(resolved).toMatchObject({ value: 5e12, status: 'assumed', from: 'family', logSd: parentLogSd.die })
    expect(resolveFact(null, 'dramBytesPerS', bare, board, peers, 1)).toMatchObject({ value: 5e10 })
    expect(peers.parentOf('tdpW', bare, { segment: 'laptop', silicon: 'of its own' })).toBeNull()
  })

  it('is that of one model where the parent counts several cores', () => {
    const pair = makeDevice([
      makeUnit({
        kind: 'npu',
        family: 'rknpu-2',
        peak: { int8: 6e12 },
        cores: { total: fact(3), perModel: fact(1) },
        onchipBytes: fact(3 * 2 ** 20),
      }),
    ])
    const peers = makePeerFacts([pair])
    expect(resolveFact(null, field, bare, board, peers, 1).value).toBe(2e12)
    expect(resolveFact(null, 'onchipBytes', bare, board, peers, 1).value).toBe(2 ** 20)
  })

  it('is not asked for where the device states it', () => {
    const peers = makePeerFacts([cousin(3e12, 'rknpu-2')])
    expect(resolveFact(fact(5), field, bare, board, peers, 1)).toMatchObject({
      value: 5,
      status: 'vendor',
      from: 'device',
      sourceIds: ['test'],
    })
  })

  it('takes silicon from a relative in another segment, but not the memory it was built with', () => {
    const peers = makePeerFacts([cousin(3e12, 'rknpu-2', 'phone')])
    expect(resolveFact(null, field, bare, board, peers, 1)).toMatchObject({ value: 3e12, from: 'family' })
    expect(resolveFact(null, 'dramBytesPerS', bare, board, peers, 1)).toMatchObject({ from: 'default' })
  })

  it('is less certain the farther its parent and the more the parents differ', () => {
    const alike = makePeerFacts([cousin(1e12, 'rknpu-2'), cousin(1e12, 'rknpu-2')])
    const apart = makePeerFacts([cousin(1e12, 'rknpu-2'), cousin(4e12, 'rknpu-2')])
    const sdOf = (peers: typeof alike) => resolveFact(null, field, bare, board, peers, 1).logSd
    expect(sdOf(alike)).toBeCloseTo(parentLogSd.family, 12)
    expect(sdOf(apart)).toBeGreaterThan(sdOf(alike))
    expect(sdOf(noPeers)).toBe(parentLogSd.default)
  })

  test.prop([fc.array(fc.double({ min: 1e9, max: 1e14, noNaN: true }), { minLength: 1 })])(
    'lies between the extremes of its parents',
    (peaks) => {
      const peers = makePeerFacts(peaks.map((peak) => cousin(peak, 'rknpu-2')))
      const { value } = resolveFact(null, field, bare, board, peers, 1)
      expect(value).toBeGreaterThanOrEqual(Math.min(...peaks))
      expect(value).toBeLessThanOrEqual(Math.max(...peaks))
    },
  )
})
