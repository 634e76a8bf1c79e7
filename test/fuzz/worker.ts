/** Runs cases one after the other and says which one it is at, so that whoever watches can name it when it hangs. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FuzzReport, FuzzTask } from '../../scripts/fuzz/run.ts'
import { makeCase } from './cases.ts'
import { makeCorpus } from './corpus.ts'
import { hangS, judge, type Outcome } from './oracle.ts'

const microsecondsPerS = 1e6

async function run({ seed, first, cases, largestBytes, progress }: FuzzTask): Promise<FuzzReport> {
  const at = new Int32Array(progress)
  const corpus = makeCorpus(largestBytes)
  const counts: Record<Outcome, number> = { read: 0, refused: 0 }
  let slowestS = 0
  let slowestCase = first
  for (let number = first; number < first + cases; number += 1) {
    Atomics.store(at, 0, number + 1)
    const { content, name, from } = makeCase(corpus, seed, number)
    const before = process.cpuUsage()
    try {
      counts[await judge(content, name)] += 1
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return { ...counts, slowestS, slowestCase, failure: { case: number, from, what } }
    }
    const { user, system } = process.cpuUsage(before)
    const tookS = (user + system) / microsecondsPerS
    if (tookS > slowestS) [slowestS, slowestCase] = [tookS, number]
    if (tookS > hangS) return { ...counts, slowestS, slowestCase, failure: { case: number, from, what: `${tookS} s` } }
  }
  return { ...counts, slowestS, slowestCase, failure: null }
}

// What `fuzz` in scripts/fuzz/run.ts passes is a `FuzzTask`.
parentPort?.postMessage(await run(workerData as FuzzTask))
