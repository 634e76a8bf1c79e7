/** Shapes, axes and indices that a model keeps in a file beside it: read where that file can be read. */
import { dtypeBytes, dtypes } from '../graph/dtype.ts'
import type { Constant } from '../graph/graph.ts'
import { maxKeptElements } from './limits.ts'
import type { ParsedModel } from './reader.ts'
import { decodeRaw } from './tensor-elements.ts'

/** Bytes of a file beside the model, `null` where it is absent or shorter. */
export type ReadBeside = (location: string, offset: number, length: number) => Promise<Uint8Array | null>

/** The model with the content of its small external integer constants; weights stay where they are. */
export async function withExternalElements(parsed: ParsedModel, read: ReadBeside): Promise<ParsedModel> {
  const found = new Set<string>()
  const constants = new Map(parsed.graph.constants)
  for (const constant of parsed.graph.constants.values()) {
    const { external } = constant
    if (external === null || !decidesShapes(constant)) continue
    const count = elementsOf(constant)
    const content = await read(external.location, external.offset, dtypeBytes(constant.dtype, count))
    if (content === null) continue
    found.add(external.location)
    constants.set(constant.name, { ...constant, elements: decodeRaw(constant.dtype, content, count) })
  }
  if (found.size === 0) return parsed
  const isMissing = (location: string | null) => location === null || !found.has(location)
  const problems = parsed.problems.filter((each) => each.code !== 'external-data-missing' || isMissing(each.expected))
  return { ...parsed, graph: { ...parsed.graph, constants }, problems }
}

function decidesShapes(constant: Constant): boolean {
  return dtypes[constant.dtype].kind === 'integer' && elementsOf(constant) <= maxKeptElements
}

function elementsOf({ dims }: Constant): number {
  return dims.reduce((product, dim) => product * dim, 1)
}
