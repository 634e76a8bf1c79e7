/** Runs a model file in onnxruntime-web under Node: plain WASM, one thread, seeded inputs. */
import * as ort from 'onnxruntime-web'
import type { Graph } from '../../simulator/graph/graph.ts'
import { makeRandom } from '../../simulator/random.ts'

ort.env.wasm.numThreads = 1
ort.env.logLevel = 'error'

export interface RunResult {
  readonly shapes: Readonly<Record<string, readonly number[]>>
  readonly values: Readonly<Record<string, readonly number[]>>
}

/** Feeds noise in [0, 1) to float inputs and small integers to the others; `graph` names the inputs. */
export async function runOnnx(file: Uint8Array, graph: Graph): Promise<RunResult> {
  const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] })
  const random = makeRandom(1)
  const feeds: Record<string, ort.Tensor> = {}
  for (const name of graph.inputs) {
    const value = graph.values.get(name)
    const dims = (value?.shape ?? []).map(Number)
    const count = dims.reduce((total, size) => total * size, 1)
    feeds[name] =
      value?.dtype === 'int64'
        ? new ort.Tensor(
            'int64',
            BigInt64Array.from({ length: count }, () => BigInt(random.uint32() & 1)),
            dims,
          )
        : new ort.Tensor(
            'float32',
            Float32Array.from({ length: count }, () => random.uniform()),
            dims,
          )
  }
  const results = await session.run(feeds)
  await session.release()
  const entries = Object.entries(results)
  return {
    shapes: Object.fromEntries(entries.map(([name, tensor]) => [name, tensor.dims])),
    values: Object.fromEntries(
      entries.map(([name, tensor]) => [name, Array.from(tensor.data as Iterable<number>, Number)]),
    ),
  }
}
