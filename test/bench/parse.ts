/**
 * Parsing: a 200 MB ONNX file from bytes and from a file handle, with the memory it takes beyond the file; files of many
 * nodes; and the costliest of the hostile files.
 *
 * Memory is how far the peak of a process of its own is above its resident set before, so that nothing else is in it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withFileSource } from '../../cli/file-source.ts'
import { type ByteSource, fromBytes, openModel } from '../../simulator/import/index.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { bombs } from '../malformed/bombs.ts'
import { tfliteBombs } from '../malformed/tflite-bombs.ts'
import { chain, graph, model, node, tensor, value } from '../support/build-onnx.ts'
import { concat, field } from '../support/build-protobuf.ts'
import { peakBytes } from '../support/peak-memory.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const megabyte = 1e6
const microsecondsPerMs = 1e3
const repeats = 9

type Medium = 'file handle' | 'bytes'

interface Cost {
  /** Of the processor, as the limit of two seconds is meant. */
  readonly firstCpuMs: number
  readonly medianMs: number
  readonly extraMegabytes: number
}

export async function benchParse(): Promise<Reading[]> {
  const folder = await mkdtemp(join(tmpdir(), 'edgefit-bench-'))
  try {
    return [...measureLarge(folder), ...(await measureChains()), ...measureBombs(folder)]
  } finally {
    await rm(folder, { recursive: true })
  }
}

function measureLarge(folder: string): Reading[] {
  const path = join(folder, 'large.onnx')
  const content = largeModel()
  writeFileSync(path, content)
  return (['file handle', 'bytes'] as const).flatMap((medium) => {
    const { medianMs, extraMegabytes } = measureInChild(medium, path)
    const what = `parse ${Math.round(content.length / megabyte)} MB ONNX from ${medium}`
    return [
      { name: what, value: medianMs, unit: 'ms' },
      { name: `${what}, extra memory`, value: extraMegabytes, unit: 'MB' },
    ]
  })
}

async function measureChains(): Promise<Reading[]> {
  const readings: Reading[] = []
  for (const nodes of [3_000, 10_000, 100_000]) {
    const content = chain(nodes)
    const { median } = await timesOf(() => openModel(fromBytes(content)))
    readings.push({ name: `parse a chain of ${nodes.toLocaleString('en')} nodes, warm`, value: median, unit: 'ms' })
  }
  return readings
}

/** The slowest and the largest of them, each in its first run. */
function measureBombs(folder: string): Reading[] {
  const costs = [...bombs, ...tfliteBombs].map(({ what, build }) => {
    const path = join(folder, 'bomb.onnx')
    writeFileSync(path, build())
    return { what, ...measureInChild('file handle', path) }
  })
  const slowest = costs.reduce((worst, cost) => (cost.firstCpuMs > worst.firstCpuMs ? cost : worst))
  const largest = costs.reduce((worst, cost) => (cost.extraMegabytes > worst.extraMegabytes ? cost : worst))
  return [
    { name: `slowest hostile file: ${slowest.what}, processor time`, value: slowest.firstCpuMs, unit: 'ms' },
    { name: `largest hostile file: ${largest.what}, extra memory`, value: largest.extraMegabytes, unit: 'MB' },
  ]
}

/** As a CNN: 128 convolutions of 1.5 MB of weights and a bias each. */
function largeModel(): Uint8Array {
  const layers = 128
  const channels = 204 // 204 · 204 · 9 float32 ≈ 1.5 MB
  const names = Array.from({ length: layers }, (_, index) => `layer${index}`)
  const weights = (name: string) =>
    tensor({ name: `${name}.weight`, dims: [channels, channels, 3, 3], raw: new Uint8Array(channels * channels * 36) })
  const bias = (name: string) => tensor({ name: `${name}.bias`, dims: [channels], raw: new Uint8Array(channels * 4) })
  const nodes = names.map((name, index) =>
    node('Conv', [index === 0 ? 'x' : `v${index}`, `${name}.weight`, `${name}.bias`], [`v${index + 1}`], { name }),
  )
  return model({
    graph: concat(
      graph({ nodes, inputs: [value('x', [1, channels, 56, 56])], outputs: [value(`v${layers}`)] }),
      ...names.flatMap((name) => [field(5, weights(name)), field(5, bias(name))]),
    ),
  })
}

async function timesOf(run: () => Promise<unknown>): Promise<{ readonly first: number; readonly median: number }> {
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  const [first = Number.NaN] = times
  times.sort((a, b) => a - b)
  return { first, median: times[repeats >> 1] ?? Number.NaN }
}

function measureInChild(medium: Medium, path: string): Cost {
  return JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), medium, path], { encoding: 'utf8' }),
  )
}

/** The child: a small file first, to load the code; then the first run with its memory, then the others. */
async function measureHere(source: ByteSource): Promise<Cost> {
  const open = () => openModel(source).catch((error: unknown) => expectProblem(error))
  await openModel(fromBytes(chain(100)))
  const before = process.memoryUsage.rss()
  const start = process.cpuUsage()
  await open()
  const { user, system } = process.cpuUsage(start)
  const firstCpuMs = (user + system) / microsecondsPerMs
  const extraMegabytes = (peakBytes() - before) / megabyte
  return { firstCpuMs, medianMs: (await timesOf(open)).median, extraMegabytes }
}

function expectProblem(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , medium, path] = process.argv
  if (path === undefined) throw new Error('usage: parse.ts MEDIUM PATH')
  const cost = medium === 'bytes' ? measureHere(fromBytes(readFileSync(path))) : withFileSource(path, measureHere)
  console.log(JSON.stringify(await cost))
}
