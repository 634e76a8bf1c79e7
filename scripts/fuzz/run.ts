/**
 * Fuzzes every model reader with the pipeline behind it: a case that hangs, that takes more memory than a model file may,
 * or that throws anything but a typed problem is named by its number. Nothing is written.
 *
 * Cases run in processes of many cases each. A process holds garbage and pages of earlier cases too, and a processor may be
 * busy with others: a case that seems too large or too slow is run again alone, and only then believed.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface FuzzOptions {
  readonly seed: number
  /** Number of the first case, and how many follow. A case is the same whatever comes before it. */
  readonly first: number
  readonly cases: number
  /** Real files beyond this size are left out. */
  readonly largestBytes: number
  readonly onProgress?: (done: number) => void
}

export type FuzzTask = Omit<FuzzOptions, 'onProgress'>

interface Failure {
  readonly case: number
  readonly from: string
  readonly what: string
}

export interface FuzzReport {
  /** Cases that were read to the end of the pipeline, and those refused with a typed problem. */
  readonly read: number
  readonly refused: number
  /** Processor time of the slowest case. */
  readonly slowestS: number
  readonly slowestCase: number
  /** What stays alive from a thousand cases once garbage is collected, the most of any process; `null` = too few to tell. */
  readonly keptBytesPerThousand: number | null
  /** Cases that were slow or large among others, and neither alone. */
  readonly dismissed: number
  readonly failure: Failure | null
}

/** What a process tells: how far it is, and at the end what came of its cases; `suspect` = to be run again alone. */
export type PartMessage = { readonly done: number } | PartReport

export interface PartReport extends Omit<FuzzReport, 'dismissed'> {
  readonly suspect: Failure | null
}

const casesPerProcess = 50_000

export async function fuzz({ onProgress, ...task }: FuzzOptions): Promise<FuzzReport> {
  const end = task.first + task.cases
  let sum: FuzzReport = {
    ...{ read: 0, refused: 0, slowestS: 0, slowestCase: task.first, keptBytesPerThousand: null },
    ...{ dismissed: 0, failure: null },
  }
  const add = (part: PartReport): void => {
    const { slowestS, slowestCase } = part.slowestS > sum.slowestS ? part : sum
    sum = {
      ...{ read: sum.read + part.read, refused: sum.refused + part.refused, slowestS, slowestCase },
      keptBytesPerThousand: larger(sum.keptBytesPerThousand, part.keptBytesPerThousand),
      dismissed: sum.dismissed,
      failure: part.failure,
    }
  }
  for (let first = task.first; first < end && sum.failure === null; ) {
    const part = await runPart({ ...task, first, cases: Math.min(casesPerProcess, end - first) }, (done) =>
      onProgress?.(first - task.first + done),
    )
    add(part)
    if (part.suspect === null) {
      first += casesPerProcess
      continue
    }
    const alone = await runPart({ ...task, first: part.suspect.case, cases: 1 })
    add({ ...alone, failure: alone.failure ?? alone.suspect })
    if (sum.failure === null) sum = { ...sum, dismissed: sum.dismissed + 1 }
    first = part.suspect.case + 1
  }
  return sum
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

/** Cases in a process of their own. */
function runPart(task: FuzzTask, onProgress?: (done: number) => void): Promise<PartReport> {
  const child = fork(fileURLToPath(new URL('../../test/fuzz/part.ts', import.meta.url)), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, FUZZ_TASK: JSON.stringify(task) },
  })
  return new Promise((resolve, reject) => {
    let last = 0
    child.on('message', (message: PartMessage) => {
      if ('done' in message) {
        last = message.done
        onProgress?.(last)
      } else {
        child.removeAllListeners()
        child.kill('SIGKILL')
        resolve(message)
      }
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      reject(new Error(`the process of cases ${task.first + last} … ended by itself (${signal ?? code})`))
    })
  })
}
