/** ONNX files: ModelProto → ParsedModel. */
import type { Graph, LocalFunction } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import type { ByteSource } from '../byte-source.ts'
import { duplicate } from '../link.ts'
import type { ModelReader, ParsedModel } from '../reader.ts'
import { skim } from '../skim.ts'
import { WireReader } from '../wire.ts'
import { onnxDialect } from './dialect.ts'
import { modelFields, modelLayout } from './fields.ts'
import { checkCalls, readFunction, readOpset } from './function.ts'
import { readTopGraph } from './graph.ts'
import { matchOnnx } from './match.ts'
import { Tally } from './tally.ts'

export const onnxReader: ModelReader = { format: 'onnx', match: matchOnnx, open: openOnnx }

/** Throws `ProblemError` with any code of the section "model files". */
async function openOnnx(source: ByteSource): Promise<ParsedModel> {
  const wire = new WireReader(await skim(source, modelLayout), source.size)
  const opsets: Record<string, number> = {}
  const tally = new Tally()
  // A tally of their own: constants of function bodies are no weights of the model until a call makes them so.
  const functionTally = new Tally()
  const functions = new Map<string, LocalFunction>()
  const graphs: Graph[] = []
  let irVersion = 0
  let producerName = ''
  let producerVersion = ''
  wire.message(() => {
    switch (wire.field) {
      case modelFields.irVersion:
        irVersion = wire.int64()
        break
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
        graphs.push(readTopGraph({ wire, tally, opsets }))
        break
      case modelFields.functions: {
        const { key, value } = readFunction(wire, functionTally)
        if (functions.has(key)) throw duplicate(key, `function ${key}`)
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
  if (Object.keys(opsets).length === 0) {
    // Before IR version 3 there were no operator sets to import; version 1 was meant.
    if (irVersion < 3) opsets[''] = 1
    else {
      throw fail('malformed', 'Copy or download the file again, or export it again; its last part is missing.', {
        expected: 'the operator sets that the nodes refer to',
        received: 'none',
      })
    }
  }
  if (functions.size > 0) checkCalls(graph, functions)
  const functionNodes = [...functions.values()].reduce((sum, { body }) => sum + body.nodes.length, 0)
  return {
    format: 'onnx',
    graph: { ...graph, dialect: onnxDialect, ...(functions.size === 0 ? {} : { functions }) },
    fileBytes: source.size,
    ...tally.storedWeights(),
    producer: `${producerName} ${producerVersion}`.trim() || null,
    nodes: graph.nodes.length,
    nodesAllGraphs: tally.nodes + functionNodes,
    problems: [...tally.problems(), ...functionTally.problems()],
  }
}
