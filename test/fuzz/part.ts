/** A process of fuzz cases: they run in a thread, which is watched from here, since what hangs cannot say so itself. */
import { Worker } from 'node:worker_threads'
import type { FuzzTask, PartMessage, PartReport } from '../../scripts/fuzz/run.ts'
import { peakBytes } from '../support/peak-memory.ts'
import { beyond, memoryLimitBytes, progressFields, type ThreadMessage, type ThreadTask } from './thread-messages.ts'

const bytesPerMebibyte = 2 ** 20
/** Without progress for so long, waiting for a processor included, a case hangs. */
const stuckMs = 30_000
const watchEveryMs = 50

function watch(task: FuzzTask): void {
  const fields = Object.keys(progressFields).length
  const progress = new SharedArrayBuffer(fields * Int32Array.BYTES_PER_ELEMENT)
  const counts = new Int32Array(progress)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...task, progress } satisfies ThreadTask,
    // Near this limit garbage is collected; no case needs as much.
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitBytes / bytesPerMebibyte, maxYoungGenerationSizeMb: 32 },
  })
  const current = (): number => Math.max(task.first, Atomics.load(counts, progressFields.at) - 1)
  let limitBytes = Number.POSITIVE_INFINITY
  let lastCase = -1
  let lastMoveMs = performance.now()
  const timer = setInterval(() => {
    if (current() !== lastCase) [lastCase, lastMoveMs] = [current(), performance.now()]
    if (peakBytes() > limitBytes) suspect(beyond(peakBytes() - limitBytes))
    else if (performance.now() - lastMoveMs > stuckMs) suspect('no end')
    else tell({ done: current() - task.first })
  }, watchEveryMs)
  const finish = (report: Omit<PartReport, 'read' | 'refused'>): void => {
    clearInterval(timer)
    const [read, refused] = [counts[progressFields.read] ?? 0, counts[progressFields.refused] ?? 0]
    tell({ ...report, read, refused })
  }
  const suspect = (what: string): void => {
    const found = { case: current(), from: 'a case that was stopped', what }
    finish({ slowestS: 0, slowestCase: current(), keptBytesPerThousand: null, failure: null, suspect: found })
  }
  worker.on('message', (message: ThreadMessage) => {
    if ('startBytes' in message) limitBytes = message.startBytes + memoryLimitBytes
    else finish(message)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error
    suspect('out of memory')
  })
}

function tell(message: PartMessage): void {
  process.send?.(message)
}

const task = process.env.FUZZ_TASK
if (task !== undefined) watch(JSON.parse(task))
