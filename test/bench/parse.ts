/**
 * Parsing: a 200 MB ONNX file from bytes and from a file handle, with the memory it takes beyond the file; files of many
 * nodes; and the worst of the hostile files.
 *
 * Memory is how far the resident set grows while the file is read, looked at before and after every read, in a process
 * of its own, so that nothing else is in it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ByteSource, fromBytes, openModel } from '../../simulator/import/index.ts'
import { chain, graph, model, node, tensor, value } from '../support/build-onnx.ts'
import { concat, field } from '../support/build-protobuf.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const megabyte = 1e6
const repeats = 9

/** What is measured in a child: sources by name, over a file. */
const sources = {
  'file handle': async (path: string) => fromHandle(await open(path)),
  bytes: async (path: string) => fromBytes(readFileSync(path)),
}
type SourceName = keyof typeof sources

export async function benchParse(): Promise<Reading[]> {
  const folder = await mkdtemp(join(tmpdir(), 'edgefit-bench-'))
  const path = join(folder, 'large.onnx')
  try {
    const readings: Reading[] = []
    const sizeBytes = await writeLargeModel(path)
    for (const name of ['file handle', 'bytes'] as const) {
      const { ms, extraMegabytes } = measureInChild(name, path)
      const what = `parse ${Math.round(sizeBytes / megabyte)} MB ONNX from ${name}`
      readings.push({ name: what, value: ms, unit: 'ms' })
      readings.push({ name: `${what}, extra memory`, value: extraMegabytes, unit: 'MB' })
    }
    for (const nodes of [3_000, 10_000, 100_000]) {
      const content = chain(nodes)
      const ms = await medianMs(() => openModel(fromBytes(content)))
      readings.push({ name: `parse a chain of ${nodes.toLocaleString('en')} nodes`, value: ms, unit: 'ms' })
    }
    return readings
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A CNN-like file: 128 convolutions of 1.5 MB of weights and a bias each. Returns its size. */
async function writeLargeModel(path: string): Promise<number> {
  const layers = 128
  const channels = 204 // 204 · 204 · 9 float32 ≈ 1.5 MB
  const names = Array.from({ length: layers }, (_, index) => `layer${index}`)
  const weights = (name: string) =>
    tensor({ name: `${name}.weight`, dims: [channels, channels, 3, 3], raw: new Uint8Array(channels * channels * 36) })
  const bias = (name: string) => tensor({ name: `${name}.bias`, dims: [channels], raw: new Uint8Array(channels * 4) })
  const nodes = names.map((name, index) =>
    node('Conv', [index === 0 ? 'x' : `v${index}`, `${name}.weight`, `${name}.bias`], [`v${index + 1}`], { name }),
  )
  const content = model({
    graph: concat(
      graph({ nodes, inputs: [value('x', [1, channels, 56, 56])], outputs: [value(`v${layers}`)] }),
      ...names.flatMap((name) => [field(5, weights(name)), field(5, bias(name))]),
    ),
  })
  const file = await open(path, 'w')
  await file.writeFile(content)
  await file.close()
  return content.length
}

function fromHandle(handle: FileHandle): Promise<ByteSource> {
  return handle.stat().then(({ size }) => ({
    size,
    async read(offset, length) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, offset)
      if (bytesRead !== length) throw new RangeError(`range ${offset}+${length} is outside ${size} bytes`)
      return buffer
    },
  }))
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return times[repeats >> 1] ?? Number.NaN
}

function measureInChild(source: SourceName, path: string): { readonly ms: number; readonly extraMegabytes: number } {
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), source, path], { encoding: 'utf8' })
  const [ms = Number.NaN, extraMegabytes = Number.NaN] = output.trim().split(' ').map(Number)
  return { ms, extraMegabytes }
}

/** The child: memory of the first parse, after a small one has loaded the code; then the median time. */
async function measureHere(name: SourceName, path: string): Promise<void> {
  const source = await sources[name](path)
  await openModel(fromBytes(chain(100)))
  const before = process.memoryUsage.rss()
  let peak = before
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const watched: ByteSource = {
    size: source.size,
    async read(offset, length) {
      look()
      return source.read(offset, length).finally(look)
    },
  }
  await openModel(watched)
  look()
  console.log(await medianMs(() => openModel(source)), (peak - before) / megabyte)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , name, path] = process.argv
  if ((name === 'file handle' || name === 'bytes') && path !== undefined) await measureHere(name, path)
}
