/** ML Program → Graph: one function, the one that the model runs. */
import type { Dim, Graph, Shape, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { refuseDangling } from '../link.ts'
import type { Description, Feature, FunctionDescription } from './description.ts'
import { type MilBlock, readBlock, toValue } from './mil-block.ts'
import { functionFields, programFields } from './mil-fields.ts'
import { readEntry } from './mil-operation.ts'
import { type NamedType, readNamedType } from './mil-value.ts'
import type { CoreMlScope } from './scope.ts'

export interface MilFunction {
  readonly inputs: readonly NamedType[]
  /** The body as written for one operator set, the one in use. */
  readonly block: MilBlock
}

export type Program = ReadonlyMap<string, MilFunction>

/** Reads the message that is the current value of the wire. Throws any code of the section "model files". */
export function readProgram(scope: CoreMlScope): Program {
  const { wire } = scope
  const functions = new Map<string, MilFunction>()
  wire.message(() => {
    if (wire.field === programFields.functions) readEntry(wire, () => readFunction(scope), functions)
  })
  return functions
}

function readFunction(scope: CoreMlScope): MilFunction {
  const { wire } = scope
  const start = wire.valueStart
  const inputs: NamedType[] = []
  const blocks = new Map<string, MilBlock>()
  let opset = ''
  wire.message(() => {
    switch (wire.field) {
      case functionFields.inputs:
        inputs.push(readNamedType(wire))
        break
      case functionFields.opset:
        opset = wire.text()
        break
      case functionFields.blocks:
        readEntry(wire, () => readBlock(scope), blocks)
        break
    }
  })
  const block = blocks.get(opset) ?? [...blocks.values()].at(-1)
  if (block === undefined) throw wire.malformed(start, 'a function with a block')
  return { inputs, block }
}

/** The function that the model runs, with what the description says about it. Throws `malformed`. */
export function mainFunction(program: Program, description: Description): [MilFunction, FunctionDescription] {
  const name = description.defaultFunction || 'main'
  const main = program.get(name) ?? [...program.values()][0]
  if (main === undefined) {
    throw fail('malformed', 'Export the model again; an ML Program has a function.', { expected: `a function ${name}` })
  }
  const described = description.functions.find((each) => each.name === name) ?? description
  return [main, described]
}

/** Throws `dangling-value`, `duplicate-value`, `cyclic-graph`. */
export function programGraph({ inputs, block }: MilFunction, description: FunctionDescription): Graph {
  const features = new Map([...description.inputs, ...description.states].map((each) => [each.name, each]))
  const given = inputs.map(({ name, type }) => {
    const feature = features.get(name)
    const value = toValue({ name, type })
    return { isState: type.isState, value: { ...value, shape: inputShape(value, feature) } }
  })
  const { graph, captured } = block.toGraph(
    'main',
    given.flatMap(({ isState, value }) => (isState ? [] : value)),
    given.flatMap(({ isState, value }) => (isState ? value : [])),
  )
  refuseDangling(captured)
  return graph
}

/** Sizes that the function leaves open are those of the description: fixed there, or a symbol. */
function inputShape({ name, shape }: Value, feature: Feature | undefined): Shape {
  if (shape === null) return feature?.type.kind === 'array' ? feature.type.dims : null
  return shape.map((dim, axis): Dim => dim ?? describedDim(feature, axis, shape.length) ?? `${name}_${axis}`)
}

function describedDim(feature: Feature | undefined, axis: number, rank: number): Dim {
  const type = feature?.type
  if (type?.kind === 'array') return type.dims?.length === rank ? (type.dims[axis] ?? null) : null
  if (type?.kind !== 'image') return null
  return axis === rank - 1 ? type.width : axis === rank - 2 ? type.height : null
}
