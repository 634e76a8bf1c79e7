/** Files that the fuzzer starts from: of every format by code, and real ones where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { buildGguf, f32, llamaEntries, llamaTensors, text, u32 } from '../support/build-gguf.ts'
import { coremlSamples } from '../support/coreml-samples.ts'
import { documentSamples, safetensorsSamples } from './documents.ts'
import { onnxSamples } from './onnx-samples.ts'
import { tfliteSamples } from './tflite-samples.ts'

export interface Sample {
  readonly name: string
  readonly structure: 'protobuf' | 'flatbuffer' | 'zip' | 'json' | 'safetensors' | 'binary'
  readonly content: Uint8Array
}

export interface Corpus {
  readonly small: readonly Sample[]
  readonly large: readonly Sample[]
}

const realModels = new URL('../../../shared/models/', import.meta.url)
/** Below, a case takes about a millisecond. */
const smallBytes = 30_000

/** `largestBytes`: of real files, which are left out beyond. */
export function makeCorpus(largestBytes: number): Corpus {
  const real = realSamples(largestBytes)
  return {
    small: [...builtSamples(), ...real.filter(({ content }) => content.length <= smallBytes)],
    large: real.filter(({ content }) => content.length > smallBytes),
  }
}

function builtSamples(): Sample[] {
  const of = (structure: Sample['structure'], extension: string, samples: Readonly<Record<string, Uint8Array>>) =>
    Object.entries(samples).map(([name, content]): Sample => ({ name: `${name}.${extension}`, structure, content }))
  const coreml = Object.entries(coremlSamples)
  const isPackage = ([name]: readonly [string, Uint8Array]) => name.includes('package')
  return [
    ...of('protobuf', 'onnx', onnxSamples),
    ...of('protobuf', 'mlmodel', Object.fromEntries(coreml.filter((each) => !isPackage(each)))),
    ...of('zip', 'mlpackage.zip', Object.fromEntries(coreml.filter(isPackage))),
    ...of('flatbuffer', 'tflite', tfliteSamples),
    ...of('binary', 'gguf', ggufSamples()),
    ...of('safetensors', 'safetensors', safetensorsSamples),
    ...of('json', 'json', documentSamples),
  ]
}

function ggufSamples(): Record<string, Uint8Array> {
  const sizes = { vocabulary: 40, width: 32, depth: 2, heads: 4, keyHeads: 2, keyWidth: 16, hidden: 64 }
  return {
    llama: buildGguf({
      entries: { ...llamaEntries(sizes), 'tokenizer.ggml.tokens': { type: 'texts', value: ['a', 'bc', ''] } },
      tensors: llamaTensors(sizes, () => 8),
    }),
    table: buildGguf({
      alignment: 64,
      entries: { 'general.alignment': u32(64), 'general.description': text('d'.repeat(300)) },
      tensors: [
        { name: 'a', code: 1, dims: [3, 5, 2] },
        { name: 'b', code: 39, dims: [64] },
      ],
    }),
    bigEndian: buildGguf({
      version: 2,
      bigEndian: true,
      entries: { 'x.y': f32(1.5), 'x.list': { type: 'i32s', value: [1, 2, 3] } },
      tensors: [{ name: 't', code: 0, dims: [16, 4] }],
    }),
  }
}

const structures: Readonly<Record<string, Sample['structure']>> = {
  onnx: 'protobuf',
  mlmodel: 'protobuf',
  tflite: 'flatbuffer',
  ort: 'flatbuffer',
  gguf: 'binary',
  safetensors: 'safetensors',
}

function realSamples(largestBytes: number): Sample[] {
  if (!existsSync(realModels)) return []
  return readdirSync(realModels).flatMap((name): Sample[] => {
    const structure = structures[name.split('.').at(-1) ?? '']
    if (structure === undefined) return []
    const content = readFileSync(new URL(name, realModels))
    return content.length > largestBytes ? [] : [{ name, structure, content: Uint8Array.from(content) }]
  })
}
