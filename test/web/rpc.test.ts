import { describe, expect, test, vi } from 'vitest'
import { fail, ProblemError } from '../../simulator/problem.ts'
import { Cancelled, connect, type Progress, serve } from '../../web/app/workers/rpc.ts'

interface Arithmetic {
  add(a: number, b: number): number
  slow(): Promise<string>
  refuse(): never
  break(): never
}

/** A worker whose two ends live in one thread; messages arrive later and as copies, as between real ones. */
function makeWorker() {
  const started = { terminated: false, onmessage: null, onerror: null } as unknown as Worker & { terminated: boolean }
  const inside = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    postMessage: (message: unknown) => deliver(() => started.onmessage?.({ data: message } as MessageEvent)),
  }
  const deliver = (act: () => void) => queueMicrotask(() => started.terminated || act())
  started.postMessage = (message: unknown) =>
    deliver(() => inside.onmessage?.({ data: structuredClone(message) } as MessageEvent))
  started.terminate = () => {
    started.terminated = true
  }
  serve(inside, (report) => ({
    add: (a: number, b: number) => a + b,
    slow: () => {
      report({ stage: 'reading', share: 0.5 })
      return new Promise<string>(() => {})
    },
    refuse: () => {
      throw fail('truncated', 'Save the file again.', { where: 'byte 12' })
    },
    break: () => {
      throw new TypeError('x is undefined')
    },
  }))
  return started
}

function open() {
  const workers: (Worker & { terminated: boolean })[] = []
  const progress: (Progress | null)[] = []
  const connection = connect<Arithmetic>(
    () => {
      const worker = makeWorker()
      workers.push(worker)
      return worker
    },
    (next) => progress.push(next),
  )
  return { connection, workers, progress }
}

describe('calls into the worker', () => {
  test('bring back the result of the method they name', async () => {
    const { connection, workers } = open()
    expect(await connection.remote.add(2, 3)).toBe(5)
    expect(await Promise.all([connection.remote.add(1, 1), connection.remote.add(2, 2)])).toEqual([2, 4])
    expect(workers).toHaveLength(1)
  })

  test('bring back a problem as it was thrown', async () => {
    const { connection } = open()
    await expect(connection.remote.refuse()).rejects.toMatchObject({
      problem: { code: 'truncated', where: 'byte 12', fix: 'Save the file again.' },
    })
  })

  test('turn a bug into a problem with its message', async () => {
    const { connection } = open()
    await expect(connection.remote.break()).rejects.toMatchObject({
      problem: { code: 'internal', received: 'x is undefined' },
    })
  })

  test('report progress while they run', async () => {
    const { connection, progress } = open()
    void connection.remote.slow().catch(() => {})
    await vi.waitFor(() => expect(progress).toContainEqual({ stage: 'reading', share: 0.5 }))
  })

  test('end at once when cancelled, and the next call gets a fresh worker', async () => {
    const { connection, workers, progress } = open()
    const running = connection.remote.slow()
    connection.cancel()
    await expect(running).rejects.toThrow(Cancelled)
    expect(workers[0]?.terminated).toBe(true)
    expect(progress.at(-1)).toBeNull()
    expect(await connection.remote.add(1, 2)).toBe(3)
    expect(workers).toHaveLength(2)
  })

  test('survive a crash of the worker: the caller learns of it, the next call works', async () => {
    const { connection, workers } = open()
    const running = connection.remote.slow()
    workers[0]?.onerror?.({ message: 'out of memory', preventDefault: () => {} } as ErrorEvent)
    await expect(running).rejects.toThrow(ProblemError)
    expect(await connection.remote.add(4, 4)).toBe(8)
  })
})
