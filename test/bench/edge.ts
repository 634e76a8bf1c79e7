/**
 * Real inference: the runner of the deployed Worker in workerd against the same package, on the same bytes, under Node.
 *
 * Both sides run k inferences in a row on one thread, in pairs ordered A B B A, so that a drift of the machine hits both
 * alike. Node holds the stopwatch for both; what a call to the runner costs without inference is measured and taken off.
 */
import { fileURLToPath } from 'node:url'
import * as ort from 'onnxruntime-web/wasm'
import { createTestHarness } from 'wrangler'
import { makeRandom, sampleInteger } from '../../simulator/random.ts'
import { median, quantile } from '../../simulator/statistics.ts'
import { edgeModelBytes } from '../../worker/inference/edge-model.ts'
import { makeSeededFeeds } from '../../worker/inference/seeded-input.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** One side of the comparison: k inferences, awaited. */
type Run = (k: number) => Promise<unknown>

/** As `worker/inference/runner.ts` offers it over the binding. */
interface Runner {
  load(presetId: string): Promise<unknown>
  run(k: number): Promise<void>
}

const presetIds = ['squeezenet1-1', 'mobilenet-v1-0.25']
const pairs = 24
const warmUpMs = 3000
const callMs = 400
const bootstrapDraws = 2000

/** As deployed, then without what workerd alone does: it checks the bounds of WebAssembly memory in code (ADR 2). */
export async function benchEdge(): Promise<Reading[]> {
  const deployed = await measure()
  process.env.MINIFLARE_WORKERD_V8_FLAGS = '--no-wasm-bounds-checks'
  const unchecked = await measure()
  delete process.env.MINIFLARE_WORKERD_V8_FLAGS
  return [...deployed, ...unchecked.map((reading) => ({ ...reading, name: `no bounds checks: ${reading.name}` }))]
}

async function measure(): Promise<Reading[]> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= 'false'
  process.env.WRANGLER_SEND_METRICS ??= 'false'
  ort.env.wasm.numThreads = 1
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const server = createTestHarness({ root, workers: [{ configPath: 'wrangler.toml' }] })
  try {
    await server.listen()
    const { RUNNER } = await server.getWorker<{ RUNNER: { getByName(name: string): Runner } }>().getEnv()
    const runner = RUNNER.getByName('bench')
    const readings: Reading[] = []
    for (const presetId of presetIds) readings.push(...(await compare(presetId, runner)))
    return readings
  } finally {
    await server.close()
  }
}

async function compare(presetId: string, runner: Runner): Promise<Reading[]> {
  await runner.load(presetId)
  const session = await ort.InferenceSession.create(edgeModelBytes(presetId))
  const feeds = makeSeededFeeds(session.inputMetadata, ort.Tensor)
  const onEdge: Run = (k) => runner.run(k)
  const onNode: Run = async (k) => {
    for (let i = 0; i < k; i += 1) await session.run(feeds)
  }
  await settle(onEdge)
  const perInferenceMs = await settle(onNode)
  const k = Math.max(1, Math.round(callMs / perInferenceMs))

  const dispatchMs: number[] = []
  const edgeMs: number[] = []
  const nodeMs: number[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    dispatchMs.push(await time(onEdge, 0))
    if (pair % 2 === 0) edgeMs.push(await time(onEdge, k))
    nodeMs.push(await time(onNode, k))
    if (pair % 2 === 1) edgeMs.push(await time(onEdge, k))
  }
  await session.release()

  const dispatch = median(dispatchMs)
  const ratios = edgeMs.map((ms, pair) => (ms - dispatch) / (nodeMs[pair] ?? Number.NaN))
  const [low, high] = bootstrapInterval(ratios)
  const title = `edge / Node, ${presetId}, ${pairs} pairs of ${k} inferences`
  return [
    { name: `edge inference, ${presetId}`, value: (median(edgeMs) - dispatch) / k, unit: 'ms' },
    { name: `Node inference, ${presetId}`, value: median(nodeMs) / k, unit: 'ms' },
    { name: `${title}, median`, value: median(ratios), unit: '×' },
    { name: `${title}, 95 % bootstrap from`, value: low, unit: '×' },
    { name: `${title}, 95 % bootstrap to`, value: high, unit: '×' },
  ]
}

/** Runs until compiled code has settled; milliseconds of the last inference. */
async function settle(run: Run): Promise<number> {
  const end = performance.now() + warmUpMs
  let lastMs = Number.NaN
  while (performance.now() < end) lastMs = await time(run, 1)
  return lastMs
}

async function time(run: Run, k: number): Promise<number> {
  const start = performance.now()
  await run(k)
  return performance.now() - start
}

/** Central 95 % of the medians of resampled values. */
function bootstrapInterval(values: readonly number[]): readonly [low: number, high: number] {
  const random = makeRandom(1)
  const draw = (): number => values[sampleInteger(random, values.length)] ?? Number.NaN
  const medians = Array.from({ length: bootstrapDraws }, () => median(values.map(draw)))
  return [quantile(medians, 0.025), quantile(medians, 0.975)]
}
