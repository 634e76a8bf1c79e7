/** Weights whose graph follows from a `config.json` in the same folder: read where that folder can be read. */
import { type Problem, ProblemError, problem } from '../problem.ts'
import { fromBytes } from './byte-source.ts'
import { huggingFaceReader } from './hugging-face.ts'
import type { ParsedModel } from './reader.ts'
import { parametersOf } from './transformer.ts'

/** The whole content of a file beside the model, `null` where there is none. */
export type ReadFileBeside = (name: string) => Promise<Uint8Array | null>

const configName = 'config.json'

/** The model with the graph that its hyper-parameters describe; itself where it has one or none is there. */
export async function withConfigBeside(parsed: ParsedModel, read: ReadFileBeside): Promise<ParsedModel> {
  const isTable = parsed.format === 'safetensors' || parsed.format === 'safetensors-index'
  if (!isTable) return parsed
  const content = await read(configName)
  if (content === null) return parsed
  try {
    const described = await huggingFaceReader.open(fromBytes(content), configName)
    return combined(parsed, described)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const where = `${configName}${error.problem.where === null ? '' : `: ${error.problem.where}`}`
    return { ...parsed, problems: [...parsed.problems, { ...error.problem, where }] }
  }
}

function combined(weights: ParsedModel, described: ParsedModel): ParsedModel {
  const { graph, nodes, nodesAllGraphs, languageModel } = described
  const tensors = [...weights.graph.constants.values()].map(
    ({ name, dtype, dims }) => [name, { dtype, shape: dims }] as const,
  )
  return {
    ...weights,
    graph,
    nodes,
    nodesAllGraphs,
    problems: [...described.problems, ...disagreement(weights, described)],
    tensors: Object.fromEntries(tensors),
    ...(languageModel === undefined ? {} : { languageModel }),
  }
}

const toleratedShare = 0.02
/** `model-00001-of-00004.safetensors` */
const shardName = /-(\d{5})-of-(\d{5})\.safetensors$/

/** The graph is made from the configuration: where the file holds other parameters, that is said. */
function disagreement({ graph, format }: ParsedModel, described: ParsedModel): Problem[] {
  if (format !== 'safetensors') return []
  const [, own, count] = shardName.exec(graph.name) ?? []
  if (own !== undefined && Number(count) > 1) {
    return [
      problem(
        'external-data-missing',
        'Nothing to do for an analysis of the work; weights of the other files are not counted.',
        {
          where: `file ${Number(own)} of ${Number(count)}`,
          expected: `${Number(count) - 1} more files`,
          received: 'this file alone',
        },
      ),
    ]
  }
  const [expected, received] = [parametersOf(described.graph), parametersOf(graph)]
  // Packed weights hold several parameters in one element.
  const isPacked = [...described.graph.constants.values()].some(({ dtype }) => dtype === 'uint4' || dtype === 'uint8')
  if (isPacked || Math.abs(received - expected) <= toleratedShare * expected) return []
  return [
    problem(
      'tensor-size-mismatch',
      'Work is counted as the configuration says; check that the files belong together.',
      {
        expected: `${expected} parameters by ${configName}`,
        received: `${received} in the tensors`,
      },
    ),
  ]
}
