/** Real inference: onnxruntime-web in workerd against the same package, on the same file, under Node. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as ort from 'onnxruntime-web'
import { makeRandom } from '../../simulator/random.ts'
import { median } from '../../simulator/statistics.ts'
import { edgeModelBytes } from '../../worker/inference/edge-model.ts'
import { makeSeededFeeds } from '../../worker/inference/seeded-input.ts'

const presetId = 'squeezenet1-1'
const port = 8796
const pairs = 15
const bootstrapDraws = 2000

/** One edge run and one Node run per pair, in the order A B B A, one thread each. */
export async function benchEdge(): Promise<{ name: string; value: number; unit: string }[]> {
  ort.env.wasm.numThreads = 1
  const session = await ort.InferenceSession.create(edgeModelBytes(presetId))
  const feeds = makeSeededFeeds(session.inputMetadata, ort.Tensor)
  const state = mkdtempSync(join(tmpdir(), 'edgefit-bench-'))
  const server = spawn('node', [fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))], {
    env: { ...process.env, PORT: String(port), EDGEFIT_STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve) => {
      server.stdout.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && resolve())
    })
    await nodeMs(session, feeds)
    const ratios: number[] = []
    const edgeTimes: number[] = []
    const nodeTimes: number[] = []
    for (let pair = 0; pair < pairs; pair += 1) {
      const edgeFirst = pair % 2 === 0
      const before = edgeFirst ? null : await nodeMs(session, feeds)
      const edge = await edgeMs()
      const node = before ?? (await nodeMs(session, feeds))
      if (edge === null) continue
      edgeTimes.push(edge)
      nodeTimes.push(node)
      ratios.push(edge / node)
    }
    const [low, high] = bootstrapInterval(ratios)
    return [
      { name: `edge inference, ${presetId} (median of valid runs)`, value: median(edgeTimes), unit: 'ms' },
      { name: `Node inference, ${presetId} (median)`, value: median(nodeTimes), unit: 'ms' },
      { name: `edge / Node, median of ${ratios.length} pairs`, value: median(ratios), unit: '×' },
      { name: 'edge / Node, 95 % bootstrap interval from', value: low, unit: '×' },
      { name: 'edge / Node, 95 % bootstrap interval to', value: high, unit: '×' },
    ]
  } finally {
    server.kill('SIGTERM')
    rmSync(state, { recursive: true, force: true })
  }
}

/** Median of single inferences over at least a second. */
async function nodeMs(session: ort.InferenceSession, feeds: Record<string, ort.Tensor>): Promise<number> {
  const times: number[] = []
  const end = performance.now() + 1000
  while (performance.now() < end) {
    const start = performance.now()
    await session.run(feeds)
    times.push(performance.now() - start)
  }
  return median(times)
}

/** Slope of one edge run; `null` when it was refused. */
async function edgeMs(): Promise<number | null> {
  const base = `http://127.0.0.1:${port}/v1/edge-runs`
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ model: `preset:${presetId}`, precision: 'fp32', repeats: 5 })
  const { id } = (await (await fetch(base, { method: 'POST', headers, body })).json()) as { id: string }
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const run = (await (await fetch(`${base}/${id}`)).json()) as { status: string; slopeMs: number | null }
    if (run.status === 'done' || run.status === 'failed') return run.slopeMs
  }
}

function bootstrapInterval(values: readonly number[]): readonly [number, number] {
  const random = makeRandom(1)
  const medians = Array.from({ length: bootstrapDraws }, () =>
    median(values.map(() => values[Math.floor(random.uniform() * values.length)] ?? 0)),
  ).sort((a, b) => a - b)
  const at = (share: number): number => medians[Math.floor(share * (medians.length - 1))] ?? Number.NaN
  return [at(0.025), at(0.975)]
}
