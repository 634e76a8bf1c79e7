/**
 * Fuzzes every model reader with the pipeline behind it, in a thread that is watched: a case that hangs, that takes more
 * memory than a model file may, or that throws anything but a typed problem is named by its number. Nothing is written.
 */
import { Worker } from 'node:worker_threads'

export interface FuzzOptions {
  readonly seed: number
  /** Number of the first case, and how many follow. A case is the same whatever comes before it. */
  readonly first: number
  readonly cases: number
  /** Real files beyond this size are left out. */
  readonly largestBytes: number
  readonly onProgress?: (done: number) => void
}

export interface FuzzTask extends Omit<FuzzOptions, 'onProgress'> {
  /** One 32-bit integer: the case at hand, counted from 1. */
  readonly progress: SharedArrayBuffer
}

export interface FuzzReport {
  /** Cases that were read to the end of the pipeline, and those refused with a typed problem. */
  readonly read: number
  readonly refused: number
  /** Processor time of the slowest case. */
  readonly slowestS: number
  readonly slowestCase: number
  readonly failure: { readonly case: number; readonly from: string; readonly what: string } | null
}

/** What the process may take beyond what it had at the start. */
export const memoryLimitBytes = 300e6
const bytesPerMebibyte = 2 ** 20
/** Without progress for so long, waiting for a processor included, a case hangs. */
const stuckMs = 30_000
const watchEveryMs = 50

/** Pages that an allocator keeps add up over hundreds of thousands of cases, and are no case's own; a thread starts anew. */
const casesPerThread = 50_000

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { first, cases, onProgress } = options
  let sum: FuzzReport = { read: 0, refused: 0, slowestS: 0, slowestCase: first, failure: null }
  for (let done = 0; done < cases && sum.failure === null; done += casesPerThread) {
    const part = await fuzzInThread({
      ...options,
      first: first + done,
      cases: Math.min(casesPerThread, cases - done),
      onProgress: (doneInPart) => onProgress?.(done + doneInPart),
    })
    const slowest = part.slowestS > sum.slowestS ? part : sum
    const { slowestS, slowestCase } = slowest
    sum = { ...part, read: sum.read + part.read, refused: sum.refused + part.refused, slowestS, slowestCase }
  }
  return sum
}

function fuzzInThread(options: FuzzOptions): Promise<FuzzReport> {
  const { onProgress, ...task } = options
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const at = new Int32Array(progress)
  const worker = new Worker(new URL('../../test/fuzz/worker.ts', import.meta.url), {
    workerData: { ...task, progress } satisfies FuzzTask,
    // Garbage is collected before it counts as memory taken.
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitBytes / bytesPerMebibyte, maxYoungGenerationSizeMb: 32 },
  })
  return new Promise((resolve, reject) => {
    let startBytes: number | null = null
    let lastCase = 0
    let lastMoveMs = performance.now()
    const stop = (what: string): void => {
      finish()
      const failed = Math.max(options.first, Atomics.load(at, 0) - 1)
      resolve({
        read: 0,
        refused: 0,
        slowestS: 0,
        slowestCase: failed,
        failure: { case: failed, from: 'a case that was stopped', what },
      })
    }
    const watch = setInterval(() => {
      const current = Atomics.load(at, 0)
      if (current !== lastCase) [lastCase, lastMoveMs] = [current, performance.now()]
      if (current === 0) return
      const { rss } = process.memoryUsage()
      startBytes ??= rss
      if (rss - startBytes > memoryLimitBytes) stop(`${Math.round((rss - startBytes) / 1e6)} MB more than at the start`)
      else if (performance.now() - lastMoveMs > stuckMs) stop('no end')
      else onProgress?.(current - options.first)
    }, watchEveryMs)
    const finish = (): void => {
      clearInterval(watch)
      void worker.terminate()
    }
    worker.on('message', (report: FuzzReport) => {
      finish()
      resolve(report)
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') stop('out of memory')
      else {
        finish()
        reject(error)
      }
    })
  })
}
