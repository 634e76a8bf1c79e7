/** Runs cases one after the other and says which one it is at, so that whoever watches can name it when it hangs. */
import { parentPort, workerData } from 'node:worker_threads'
import { peakBytes } from '../support/peak-memory.ts'
import { makeCase } from './cases.ts'
import { makeCorpus } from './corpus.ts'
import { hangS, judge, type Outcome } from './oracle.ts'
import { beyond, memoryLimitBytes, progressFields, type ThreadMessage, type ThreadTask } from './thread-messages.ts'

const microsecondsPerS = 1e6
/** Until then code is compiled and caches fill. */
const warmUpCases = 2000
/** A page or two per case would be memory for good. */
const keptLimitPerThousand = 1e6

type Report = Exclude<ThreadMessage, { readonly startBytes: number }>

async function run({ seed, first, cases, largestBytes, progress }: ThreadTask): Promise<Report> {
  const counts = new Int32Array(progress)
  const corpus = makeCorpus(largestBytes)
  collectGarbage()
  const startBytes = process.memoryUsage.rss()
  parentPort?.postMessage({ startBytes } satisfies ThreadMessage)
  let slowestS = 0
  let slowestCase = first
  let warmBytes: number | null = null
  let keptBytes: number | null = null
  const last = first + cases - 1
  const report = (found: Partial<Report>): Report => ({
    ...{ slowestS, slowestCase, keptBytesPerThousand: null, failure: null, suspect: null },
    ...found,
  })
  for (let number = first; number <= last; number += 1) {
    Atomics.store(counts, progressFields.at, number + 1)
    // Both while the files that cases are made of are still needed.
    if (number - first === warmUpCases) warmBytes = liveBytes()
    if (number === last && warmBytes !== null) keptBytes = liveBytes() - warmBytes
    const { content, name, from } = makeCase(corpus, seed, number)
    const before = process.cpuUsage()
    let outcome: Outcome
    try {
      outcome = await judge(content, name)
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return report({ failure: { case: number, from, what } })
    }
    const { user, system } = process.cpuUsage(before)
    const tookS = (user + system) / microsecondsPerS
    if (tookS > slowestS) [slowestS, slowestCase] = [tookS, number]
    if (tookS > hangS) return report({ suspect: { case: number, from, what: `${tookS} s` } })
    const surplusBytes = peakBytes() - startBytes - memoryLimitBytes
    if (surplusBytes > 0) return report({ suspect: { case: number, from, what: beyond(surplusBytes) } })
    Atomics.add(counts, progressFields[outcome], 1)
  }
  if (keptBytes === null || cases < 2 * warmUpCases) return report({})
  const keptBytesPerThousand = (keptBytes / (cases - warmUpCases)) * 1000
  const what = `${Math.round(keptBytesPerThousand)} bytes stay alive from every thousand cases`
  const leaks = keptBytesPerThousand > keptLimitPerThousand
  const failure = leaks ? { case: first, from: `all of ${cases} cases`, what } : null
  return report({ keptBytesPerThousand, failure })
}

/** Heap and buffers after a collection. */
function liveBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('start the process with --expose-gc')
  globalThis.gc()
}

// What `watch` in part.ts passes is a `ThreadTask`.
parentPort?.postMessage(await run(workerData as ThreadTask))
