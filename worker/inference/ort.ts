/**
 * onnxruntime-web inside workerd. The one file that touches `WebAssembly.instantiate`, and why:
 *
 * workerd refuses to compile WebAssembly from bytes; only a module that was compiled at deployment may be instantiated.
 * ORT 1.30 takes bytes (`env.wasm.wasmBinary`) or a URL and has no way to take a module. So it gets the empty module as
 * bytes, and while its first session is created `WebAssembly.instantiate(bytes)` instantiates the deployed module.
 */

import compiledModule from 'onnxruntime-web/ort-wasm-simd-threaded.wasm'
import * as ort from 'onnxruntime-web/wasm'

const emptyModule = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])

ort.env.wasm.numThreads = 1
ort.env.wasm.wasmBinary = emptyModule.buffer

/** Creations run one after another: each restores what it found, so two at once must not see each other's patch. */
let lastCreation: Promise<unknown> = Promise.resolve()

export function createSession(model: Uint8Array): Promise<ort.InferenceSession> {
  const creation = lastCreation.then(() => withDeployedModule(() => ort.InferenceSession.create(model)))
  lastCreation = creation.catch(() => undefined)
  return creation
}

async function withDeployedModule<Result>(create: () => Promise<Result>): Promise<Result> {
  const instantiate = WebAssembly.instantiate
  const substitute = async (_bytes: unknown, imports?: WebAssembly.Imports) => ({
    module: compiledModule,
    instance: await instantiate(compiledModule, imports),
  })
  Reflect.set(WebAssembly, 'instantiate', substitute)
  try {
    return await create()
  } finally {
    Reflect.set(WebAssembly, 'instantiate', instantiate)
  }
}

export const { Tensor } = ort
export const ortVersion: string = ort.env.versions.web ?? ort.env.versions.common
