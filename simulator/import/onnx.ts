/** ONNX files: ModelProto → ParsedModel. */
import type { Graph, LocalFunction } from '../graph/graph.ts'
import { fail, type Problem, problem } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { maxListedExternalFiles } from './limits.ts'
import { modelFields, modelLayout } from './onnx-fields.ts'
import { readFunction, readOpset, readTopGraph, type Tally } from './onnx-graph.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { skim } from './skim.ts'
import { WireReader } from './wire.ts'

export const onnxReader: ModelReader = { format: 'onnx', match, open }

function match(head: Uint8Array): boolean {
  return head[0] === 0x08
}

/** Throws `ProblemError` with any code of the section "model files". */
async function open(source: ByteSource): Promise<ParsedModel> {
  const wire = new WireReader(await skim(source, modelLayout), source.size)
  const opsets: Record<string, number> = {}
  const tally: Tally = { nodes: 0, weightBytes: 0, externals: new Map(), firstEmptyTensor: null, emptyTensors: 0 }
  const functions = new Map<string, LocalFunction>()
  const graphs: Graph[] = []
  let producerName = ''
  let producerVersion = ''
  wire.message(() => {
    switch (wire.field) {
      case modelFields.producerName:
        producerName = wire.text()
        break
      case modelFields.producerVersion:
        producerVersion = wire.text()
        break
      case modelFields.opsetImport:
        readOpset(wire, opsets)
        break
      case modelFields.graph:
        // Opsets come after the graph in the file; the graph refers to the record that they fill.
        graphs.push(readTopGraph({ wire, opsets, tally, depth: 1 }))
        break
      case modelFields.functions: {
        const { key, value } = readFunction({ wire, opsets, tally, depth: 1 })
        functions.set(key, value)
        break
      }
    }
  })
  const [graph] = graphs
  if (graph === undefined || graphs.length > 1) {
    throw fail('malformed', 'Export the model again; an ONNX file holds one graph.', {
      expected: 'one graph',
      received: String(graphs.length),
    })
  }
  return {
    format: 'onnx',
    graph: functions.size === 0 ? graph : { ...graph, functions },
    fileBytes: source.size,
    weightBytes: tally.weightBytes,
    producer: `${producerName} ${producerVersion}`.trim() || null,
    nodes: graph.nodes.length,
    nodesAllGraphs: tally.nodes,
    problems: [...externalProblems(tally), ...emptyTensorProblems(tally)],
  }
}

function externalProblems(tally: Tally): Problem[] {
  return [...tally.externals].slice(0, maxListedExternalFiles).map(([location, { tensor, tensors }], index) => {
    const more = index === maxListedExternalFiles - 1 ? tally.externals.size - maxListedExternalFiles : 0
    return problem(
      'external-data-missing',
      'Nothing to do for an analysis; to run the model, give its data files too.',
      {
        where: tensor,
        expected: `${location}${more > 0 ? ` and ${more} more files` : ''}`,
        received: `the model file alone; ${tensors} tensors are stored there`,
      },
    )
  })
}

function emptyTensorProblems({ firstEmptyTensor, emptyTensors }: Tally): Problem[] {
  if (firstEmptyTensor === null) return []
  return [
    problem('tensor-size-mismatch', 'Nothing to do for an analysis; to run the model, export it with its weights.', {
      where: firstEmptyTensor,
      expected: 'elements as the dimensions say',
      received: `none, in ${emptyTensors} tensors`,
    }),
  ]
}
