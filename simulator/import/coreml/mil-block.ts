/**
 * Block → the body of a graph. Operations have named arguments; constants that say how to compute become attributes, the
 * others constants of the graph. Every operation of the file counts as a node, `const` included.
 */
import type { Attribute, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { maxGraphDepth } from '../limits.ts'
import type { UnlinkedNode } from '../link.ts'
import { assembleGraph } from '../onnx/graph.ts'
import { type LooseGraph, NodeNames } from '../onnx/node.ts'
import { isSetting, MilConstants, settingOf } from './mil-constants.ts'
import { blockFields } from './mil-fields.ts'
import { operandsOf } from './mil-operands.ts'
import { type Binding, type Operation, readOperation } from './mil-operation.ts'
import { foldsToConstant, packedWeight } from './mil-packed.ts'
import { type MilValue, type NamedType, readNamedType } from './mil-value.ts'
import type { CoreMlScope } from './scope.ts'

/** A block that is not yet a graph: a function has inputs, which its blocks do not repeat. */
export class MilBlock {
  readonly inputs: Value[] = []
  readonly outputs: string[] = []
  readonly constants: MilConstants
  /** Of the block itself, `const` included. */
  operations = 0
  readonly #nodes: UnlinkedNode[] = []
  readonly #declared: Value[] = []
  readonly #names = new NodeNames()

  constructor(constants: MilConstants) {
    this.constants = constants
  }

  /** Throws `duplicate-value`, `cyclic-graph`. */
  toGraph(name: string, inputs: readonly Value[] = this.inputs, states: readonly Value[] = []): LooseGraph {
    for (const output of this.outputs) this.constants.use(output)
    return assembleGraph({
      name,
      opsets: {},
      inputs: inputs.map((input) => input.name),
      outputs: this.outputs,
      declared: [...this.#declared, ...inputs, ...states],
      nodes: this.#nodes,
      constants: this.constants.used,
      ...(states.length === 0 ? {} : { states: states.map((state) => state.name) }),
    })
  }

  add(operation: Operation<MilBlock>): void {
    this.operations += 1
    const folded = foldsToConstant(operation, this.constants)
    if (folded !== null) {
      for (const [name, value] of folded) this.constants.add(name, value)
      return
    }
    for (const output of operation.outputs) this.#declared.push(toValue(output))
    this.#nodes.push(this.#node(operation))
  }

  #node(operation: Operation<MilBlock>): UnlinkedNode {
    const attributes: [string, Attribute][] = []
    const captured = new Map<string, string>()
    for (const [index, block] of operation.blocks.entries()) {
      const key = blockNames[operation.type]?.[index] ?? `block${index}`
      const inner = block.toGraph(key)
      attributes.push([key, { kind: 'graph', graph: inner.graph }])
      for (const [value, reader] of inner.captured) captured.set(value, reader)
    }
    const node = {
      name: this.#names.claim(operation.outputs[0]?.name ?? '', operation.type),
      domain: 'mil',
      op: operation.type,
      inputs: this.#operands(operation, attributes),
      outputs: operation.outputs.map(({ name }) => name || null),
      // Own properties whatever their names, `__proto__` included.
      attributes: Object.fromEntries(attributes),
    }
    return { node, captured }
  }

  /** Operands in order; settings go into `attributes`. */
  #operands(operation: Operation<MilBlock>, attributes: [string, Attribute][]): (string | null)[] {
    const positions = operandsOf(operation.type)
    const known = new Map<string, readonly (string | null)[]>()
    const others: (string | null)[] = []
    for (const [name, bindings] of packedWeight(operation, this.constants)) {
      const settings = positions.includes(name) || positions.includes(`${name}*`) ? null : this.#settings(bindings)
      if (settings !== null) {
        attributes.push([name, settingOf(settings)])
        continue
      }
      const values = bindings.map((binding, index) => this.#operand(binding, operation, `${name}${index || ''}`))
      if (positions.some((position) => position.replace(/[?*]$/, '') === name)) known.set(name, values)
      else for (const value of values) others.push(value)
    }
    const inputs = positions.flatMap((position): readonly (string | null)[] => {
      const values = known.get(position.replace(/[?*]$/, ''))
      return position.endsWith('*') ? (values ?? []) : [values?.[0] ?? null]
    })
    if (others.length === 0) while (inputs.at(-1) === null) inputs.pop()
    return [...inputs, ...others]
  }

  #settings(bindings: readonly Binding[]): readonly MilValue[] | null {
    const values: MilValue[] = []
    for (const binding of bindings) {
      const value = binding.name === null ? binding.value : this.constants.find(binding.name)
      if (value === undefined || (value !== null && !isSetting(value))) return null
      // Class labels and the like: nothing depends on them.
      if (value !== null) values.push(value)
    }
    return values
  }

  #operand(binding: Binding, operation: Operation<MilBlock>, argument: string): string | null {
    if (binding.name === null) {
      if (binding.value === null) return null
      const name = `${operation.outputs[0]?.name ?? operation.type}.${argument}`
      this.constants.add(name, binding.value)
      this.constants.use(name)
      return name
    }
    this.constants.use(binding.name)
    return this.constants.find(binding.name) === null ? null : binding.name || null
  }
}

/** What the blocks of control flow are called as attributes. */
const blockNames: Readonly<Record<string, readonly string[]>> = {
  cond: ['then_branch', 'else_branch'],
  while_loop: ['cond', 'body'],
}

/** Reads the message that is the current value of the wire. Throws `malformed`, `too-deep`, `too-many-nodes`, … */
export function readBlock(scope: CoreMlScope, outer: MilConstants | null = null, depth = 1): MilBlock {
  const { wire, tally } = scope
  if (depth > maxGraphDepth) {
    throw fail('too-deep', 'Flatten the nested blocks of the program.', {
      where: `byte ${wire.valueStart}`,
      expected: `at most ${maxGraphDepth} nested blocks`,
    })
  }
  const block = new MilBlock(new MilConstants(scope, outer))
  wire.message(() => {
    switch (wire.field) {
      case blockFields.inputs:
        block.inputs.push(toValue(readNamedType(wire)))
        break
      case blockFields.outputs:
        block.outputs.push(wire.text())
        break
      case blockFields.operations:
        tally.addNode(wire.valueStart)
        block.add(readOperation(wire, () => readBlock(scope, block.constants, depth + 1)))
        break
    }
  })
  return block
}

export function toValue({ name, type }: NamedType): Value {
  return { name, dtype: type.dtype, shape: type.shape }
}
