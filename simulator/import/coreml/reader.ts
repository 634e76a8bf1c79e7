/**
 * Core ML files: networks and programs become graphs, a pipeline a graph whose nodes call its models, and a model without
 * a network one node that is named and whose work is not known. A package is a ZIP archive around such a file.
 */
import { fail } from '../../problem.ts'
import type { ByteSource } from '../byte-source.ts'
import { maxGraphDepth } from '../limits.ts'
import type { ModelReader, ParsedModel } from '../reader.ts'
import { type MessageLayout, skim } from '../skim.ts'
import { WireReader } from '../wire.ts'
import { type Description, noDescription, readDescription } from './description.ts'
import { descriptionLayout, modelFields, otherModels, pipelineFields, wrapperFields } from './fields.ts'
import { type Content, type Model, topGraph } from './graph.ts'
import { networkLayout } from './layer.ts'
import { matchCoreMl } from './match.ts'
import { programLayout } from './mil-fields.ts'
import { readNetwork } from './network.ts'
import { matchPackage, openPackage } from './package.ts'
import { readProgram } from './program.ts'
import { CoreMlScope } from './scope.ts'

export const coremlReader: ModelReader = {
  format: 'coreml',
  match: (head, name) => matchCoreMl(head) || matchPackage(head, name),
  async open(source, name) {
    const head = await source.read(0, Math.min(4, source.size))
    return matchPackage(head, '.mlpackage') ? openPackage(source, name, openModelFile) : openModelFile(source)
  },
}

const pipeline: Record<number, MessageLayout> = {}
const modelLayout: MessageLayout = {
  [modelFields.description]: descriptionLayout,
  [modelFields.pipelineClassifier]: { [wrapperFields.pipeline]: pipeline },
  [modelFields.pipelineRegressor]: { [wrapperFields.pipeline]: pipeline },
  [modelFields.pipeline]: pipeline,
  [modelFields.neuralNetworkRegressor]: networkLayout,
  [modelFields.neuralNetworkClassifier]: networkLayout,
  [modelFields.neuralNetwork]: networkLayout,
  [modelFields.mlProgram]: programLayout,
}
pipeline[pipelineFields.models] = modelLayout

/** Throws `ProblemError` with any code of the section "model files". */
async function openModelFile(source: ByteSource): Promise<ParsedModel> {
  const scope = new CoreMlScope(new WireReader(await skim(source, modelLayout), source.size))
  const model = readModel(scope, 1)
  const { graph, nodes } = topGraph(scope, model)
  return {
    format: 'coreml',
    graph,
    fileBytes: source.size,
    ...scope.tally.storedWeights(),
    producer: null,
    nodes,
    nodesAllGraphs: Math.max(scope.tally.nodes, nodes),
    problems: scope.problems(),
  }
}

/** Reads the message that is the current value of the wire. */
function readModel(scope: CoreMlScope, depth: number): Model {
  const { wire } = scope
  const start = wire.valueStart
  if (depth > maxGraphDepth) {
    throw fail('too-deep', 'Flatten the nested pipelines of the model.', {
      where: `byte ${start}`,
      expected: `at most ${maxGraphDepth} nested pipelines`,
    })
  }
  let description: Description = noDescription
  const contents: Content[] = []
  wire.message(() => {
    switch (wire.field) {
      case modelFields.description:
        description = readDescription(wire)
        break
      case modelFields.pipelineClassifier:
      case modelFields.pipelineRegressor:
        wire.message(() => {
          if (wire.field === wrapperFields.pipeline) contents.push(readPipeline(scope, depth))
        })
        break
      case modelFields.pipeline:
        contents.push(readPipeline(scope, depth))
        break
      case modelFields.neuralNetworkRegressor:
      case modelFields.neuralNetworkClassifier:
      case modelFields.neuralNetwork:
        contents.push({ kind: 'network', network: readNetwork(scope) })
        break
      case modelFields.mlProgram:
        contents.push({ kind: 'program', program: readProgram(scope) })
        break
      default: {
        const op = otherModels[wire.field]
        if (op !== undefined) contents.push({ kind: 'other', op })
      }
    }
  })
  const [content] = contents
  if (content === undefined || contents.length > 1) {
    throw wire.malformed(start, 'one model of a known kind', String(contents.length))
  }
  return { description, content }
}

function readPipeline(scope: CoreMlScope, depth: number): Content {
  const { wire, tally } = scope
  const models: Model[] = []
  const names: string[] = []
  wire.message(() => {
    if (wire.field === pipelineFields.models) {
      tally.addNode(wire.valueStart)
      models.push(readModel(scope, depth + 1))
    } else if (wire.field === pipelineFields.names) names.push(wire.text())
  })
  return { kind: 'pipeline', models, names }
}
