/** Writes GGUF files from metadata and a list of tensors, in any version and byte order. */
import { dtypeBytes } from '../../simulator/graph/dtype.ts'
import type { ByteSource } from '../../simulator/import/byte-source.ts'
import { ggmlType } from '../../simulator/import/ggml-types.ts'

export type GgufEntry =
  | { readonly type: 'u32' | 'i32' | 'u64' | 'f32' | 'bool'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'texts'; readonly value: readonly string[] }
  | { readonly type: 'i32s' | 'f32s'; readonly value: readonly number[] }

export interface GgufTensorSpec {
  readonly name: string
  /** Code of `ggml_type`. */
  readonly code: number
  /** Fastest axis first. */
  readonly dims: readonly number[]
}

export interface GgufSpec {
  readonly version?: 1 | 2 | 3
  readonly bigEndian?: boolean
  readonly alignment?: number
  readonly entries: Readonly<Record<string, GgufEntry>>
  readonly tensors: readonly GgufTensorSpec[]
}

export const u32 = (value: number): GgufEntry => ({ type: 'u32', value })
export const f32 = (value: number): GgufEntry => ({ type: 'f32', value })
export const text = (value: string): GgufEntry => ({ type: 'text', value })

const codes = { u32: 4, i32: 5, f32: 6, bool: 7, text: 8, u64: 10 } as const
const listCode = 9

class Writer {
  readonly #bytes: number[] = []
  readonly #little: boolean
  readonly #sizeBytes: number

  constructor(version: number, bigEndian: boolean) {
    this.#little = !bigEndian
    this.#sizeBytes = version === 1 ? 4 : 8
  }

  get length(): number {
    return this.#bytes.length
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }

  ascii(value: string): void {
    for (const byte of new TextEncoder().encode(value)) this.#bytes.push(byte)
  }

  fixed(bytes: number, set: (view: DataView, little: boolean) => void): void {
    const view = new DataView(new ArrayBuffer(bytes))
    set(view, this.#little)
    for (let i = 0; i < bytes; i++) this.#bytes.push(view.getUint8(i))
  }

  u32(value: number): void {
    this.fixed(4, (view, little) => view.setUint32(0, value, little))
  }

  u64(value: number): void {
    this.fixed(8, (view, little) => view.setBigUint64(0, BigInt(value), little))
  }

  size(value: number): void {
    if (this.#sizeBytes === 4) this.u32(value)
    else this.u64(value)
  }

  text(value: string): void {
    this.size(new TextEncoder().encode(value).length)
    this.ascii(value)
  }

  pad(alignment: number): void {
    while (this.#bytes.length % alignment !== 0) this.#bytes.push(0)
  }

  scalar(type: keyof typeof codes, value: number): void {
    if (type === 'f32') this.fixed(4, (view, little) => view.setFloat32(0, value, little))
    else if (type === 'u64') this.u64(value)
    else if (type === 'bool') this.fixed(1, (view) => view.setUint8(0, value))
    else this.fixed(4, (view, little) => view.setInt32(0, value, little))
  }
}

/** The header with its padding, and how many bytes of tensors follow. */
export function ggufHeader(spec: GgufSpec): { readonly header: Uint8Array; readonly dataBytes: number } {
  const { version = 3, bigEndian = false, alignment = 32, entries, tensors } = spec
  const to = new Writer(version, bigEndian)
  to.ascii('GGUF')
  to.u32(version)
  to.size(tensors.length)
  to.size(Object.keys(entries).length)
  for (const [key, entry] of Object.entries(entries)) {
    to.text(key)
    writeEntry(to, entry)
  }
  let offset = 0
  for (const { name, code, dims } of tensors) {
    to.text(name)
    to.u32(dims.length)
    for (const size of dims) to.size(size)
    to.u32(code)
    to.u64(offset)
    const dtype = ggmlType(code)
    const elements = dims.reduce((product, size) => product * size, 1)
    const bytes = dtype === null ? 0 : dtypeBytes(dtype, elements)
    offset += Math.ceil(bytes / alignment) * alignment
  }
  to.pad(alignment)
  return { header: to.done(), dataBytes: offset }
}

/** A whole file, its tensors zeros. */
export function buildGguf(spec: GgufSpec): Uint8Array {
  const { header, dataBytes } = ggufHeader(spec)
  const file = new Uint8Array(header.length + dataBytes)
  file.set(header)
  return file
}

/** A file whose tensors exist as a size only; counts what is read. */
export function sparseGguf(spec: GgufSpec): ByteSource & { bytesRead: number; reads: number } {
  const { header, dataBytes } = ggufHeader(spec)
  return {
    size: header.length + dataBytes,
    bytesRead: 0,
    reads: 0,
    async read(offset, length) {
      this.bytesRead += length
      this.reads += 1
      const bytes = new Uint8Array(length)
      if (offset < header.length) bytes.set(header.subarray(offset, offset + length))
      return bytes
    },
  }
}

function writeEntry(to: Writer, entry: GgufEntry): void {
  switch (entry.type) {
    case 'text':
      to.u32(codes.text)
      to.text(entry.value)
      break
    case 'texts':
      to.u32(listCode)
      to.u32(codes.text)
      to.size(entry.value.length)
      for (const value of entry.value) to.text(value)
      break
    case 'i32s':
    case 'f32s': {
      const type = entry.type === 'i32s' ? 'i32' : 'f32'
      to.u32(listCode)
      to.u32(codes[type])
      to.size(entry.value.length)
      for (const value of entry.value) to.scalar(type, value)
      break
    }
    default:
      to.u32(codes[entry.type])
      to.scalar(entry.type, entry.value)
  }
}

/** Tensors of a Llama as llama.cpp's converter lists them. `codeOf`: the type of a tensor by its name. */
export function llamaTensors(
  sizes: {
    readonly vocabulary: number
    readonly width: number
    readonly depth: number
    readonly keyWidth: number
    readonly hidden: number
    readonly tied?: boolean
  },
  codeOf: (name: string) => number,
): GgufTensorSpec[] {
  const { vocabulary, width, depth, keyWidth, hidden } = sizes
  const matrix = (name: string, ...dims: number[]): GgufTensorSpec => ({ name, code: codeOf(name), dims })
  const vector = (name: string, size: number): GgufTensorSpec => ({ name, code: 0, dims: [size] })
  const blocks = Array.from({ length: depth }, (_, layer) => {
    const at = (part: string) => `blk.${layer}.${part}.weight`
    return [
      vector(at('attn_norm'), width),
      matrix(at('attn_q'), width, width),
      matrix(at('attn_k'), width, keyWidth),
      matrix(at('attn_v'), width, keyWidth),
      matrix(at('attn_output'), width, width),
      vector(at('ffn_norm'), width),
      matrix(at('ffn_gate'), width, hidden),
      matrix(at('ffn_up'), width, hidden),
      matrix(at('ffn_down'), hidden, width),
    ]
  })
  return [
    matrix('token_embd.weight', width, vocabulary),
    ...blocks.flat(),
    vector('output_norm.weight', width),
    ...(sizes.tied === true ? [] : [matrix('output.weight', width, vocabulary)]),
  ]
}

/** Hyper-parameters of a Llama as llama.cpp's converter writes them. */
export function llamaEntries(sizes: {
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly keyHeads: number
  readonly hidden: number
}): Record<string, GgufEntry> {
  return {
    'general.architecture': text('llama'),
    'general.name': text('a llama'),
    'llama.block_count': u32(sizes.depth),
    'llama.context_length': u32(8192),
    'llama.embedding_length': u32(sizes.width),
    'llama.feed_forward_length': u32(sizes.hidden),
    'llama.attention.head_count': u32(sizes.heads),
    'llama.attention.head_count_kv': u32(sizes.keyHeads),
    'llama.attention.layer_norm_rms_epsilon': f32(1e-5),
    'llama.rope.freq_base': f32(500_000),
  }
}
