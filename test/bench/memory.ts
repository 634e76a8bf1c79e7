/**
 * A million simulations in a process of its own: what stays alive of them once garbage is collected, after a tenth, half and
 * all. Every round over the catalog has a network of its own, as if a service had taken one request after the other.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { separableNet } from '../support/summaries.ts'
import { predictOn, runnableDevices } from './catalog-run.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const simulations = 1_000_000
const shares = [0.1, 0.5, 1]
const megabyte = 1e6

interface Measured {
  readonly liveBytes: readonly number[]
  readonly seconds: number
}

export async function benchMemory(): Promise<Reading[]> {
  const child = execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), 'child'], {
    encoding: 'utf8',
  })
  const { liveBytes, seconds }: Measured = JSON.parse(child)
  const what = `${simulations.toLocaleString('en')} simulations`
  return [
    ...shares.map((share, index) => ({
      name: `live memory after ${share * 100} % of ${what}`,
      value: (liveBytes[index] ?? Number.NaN) / megabyte,
      unit: 'MB',
    })),
    { name: `${what}, in all`, value: seconds, unit: 's' },
  ]
}

function measureHere(): Measured {
  const liveBytes: number[] = []
  const start = performance.now()
  let done = 0
  for (let round = 0; done < simulations; round += 1) {
    const devices = runnableDevices.slice(0, simulations - done)
    predictOn(separableNet(1 + (round % 3)), devices)()
    done += devices.length
    if (done >= (shares[liveBytes.length] ?? 1) * simulations) liveBytes.push(live())
  }
  return { liveBytes, seconds: (performance.now() - start) / 1000 }
}

/** Heap and buffers after a collection. */
function live(): number {
  if (globalThis.gc === undefined) throw new Error('start the process with --expose-gc')
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

if (process.argv[2] === 'child' && process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(measureHere()))
}
