/**
 * Honest timing where the clock stands still while code runs: only the caller's clock counts, over calls to the runner.
 *
 * One call runs k inferences and takes  t(k) = intercept + k · slope.  The slope is the time of one inference, free of
 * dispatch and of the clock's offset. Samples: a ladder of k, repeated, in seeded random order.
 * Source: Theil (1950), Sen (1968) for the slope; docs/adr/0002-edge-timing.md for the rest.
 */
import { type Problem, problem } from '../../simulator/problem.ts'
import { type Random, shuffle } from '../../simulator/random.ts'
import { rSquared, theilSen } from '../../simulator/statistics.ts'

export const method = 'theil-sen slope over k inferences per call, seeded random order, caller clock'

export interface Sample {
  readonly k: number
  readonly ms: number
}

export interface Measurement {
  /** `null` exactly when `problem` says why. */
  readonly slopeMs: number | null
  readonly interceptMs: number | null
  readonly r2: number | null
  readonly samples: readonly Sample[]
  readonly problem: Problem | null
}

/** What is measured, and with which clock. */
export interface Stopwatch {
  /** Resolves when `k` inferences are done. */
  call(k: number): Promise<void>
  /** Between two calls, outside the timing: lets whatever else waits for the processor have it. */
  rest(ms: number): Promise<void>
  /** Milliseconds; may stand still except across an await on `call`. */
  now(): number
}

export interface MeasureOptions {
  /** Times the whole ladder is walked. */
  readonly repeats: number
  readonly random: Random
}

/**
 * The longest call of the ladder lasts at least this long: a clock of 1 ms reads it to 0.25 %, and the time slices of a
 * scheduler (some 10 ms) average out within it.
 */
const longestCallMs = 400
const rungs = [1, 2, 4, 8] as const
const longestRung = 8
/** No network we ship runs this often in less than a clock tick: a clock that has not moved by then does not move. */
const maxProbeInferences = 256
/** Compiled code has settled when two calls of equal length agree to this share … */
const settledShare = 0.05
/** … or after this many calls, whatever the noise. */
const maxWarmUpCalls = 16
const minR2 = 0.98
/** Where one thread serves everything, chained calls would starve requests that wait on a socket. */
const restMs = 50
/** On a busy machine samples are refused; they are taken again, all of them, after a pause that grows by this much. */
const maxAttempts = 4
const retryPauseMs = 1000

/**
 * Warms up, chooses the ladder, takes the samples and judges them: the first set that is accepted, else the last one.
 * Rejects only when `call` does.
 */
export async function measure(stopwatch: Stopwatch, options: MeasureOptions): Promise<Measurement> {
  const perInferenceMs = await warmUp(stopwatch)
  if (perInferenceMs === null) return refused([], null, clockStoodStill)
  const ladder = planLadder(perInferenceMs)
  for (let attempt = 1; ; attempt += 1) {
    const measurement = judge(await takeSamples(stopwatch, ladder, options))
    if (measurement.problem?.code !== 'slope-not-linear' || attempt === maxAttempts) return measurement
    await stopwatch.rest(attempt * retryPauseMs)
  }
}

async function takeSamples(
  stopwatch: Stopwatch,
  ladder: readonly number[],
  { repeats, random }: MeasureOptions,
): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (let walk = 0; walk < repeats; walk += 1) {
    for (const k of shuffle(random, ladder)) samples.push({ k, ms: await time(stopwatch, k) })
  }
  return samples
}

/** Numbers of inferences per call, ascending; the longest lasts `longestCallMs` or more. */
export function planLadder(perInferenceMs: number): readonly number[] {
  const unit = Math.max(1, Math.ceil(longestCallMs / (longestRung * perInferenceMs)))
  return rungs.map((rung) => rung * unit)
}

/** The slope, or the reason why there is none. */
export function judge(samples: readonly Sample[]): Measurement {
  const points = samples.map(({ k, ms }) => ({ x: k, y: ms }))
  const line = theilSen(points)
  if (line.slope <= 0) return refused(samples, null, clockStoodStill)
  const r2 = rSquared(points, line)
  if (r2 < minR2) return refused(samples, r2, notLinear(r2))
  return { slopeMs: line.slope, interceptMs: line.intercept, r2, samples, problem: null }
}

/**
 * Milliseconds per inference after compilation has settled, roughly; `null` when the clock did not advance.
 * Calls double until one lasts `longestCallMs`, then repeat until two agree. None of them is a sample.
 */
async function warmUp(stopwatch: Stopwatch): Promise<number | null> {
  let k = 1
  let perInferenceMs: number | null = null
  let previousMs: number | null = null
  for (let call = 0; call < maxWarmUpCalls; call += 1) {
    const ms = await time(stopwatch, k)
    if (ms <= 0 && k >= maxProbeInferences) return null
    if (ms > 0) perInferenceMs = ms / k
    if (ms < longestCallMs) {
      k *= 2
      previousMs = null
    } else {
      if (previousMs !== null && Math.abs(ms - previousMs) <= settledShare * previousMs) break
      previousMs = ms
    }
  }
  return perInferenceMs
}

async function time(stopwatch: Stopwatch, k: number): Promise<number> {
  await stopwatch.rest(restMs)
  const start = stopwatch.now()
  await stopwatch.call(k)
  return stopwatch.now() - start
}

function refused(samples: readonly Sample[], r2: number | null, reason: Problem): Measurement {
  return { slopeMs: null, interceptMs: null, r2, samples, problem: reason }
}

const clockStoodStill = problem(
  'clock-did-not-advance',
  'The clock did not move across calls to the runner; this deployment cannot time itself.',
  { where: 'coordinator clock', expected: 'time passes while k inferences run' },
)

function notLinear(r2: number): Problem {
  return problem('slope-not-linear', 'Run again when the machine is less busy.', {
    where: 'samples',
    expected: `r2 of at least ${minR2}`,
    received: r2.toPrecision(3),
  })
}
