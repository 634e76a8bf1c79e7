/** The timing protocol against clocks and machines whose truth is known. */
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { makeRandom, type Random, sampleNormal } from '../../simulator/random.ts'
import { theilSen } from '../../simulator/statistics.ts'
import { judge, measure, planLadder, type Stopwatch } from '../../worker/inference/protocol.ts'

interface Machine {
  readonly perInferenceMs: number
  readonly dispatchMs: number
  /** Standard deviation of a call's duration, as a share of it. */
  readonly noise?: number
  /** Inferences that are slower because code is still being compiled, and by how much. */
  readonly compiling?: { readonly inferences: number; readonly factor: number }
  /** Reads the true time. */
  readonly readMs?: (trueMs: number) => number
}

/** A stopwatch over a machine that is simulated, so the true slope is known. Keeps the calls it got. */
function stopwatchOf(machine: Machine, random: Random = makeRandom(7)): Stopwatch & { readonly calls: number[] } {
  const { perInferenceMs, dispatchMs, noise = 0, compiling, readMs = (trueMs) => trueMs } = machine
  const calls: number[] = []
  let trueMs = 0
  let done = 0
  return {
    calls,
    async call(k) {
      calls.push(k)
      let ms = dispatchMs
      for (let i = 0; i < k; i += 1, done += 1) {
        ms += perInferenceMs * (compiling !== undefined && done < compiling.inferences ? compiling.factor : 1)
      }
      trueMs += ms * Math.max(0.1, 1 + noise * sampleNormal(random))
    },
    async rest(ms) {
      trueMs += ms
    },
    now: () => readMs(trueMs),
  }
}

const options = (repeats = 5) => ({ repeats, random: makeRandom(1) })

const anyMachine = fc.record({
  perInferenceMs: fc.double({ min: 0.3, max: 300, noNaN: true }),
  dispatchMs: fc.double({ min: 0, max: 20, noNaN: true }),
})

describe('the slope', () => {
  property.prop([anyMachine])('is the time of one inference, whatever a call costs besides', async (machine) => {
    const { slopeMs, interceptMs, r2, problem } = await measure(stopwatchOf(machine), options())
    expect(problem).toBeNull()
    expect(slopeMs).toBeCloseTo(machine.perInferenceMs, 6)
    expect(interceptMs).toBeCloseTo(machine.dispatchMs, 4)
    expect(r2).toBeCloseTo(1, 9)
  })

  property.prop([anyMachine])('survives a clock that counts whole milliseconds', async (machine) => {
    const { slopeMs } = await measure(stopwatchOf({ ...machine, readMs: Math.floor }), options())
    expect(Math.abs((slopeMs ?? 0) - machine.perInferenceMs)).toBeLessThan(0.01 * machine.perInferenceMs)
  })

  test('does not count the compilation of the first inferences', async () => {
    const machine = { perInferenceMs: 5, dispatchMs: 1, compiling: { inferences: 60, factor: 8 } }
    expect((await measure(stopwatchOf(machine), options())).slopeMs).toBeCloseTo(5, 6)
  })
})

describe('the ladder', () => {
  property.prop([fc.double({ min: 0.01, max: 5000, noNaN: true })])(
    'spans a factor of eight and ends in a call of 250 ms or more',
    (perInferenceMs) => {
      const ladder = planLadder(perInferenceMs)
      const [shortest = 0] = ladder
      expect(ladder).toEqual([shortest, 2 * shortest, 4 * shortest, 8 * shortest])
      expect(8 * shortest * perInferenceMs).toBeGreaterThanOrEqual(250)
    },
  )

  test('is walked as often as asked, in an order that the seed fixes and that is not the same each time', async () => {
    const walk = async () => (await measure(stopwatchOf({ perInferenceMs: 50, dispatchMs: 1 }), options(6))).samples
    const samples = await walk()
    const orders = Array.from({ length: 6 }, (_, i) => samples.slice(4 * i, 4 * i + 4).map(({ k }) => k))
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([1, 2, 4, 8])
    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
    expect(await walk()).toEqual(samples)
  })
})

describe('no number', () => {
  test('when one call in ten takes twice its time, although the slope alone would still read true', () => {
    const samples = Array.from({ length: 40 }, (_, i) => {
      const k = [10, 20, 40, 80][i % 4] ?? 0
      return { k, ms: (3 + 5 * k) * (i % 10 === 0 ? 2 : 1) }
    })
    expect(theilSen(samples.map(({ k, ms }) => ({ x: k, y: ms }))).slope).toBeCloseTo(5, 6)
    expect(judge(samples)).toMatchObject({ slopeMs: null, problem: { code: 'slope-not-linear' } })
  })

  test('when the clock stands still, found out after a bounded number of inferences', async () => {
    const stopwatch = stopwatchOf({ perInferenceMs: 60, dispatchMs: 1, readMs: () => 1_764_000_000_000 })
    expect(await measure(stopwatch, options())).toMatchObject({
      slopeMs: null,
      interceptMs: null,
      samples: [],
      problem: { code: 'clock-did-not-advance' },
    })
    expect(stopwatch.calls.reduce((sum, k) => sum + k, 0)).toBeLessThan(1000)
  })

  test('when the clock advances only between the calls', async () => {
    let ms = 0
    const stopwatch: Stopwatch = {
      async call() {},
      async rest(pauseMs) {
        ms += pauseMs
      },
      now: () => ms,
    }
    expect((await measure(stopwatch, options())).problem?.code).toBe('clock-did-not-advance')
  })

  test('when time does not grow with the number of inferences', () => {
    const samples = [1, 2, 4, 8, 1, 2, 4, 8].map((k) => ({ k, ms: 300 }))
    expect(judge(samples)).toMatchObject({ slopeMs: null, problem: { code: 'clock-did-not-advance' } })
  })

  test('when calls scatter so that a line explains less than 98 % of them, after all were taken again', async () => {
    const machine = { perInferenceMs: 20, dispatchMs: 1, noise: 0.5 }
    const { slopeMs, r2, samples, problem } = await measure(stopwatchOf(machine), options())
    expect(problem?.code).toBe('slope-not-linear')
    expect(r2).toBeLessThan(0.98)
    expect(slopeMs).toBeNull()
    expect(samples).toHaveLength(20)
  })

  test('from refused samples once the machine has calmed down', async () => {
    const noisy = stopwatchOf({ perInferenceMs: 20, dispatchMs: 1, noise: 0.5 })
    let retries = 0
    const stopwatch: Stopwatch = {
      now: noisy.now,
      async rest(ms) {
        if (ms >= 1000) retries += 1
        await noisy.rest(ms)
      },
      call: (k) => (retries === 0 ? noisy.call(k) : noisy.rest(1 + 20 * k)),
    }
    const { slopeMs, problem } = await measure(stopwatch, options())
    expect(retries).toBe(1)
    expect(problem).toBeNull()
    expect(slopeMs).toBeCloseTo(20, 6)
  })

  test('when the runner breaks: the failure is passed on', async () => {
    const stopwatch = {
      ...stopwatchOf({ perInferenceMs: 1, dispatchMs: 1 }),
      call: () => Promise.reject(new Error('gone')),
    }
    await expect(measure(stopwatch, options())).rejects.toThrow('gone')
  })
})
