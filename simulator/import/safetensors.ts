/**
 * safetensors files: 8 bytes of length, a JSON object of tensors, then their bytes. There is no graph in it; a
 * `config.json` beside the file gives one (`beside.ts`).
 *
 * Source: github:huggingface/safetensors README.md, "Format".
 */
import { type DType, dtypeBytes } from '../graph/dtype.ts'
import { fail } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { elementCount } from './element-count.ts'
import { JsonFields, parseJson } from './json-fields.ts'
import { maxSafetensorsHeaderBytes } from './limits.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { type ListedTensor, noGraph, tableGraph, tableWeights } from './tensor-table.ts'

export const safetensorsReader: ModelReader = {
  format: 'safetensors',
  match: matchSafetensors,
  open: openSafetensors,
}

const lengthBytes = 8
const metadataName = '__metadata__'

const dtypes: Readonly<Record<string, DType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F8_E4M3: 'float8e4m3fn',
  F8_E5M2: 'float8e5m2',
  F8_E4M3FNUZ: 'float8e4m3fnuz',
  F8_E5M2FNUZ: 'float8e5m2fnuz',
  F8_E8M0: 'float8e8m0',
  F6_E2M3: 'float6e2m3',
  F6_E3M2: 'float6e3m2',
  F4: 'float4e2m1',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
  C64: 'complex64',
}

/** The length of the header, then a JSON object. */
function matchSafetensors(head: Uint8Array): boolean {
  if (head.length <= lengthBytes || head[lengthBytes] !== '{'.charCodeAt(0)) return false
  const length = headerLength(head)
  return length >= 2 && length <= maxSafetensorsHeaderBytes
}

function headerLength(head: Uint8Array): number {
  return Number(new DataView(head.buffer, head.byteOffset, lengthBytes).getBigUint64(0, true))
}

/** Throws `truncated`, `malformed`, `invalid-json`, `invalid-field`, `tensor-size-mismatch` and `dimension-too-large`. */
async function openSafetensors(source: ByteSource, name: string | null): Promise<ParsedModel> {
  if (source.size < lengthBytes) throw truncated(lengthBytes, source.size)
  const length = headerLength(await source.read(0, lengthBytes))
  if (length > maxSafetensorsHeaderBytes) {
    throw fail('malformed', 'Save the model again; its header is damaged.', {
      where: 'byte 0',
      expected: `a header of at most ${maxSafetensorsHeaderBytes} bytes`,
      received: `${length}`,
    })
  }
  const dataStart = lengthBytes + length
  if (dataStart > source.size) throw truncated(dataStart, source.size)
  const header = JsonFields.of(parseJson(new TextDecoder().decode(await source.read(lengthBytes, length))))
  const tensors = header.names.filter((each) => each !== metadataName).map((each) => readTensor(header, each))
  const dataBytes = tensors.reduce((last, { end }) => Math.max(last, end), 0)
  if (dataStart + dataBytes > source.size) throw truncated(dataStart + dataBytes, source.size)
  return {
    format: 'safetensors',
    graph: tableGraph(name ?? 'safetensors', tensors),
    fileBytes: source.size,
    ...tableWeights(tensors),
    producer: header.objectOrNull(metadataName)?.textOrNull('format') ?? null,
    nodes: 0,
    nodesAllGraphs: 0,
    problems: [noGraph('weights alone', 'Give the config.json of the model too, or export it to ONNX.')],
  }
}

function readTensor(header: JsonFields, name: string): ListedTensor & { readonly end: number } {
  const entry = header.object(name)
  const dtype = dtypes[entry.text('dtype')]
  if (dtype === undefined) throw entry.refuse('dtype', `one of ${Object.keys(dtypes).join(', ')}`)
  const dims = wholeNumbers(entry, 'shape')
  const [begin = 0, end = 0, ...more] = wholeNumbers(entry, 'data_offsets')
  if (more.length > 0 || end < begin) throw entry.refuse('data_offsets', 'begin and end')
  const due = dtypeBytes(dtype, elementCount(dims, name))
  if (due !== end - begin) {
    throw fail('tensor-size-mismatch', 'Save the model again; this tensor was cut or its shape altered.', {
      where: name,
      expected: `${due} bytes for ${dtype} [${dims.join(', ')}]`,
      received: `${end - begin}`,
    })
  }
  return { name, dtype, dims, end }
}

function wholeNumbers(entry: JsonFields, field: string): number[] {
  const list = entry.listOrNull(field)
  if (list === null) throw entry.refuse(field, 'a list of whole numbers')
  return list.map((item) => {
    if (typeof item !== 'number' || !Number.isSafeInteger(item) || item < 0) {
      throw entry.refuse(field, 'a list of whole numbers')
    }
    return item
  })
}

function truncated(expected: number, received: number) {
  return fail('truncated', 'Copy or download the file again; its last part is missing.', {
    expected: `${expected} bytes`,
    received: `${received}`,
  })
}
