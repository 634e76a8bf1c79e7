/**
 * ResNet-50 on the whole catalog in workerd. Requests of k rounds are timed from outside, over a ladder of k, and the slope is
 * the time of one round: what a request costs besides falls out. Processor time is that of all threads of workerd, from Linux.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createTestHarness } from 'wrangler'
import { makeRandom, shuffle } from '../../simulator/random.ts'
import { theilSen } from '../../simulator/statistics.ts'
import { runnableDevices } from './catalog-run.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const warmUpRounds = 60
const ladder = [1, 2, 4, 8]
const repeats = 9
const nanosecondsPerMs = 1e6

export async function benchWorkerd(): Promise<Reading[]> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_SEND_METRICS ??= 'false'
  const root = fileURLToPath(new URL('./workerd', import.meta.url))
  const server = createTestHarness({ root, workers: [{ configPath: 'wrangler.toml' }] })
  try {
    await server.listen()
    const ask = async (k: number): Promise<void> => {
      const response = await server.fetch(`/?k=${k}`)
      if ((await response.text()) !== `${k}`) throw new Error(`workerd answered with status ${response.status}`)
    }
    await ask(warmUpRounds)
    const order = Array.from({ length: repeats }, () => ladder).flat()
    const workerd = workerdProcesses()
    const samples: { readonly k: number; readonly wallMs: number; readonly cpuMs: number }[] = []
    for (const k of shuffle(makeRandom(1), order)) {
      const [start, startCpuMs] = [performance.now(), processorMs(workerd)]
      await ask(k)
      samples.push({ k, wallMs: performance.now() - start, cpuMs: processorMs(workerd) - startCpuMs })
    }
    const slope = (of: 'wallMs' | 'cpuMs') => theilSen(samples.map((sample) => ({ x: sample.k, y: sample[of] }))).slope
    const what = `ResNet-50 on the catalog (${runnableDevices.length} devices) in workerd`
    return [
      { name: what, value: slope('wallMs'), unit: 'ms' },
      ...(workerd.length === 0 ? [] : [{ name: `${what}, processor time`, value: slope('cpuMs'), unit: 'ms' }]),
    ]
  } finally {
    await server.close()
  }
}

/** Ids of our children that are workerd: the worker's and the proxy before it. None where the system does not tell. */
function workerdProcesses(): readonly string[] {
  if (!existsSync('/proc/self/schedstat')) return []
  const isOurs = (id: string): boolean => {
    try {
      const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? []
      return name === 'workerd' && parent === `${process.pid}`
    } catch {
      return false // It has ended meanwhile.
    }
  }
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && isOurs(id))
}

/** Of all their threads so far. */
function processorMs(processes: readonly string[]): number {
  const threads = processes.flatMap((id) =>
    readdirSync(`/proc/${id}/task`).map((thread) => `/proc/${id}/task/${thread}`),
  )
  const nanoseconds = (thread: string): number => Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0])
  return threads.reduce((sum, thread) => sum + nanoseconds(thread), 0) / nanosecondsPerMs
}
