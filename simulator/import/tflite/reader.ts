/** TensorFlow Lite (LiteRT) files: FlatBuffer Model → ParsedModel. */
import { type Problem, problem } from '../../problem.ts'
import type { ByteSource } from '../byte-source.ts'
import { FlatBuffer, malformed, Table } from '../flatbuffer.ts'
import type { ModelReader, ParsedModel, StoredWeights } from '../reader.ts'
import { StoredBytes } from '../stored-bytes.ts'
import { TfliteBuffers } from './buffers.ts'
import { tfliteDialect } from './dialect.ts'
import { modelSlots, signatureSlots } from './fields.ts'
import { GraphAssembler, readSubgraph, type Subgraph } from './graph.ts'
import { readOperatorCode } from './node.ts'

export const tfliteReader: ModelReader = { format: 'tflite', match: matchTflite, open: openTflite }

const identifierAt = 4
const identifier = 'TFL3'

function matchTflite(head: Uint8Array): boolean {
  return [...identifier].every((character, index) => head[identifierAt + index] === character.charCodeAt(0))
}

/** Throws `ProblemError` with any code of the section "model files". */
async function openTflite(source: ByteSource): Promise<ParsedModel> {
  const file = new FlatBuffer(source)
  const model = await file.pages.run(() => {
    const table = file.root()
    return {
      at: table.at,
      producer: table.text(modelSlots.description),
      codes: table.tables(modelSlots.operatorCodes),
      subgraphs: table.tables(modelSlots.subgraphs),
      signatures: table.tables(modelSlots.signatures),
      buffers: new TfliteBuffers(file, table),
    }
  })
  if (model.subgraphs.length === 0) throw malformed(model.at, 'a subgraph', 'none')
  const codes = await file.pages.run(() => model.codes.map((at) => readOperatorCode(file, at)))
  const subgraphs: Subgraph[] = []
  let nodesAllGraphs = 0
  for (const at of model.subgraphs) {
    const subgraph = await readSubgraph({ file, buffers: model.buffers, codes }, at, nodesAllGraphs)
    nodesAllGraphs += subgraph.nodes.length
    subgraphs.push(subgraph)
  }
  const assembler = new GraphAssembler(subgraphs)
  const graph = assembler.graph(0)
  const signatures = await file.pages.run(() => model.signatures.map((at) => readSignature(file, at)))
  return {
    format: 'tflite',
    graph: { ...graph, dialect: tfliteDialect },
    fileBytes: source.size,
    ...storedWeights(subgraphs),
    producer: model.producer || null,
    nodes: graph.nodes.length,
    nodesAllGraphs,
    problems: [...otherGraphs(subgraphs, assembler, signatures), ...compiledOperators(subgraphs)],
  }
}

interface Signature {
  readonly key: string
  readonly subgraph: number
}

function readSignature(file: FlatBuffer, at: number): Signature {
  const table = new Table(file, at)
  return { key: table.text(signatureSlots.key) ?? '', subgraph: table.u32(signatureSlots.subgraph) }
}

/** What is stored once counts once, however many tensors share it. */
function storedWeights(subgraphs: readonly Subgraph[]): StoredWeights {
  const places = new Set<number>()
  const stored = new StoredBytes()
  for (const { tensors } of subgraphs) {
    for (const { dtype, storage } of tensors) {
      if (storage === null || dtype === null) continue
      const { place, contentBytes, scaleBytes, zeroPointBytes, indexBytes } = storage
      if (!places.has(place)) stored.add(dtype, contentBytes)
      places.add(place)
      stored.add('float32', scaleBytes)
      stored.add('int64', zeroPointBytes)
      stored.add('int32', indexBytes)
    }
  }
  return stored.total()
}

/** Entry points beside the first one: a file may hold an encoder and a decoder, or prefill and decode. */
function otherGraphs(
  subgraphs: readonly Subgraph[],
  assembler: GraphAssembler,
  signatures: readonly Signature[],
): Problem[] {
  const nameOf = (index: number) =>
    signatures.find(({ subgraph }) => subgraph === index)?.key || subgraphs[index]?.name || `subgraph ${index}`
  const others = [...subgraphs.keys()].filter((index) => !assembler.isReached(index))
  if (others.length === 0) return []
  return [
    problem('graph-assumed', 'To analyse another one, export it as a model of its own.', {
      where: nameOf(0),
      received: others.slice(0, maxListedGraphs).map(nameOf).join(', '),
    }),
  ]
}

const maxListedGraphs = 8

/** Custom operators that compilers put in the place of the operators they compiled. */
const compilers: ReadonlyMap<string, string> = new Map([
  ['edgetpu-custom-op', 'the Coral Edge TPU'],
  ['ethos-u', 'an Arm Ethos-U'],
])

function compiledOperators(subgraphs: readonly Subgraph[]): Problem[] {
  const found = new Set(subgraphs.flatMap(({ nodes }) => nodes.map(({ code }) => code.op)))
  return [...compilers].flatMap(([op, unit]) =>
    found.has(op)
      ? problem(
          'unknown-operator',
          'Give the TFLite file that it was compiled from; this one tells neither its work nor its weights.',
          {
            where: op,
            received: `a model compiled for ${unit}`,
          },
        )
      : [],
  )
}
