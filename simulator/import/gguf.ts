/** GGUF files (llama.cpp): header → graph of the transformer that its metadata describes. */

import type { WeightFormats } from '../build/transformer/builder.ts'
import type { TransformerConfig } from '../build/transformer/config.ts'
import { dtypes } from '../graph/dtype.ts'
import { type Problem, problem } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { ggufDecoder } from './gguf-decoder.ts'
import { encoderArchitectures, ggufEncoder, ggufEncoderDecoder } from './gguf-encoder.ts'
import { type GgufHeader, type GgufTensor, readGgufHeader } from './gguf-header.ts'
import { GgufMetadata } from './gguf-metadata.ts'
import { tensorsOf } from './gguf-names.ts'
import { GgufTable } from './gguf-table.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { constantOf, elementsOf, noGraph, tableGraph, tableWeights } from './tensor-table.ts'
import { buildTransformer, parametersOf } from './transformer.ts'

export const ggufReader: ModelReader = { format: 'gguf', match: matchGguf, open: openGguf }

const magic = 'GGUF'

function matchGguf(head: Uint8Array): boolean {
  return [...magic].every((character, index) => head[index] === character.charCodeAt(0))
}

/** Throws `ProblemError` with any code of the section "model files", and `invalid-field` for incomplete metadata. */
async function openGguf(source: ByteSource, name: string | null): Promise<ParsedModel> {
  return assembled([await readGgufHeader(source)], source.size, name)
}

/** A model that was split into several files, all of them in order. Throws as the reader does. */
export async function openGgufParts(sources: readonly ByteSource[], name: string | null): Promise<ParsedModel> {
  const headers = await Promise.all(sources.map(readGgufHeader))
  return assembled(
    headers,
    sources.reduce((sum, { size }) => sum + size, 0),
    name,
  )
}

/** Names of all files of a split model by the name of one of them; `null` for any other name. */
export function ggufPartNames(name: string): readonly string[] | null {
  const [, stem, , count] = partName.exec(name) ?? []
  if (stem === undefined || count === undefined || Number(count) > maxParts) return null
  return Array.from(
    { length: Number(count) },
    (_, part) => `${stem}-${String(part + 1).padStart(5, '0')}-of-${count}.gguf`,
  )
}

const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/
const maxParts = 1000

function assembled(headers: readonly GgufHeader[], fileBytes: number, name: string | null): ParsedModel {
  const metadata = new GgufMetadata(headers[0]?.metadata ?? new Map())
  const tensors = headers.flatMap((header) => header.tensors)
  const split = splitOf(metadata, headers.length, name)
  const parsed = {
    format: 'gguf',
    fileBytes,
    ...tableWeights(tensors),
    producer: metadata.text('general.quantized_by'),
  }
  const title = metadata.text('general.name') ?? name ?? 'gguf'
  const missing = whyNoGraph(metadata, tensors)
  if (missing !== null) {
    const graph = tableGraph(title, tensors)
    return { ...parsed, graph, nodes: 0, nodesAllGraphs: 0, problems: [missing, ...split] }
  }
  const table = new GgufTable(tensors, split.length > 0)
  const used = new Set<string>()
  const built = buildTransformer(title, configOf(metadata, table), storedIn(table, used))
  const problems = split.length > 0 ? split : disagreement(parametersOf(built.graph), tensors, used)
  // Tensors that no operator reads (factors of rotary scaling, vision adapters) are parameters all the same.
  for (const tensor of tensors) if (!used.has(tensor.name)) built.graph.constants.set(tensor.name, constantOf(tensor))
  const nodes = built.graph.nodes.length
  return {
    ...parsed,
    graph: built.graph,
    nodes,
    nodesAllGraphs: nodes,
    problems,
    tensors: Object.fromEntries(tensors.map(({ name: each, dtype, dims }) => [each, { dtype, shape: dims }])),
    ...(built.languageModel === null ? {} : { languageModel: built.languageModel }),
  }
}

function whyNoGraph(metadata: GgufMetadata, tensors: readonly GgufTensor[]): Problem | null {
  if (tensors.length === 0) {
    return noGraph('metadata without a tensor', 'Give the file with the weights; this one holds a vocabulary only.')
  }
  const { architecture } = metadata
  if (architecture !== '' && metadata.has('block_count') && !withoutBuilder.has(architecture)) return null
  const received = architecture === '' ? 'tensors without an architecture' : `the architecture "${architecture}"`
  return noGraph(
    received,
    'Parameters and bytes are exact; for the work give its config.json, or export the model to ONNX.',
  )
}

/** Recurrent, convolutional or multi-modal architectures that the transformer builders do not describe. */
const withoutBuilder: ReadonlySet<string> = new Set([
  ...['mamba', 'mamba2', 'jamba', 'rwkv6', 'rwkv6qwen2', 'rwkv7', 'arwkv7', 'falcon-h1', 'nemotron_h', 'granitehybrid'],
  ...['plamo2', 'lfm2', 'lfm2moe', 'qwen3next', 'kimi-linear', 'clip', 'wavtokenizer-dec', 'gemma3n', 'bitnet'],
])

function configOf(metadata: GgufMetadata, table: GgufTable): TransformerConfig {
  const { architecture } = metadata
  if (encoderArchitectures.has(architecture)) return ggufEncoder(metadata, table)
  if (architecture === 't5') return ggufEncoderDecoder(metadata, table)
  return ggufDecoder(metadata, table)
}

/** What the file stores a parameter in; in one of several files, those of the others are taken to be like most here. */
function storedIn(table: GgufTable, used: Set<string>): WeightFormats {
  const common = table.commonType
  return (label) => {
    const names = tensorsOf(label, table.has)
    for (const each of names) used.add(each)
    const stored = table.get(names[0] ?? '')?.dtype
    if (stored !== undefined) return stored
    const isMatrix = !/norm\/|bias$/.test(label)
    return table.isPart && isMatrix && dtypes[common].kind !== 'integer' ? common : 'float32'
  }
}

const toleratedShare = 0.01

/** The graph is made from metadata: where it has other parameters than the file, that is said. */
function disagreement(built: number, tensors: readonly GgufTensor[], used: ReadonlySet<string>): Problem[] {
  const stored = tensors.reduce((sum, { name, dims }) => sum + (used.has(name) ? elementsOf(dims) : 0), 0)
  if (Math.abs(built - stored) <= toleratedShare * stored) return []
  return [
    problem('tensor-size-mismatch', 'Work is counted as the metadata says; check the file if the difference matters.', {
      expected: `${built} parameters by the metadata`,
      received: `${stored} in the tensors`,
    }),
  ]
}

/** Files of a model that was split, other than those given. */
function splitOf(metadata: GgufMetadata, given: number, name: string | null): Problem[] {
  const count = metadata.integer('split.count') ?? 1
  if (count <= given) return []
  const own = (metadata.integer('split.no') ?? 0) + 1
  return [
    problem(
      'external-data-missing',
      'Keep all files of the model in one folder; weights of the others are not counted.',
      {
        where: `file ${own} of ${count}`,
        expected: `${count - given} more ${count - given === 1 ? 'file' : 'files'}`,
        received: name ?? 'this file alone',
      },
    ),
  ]
}
