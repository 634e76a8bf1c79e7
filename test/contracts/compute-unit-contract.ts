/** What every compute-unit model promises; run for each kind over random networks and devices. */
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { kernelBytes } from '../../simulator/cost/kernel.ts'
import { countWork } from '../../simulator/cost/workload.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device, Fact, UnitKind } from '../../simulator/hardware/device.ts'
import { noPeers } from '../../simulator/hardware/missing.ts'
import { resolveNumbers, type Simulation, simulate } from '../../simulator/hardware/simulate.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'
import { anyDevice, anySummary } from '../support/arbitraries.ts'

/** Rounding of sums of doubles. */
const slack = 1 + 1e-9

export function simulateOn(summary: GraphSummary, device: Device, batch = 1): Simulation {
  const resolved = resolveNumbers(resolveTarget(device), { peers: noPeers })
  return simulate(countWork(summary, resolved.target.precision, resolved.traits.fusionProfile, batch), resolved)
}

export function describeComputeUnit(kind: UnitKind): void {
  const device = anyDevice.map((each) => withKind(each, kind))

  describe(`a ${kind} unit`, () => {
    test.prop([anySummary, device])('times every kernel with finite, non-negative terms', (summary, on) => {
      const { kernels, latencyS, intervalS } = simulateOn(summary, on)
      for (const column of Object.values(kernels)) {
        for (const value of column) expect(value >= 0 && Number.isFinite(value)).toBe(true)
      }
      expect(latencyS).toBeGreaterThan(0)
      expect(intervalS).toBeGreaterThan(0)
      expect(intervalS).toBeLessThanOrEqual(latencyS * slack)
    })

    test.prop([anySummary, device])('is never faster than the roofline of its own facts', (summary, on) => {
      const { workload, kernels, resolved } = simulateOn(summary, on)
      const { rates, traits } = resolved
      workload.kernels.forEach((kernel, i) => {
        // Winograd multiplies less than the direct method counts.
        const leastMacs = (kernel.macs ?? 0) * (traits.winograd ? 16 / 36 : 1)
        const floorS = Math.max(
          leastMacs / rates.peakMacsPerS.value,
          (kernels.dramBytes[i] ?? 0) / (rates.dramBytesPerS?.value ?? Number.POSITIVE_INFINITY),
          (kernels.linkBytes[i] ?? 0) /
            (rates.linkBytesPerS?.value ?? rates.dramBytesPerS?.value ?? Number.POSITIVE_INFINITY),
        )
        expect((kernels.totalS[i] ?? 0) * slack).toBeGreaterThanOrEqual(floorS)
      })
    })

    test.prop([anySummary, device])('moves every operand at least once', (summary, on) => {
      const { workload, kernels } = simulateOn(summary, on)
      workload.kernels.forEach((kernel, i) => {
        const moved = (kernels.dramBytes[i] ?? 0) + (kernels.onchipBytes[i] ?? 0) + (kernels.linkBytes[i] ?? 0)
        expect(moved * slack).toBeGreaterThanOrEqual(kernelBytes(kernel))
      })
    })

    test.prop([anySummary, device])('adds up: kernels and the cost of a run give the latency', (summary, on) => {
      const { kernels, run, latencyS, boundS } = simulateOn(summary, on)
      const sum = kernels.totalS.reduce((total, time) => total + time, run.overheadS + run.linkS)
      expect(sum).toBeCloseTo(latencyS, 12)
      expect(boundS.compute + boundS.memory + boundS.link + boundS.overhead).toBeCloseTo(latencyS, 12)
    })

    const factor = fc.double({ min: 1, max: 8, noNaN: true })
    test.prop([anySummary, device, factor])('never loses time by more clock, peak or bandwidth', (summary, on, by) => {
      const before = simulateOn(summary, on)
      for (const better of [withPeak(on, by), withClock(on, by), withDram(on, by), withLink(on, by)]) {
        expect(simulateOn(summary, better).latencyS).toBeLessThanOrEqual(before.latencyS * slack)
      }
    })

    test.prop([anySummary, device, fc.integer({ min: 2, max: 16 })])(
      'never gains time by a larger batch',
      (summary, on, batch) => {
        const one = simulateOn(summary, on).latencyS
        const many = simulateOn(summary, on, batch).latencyS
        expect(many * slack).toBeGreaterThanOrEqual(one)
      },
    )
  })
}

function withKind(device: Device, kind: UnitKind): Device {
  return { ...device, units: device.units.map((unit) => ({ ...unit, kind, family: `test-${kind}` })) }
}

function times(fact: Fact | null, by: number): Fact | null {
  return fact === null ? null : { ...fact, value: fact.value * by }
}

/** The whole unit runs faster: peak and clock together. A clock without a peak says nothing about its speed. */
function withClock(device: Device, by: number): Device {
  const faster = withPeak(device, by)
  const isStated = device.units.every(({ peakMacsPerS }) => Object.keys(peakMacsPerS).length > 0)
  if (!isStated) return faster
  return { ...faster, units: faster.units.map((unit) => ({ ...unit, clockHz: times(unit.clockHz, by) })) }
}

function withPeak(device: Device, by: number): Device {
  return {
    ...device,
    units: device.units.map((unit) => ({
      ...unit,
      peakMacsPerS: Object.fromEntries(Object.entries(unit.peakMacsPerS).map(([key, fact]) => [key, times(fact, by)])),
    })),
  }
}

function withDram(device: Device, by: number): Device {
  return { ...device, dramBytesPerS: times(device.dramBytesPerS, by) }
}

function withLink(device: Device, by: number): Device {
  return {
    ...device,
    link: device.link === null ? null : { ...device.link, bytesPerS: times(device.link.bytesPerS, by) },
  }
}
