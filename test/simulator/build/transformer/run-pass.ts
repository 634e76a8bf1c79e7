/** Runs passes of a decoder in onnxruntime-web with weights that depend on nothing but their names and sizes. */
import * as ort from 'onnxruntime-web'
import { writeOnnx } from '../../../../simulator/export/onnx.ts'
import type { Constant, Graph } from '../../../../simulator/graph/graph.ts'
import { makeRandom } from '../../../../simulator/random.ts'

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

export interface Run {
  readonly dims: readonly number[]
  readonly values: Float32Array
}

/** Token ids and positions of a pass, and what an earlier pass left. */
export interface Feed {
  readonly ids: readonly number[]
  readonly firstPosition: number
  readonly cache?: ReadonlyMap<string, Run>
}

/** Outputs by name. One item; `keep` tokens of each cached tensor [1, heads, tokens, size] are fed, the last ones. */
export async function runPass(graph: Graph, feed: Feed): Promise<ReadonlyMap<string, Run>> {
  const session = await ort.InferenceSession.create(writeOnnx(withWeights(graph), { seed: 1 }), {
    executionProviders: ['wasm'],
  })
  const feeds = Object.fromEntries(graph.inputs.map((name) => [name, tensorFor(name, graph, feed)]))
  const results = await session.run(feeds)
  await session.release()
  return new Map(
    Object.entries(results).map(([name, { dims, data }]) => {
      if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`)
      return [name, { dims, values: data.slice() }]
    }),
  )
}

function tensorFor(name: string, graph: Graph, { ids, firstPosition, cache }: Feed): ort.Tensor {
  const dims = (graph.values.get(name)?.shape ?? []).map(Number)
  if (name === 'input_ids') return integers(ids, dims)
  if (name === 'position_ids') {
    return integers(
      ids.map((_, index) => firstPosition + index),
      dims,
    )
  }
  const left = cache?.get(name.replace('past_key_values', 'present'))
  if (left === undefined) throw new Error(`nothing to feed ${name} with`)
  // A state is as large as it was; a cache may have forgotten tokens.
  const isState = left.dims.every((size, axis) => size === dims[axis])
  return new ort.Tensor('float32', isState ? left.values : lastTokens(left, dims[2] ?? 0), dims)
}

function integers(values: readonly number[], dims: readonly number[]): ort.Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims)
}

/** The last `tokens` rows of every head of [1, heads, T, size]. */
function lastTokens({ dims: [, heads = 0, tokens = 0, size = 0], values }: Run, wanted: number): Float32Array {
  const kept = new Float32Array(heads * wanted * size)
  for (let head = 0; head < heads; head++) {
    const end = (head + 1) * tokens * size
    kept.set(values.subarray(end - wanted * size, end), head * wanted * size)
  }
  return kept
}

/** Every described float weight with values: scales of norms near 1, the rest small. */
function withWeights(graph: Graph): Graph {
  const constants = new Map([...graph.constants].map(([name, constant]) => [name, valued(constant)]))
  return { ...graph, constants }
}

function valued(constant: Constant): Constant {
  if (constant.elements !== null || constant.dtype !== 'float32') return constant
  const count = constant.dims.reduce((total, size) => total * size, 1)
  const random = makeRandom(seedOf(constant.name))
  const [centre, spread] = constant.name.includes('norm/weight') ? [1, 0.2] : [0, 0.4]
  return { ...constant, elements: Array.from({ length: count }, () => centre + spread * (2 * random.uniform() - 1)) }
}

function seedOf(name: string): number {
  let hash = 7
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 31
  return hash
}
