/**
 * Files that are small or sound to look at and would take a naive reader minutes or gigabytes; and files at the very
 * limits, which are read and must not take much either.
 */
import type { ProblemCode } from '../../simulator/problem.ts'
import { attribute, graph, localFunction, model, modelOf, node, opset, tensor, value } from '../support/build-onnx.ts'
import { concat, field, join, key, varint, varintField } from '../support/build-protobuf.ts'

export interface Bomb {
  /** What is in the file, after "with". */
  readonly what: string
  /** `null`: read. */
  readonly code: ProblemCode | null
  build(): Uint8Array
}

const x = value('x', [1])
const y = value('y', [1])
const relu = (from: string, to: string) => node('Relu', [from], [to])
const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
/** Fields of two bytes each: a name of no length. */
const emptyNames = (count: number) => new Uint8Array(2 * count).map((_, index) => (index % 2 === 0 ? 0x0a : 0))
const packedInts = (count: number) => concat(field(1, 'n'), varintField(20, 7), field(8, new Uint8Array(count)))

export const bombs: readonly Bomb[] = [
  { what: 'graphs 10,000 deep', code: 'too-deep', build: () => nested(10_000) },
  { what: 'graphs 100 deep in a small file', code: 'too-deep', build: () => nested(100) },
  { what: 'functions that double at each of 60 levels', code: 'too-many-nodes', build: () => doubling(60) },
  {
    what: '300,000 nodes',
    code: 'too-many-nodes',
    build: () => modelOf({ nodes: many(300_000, () => field(4, 'Relu')) }),
  },
  {
    what: 'thirty million empty names in a node',
    code: 'too-many-nodes',
    build: () => modelOf({ nodes: [emptyNames(30_000_000)] }),
  },
  {
    what: 'sixty million numbers in an attribute',
    code: 'too-many-nodes',
    build: () => modelOf({ nodes: [node('Op', [], [], { attributes: [packedInts(60_000_000)] })] }),
  },
  {
    what: '100 MB of names',
    code: 'too-many-nodes',
    build: () =>
      modelOf({
        inputs: many(100, (index) =>
          value(
            String(index).padEnd(16_000),
            many(60, () => 's'.repeat(16_000)),
          ),
        ),
      }),
  },
  {
    what: 'ten thousand tensors of small numbers',
    code: 'too-many-nodes',
    build: () =>
      modelOf({
        initializers: many(10_000, (index) =>
          concat(varintField(1, 1024), varintField(2, 7), field(8, `w${index}`), field(7, new Uint8Array(1024))),
        ),
      }),
  },
  {
    what: 'a name that 10,000 nodes read through 30 nested graphs',
    code: 'dangling-value',
    build: () => nested(30, join(many(10_000, (index) => field(1, relu(`ghost${index}`, `g${index}`))))),
  },
  {
    what: '119,000 nodes from the last to the first',
    code: null,
    build: () =>
      modelOf({
        inputs: [value('v0', [1])],
        nodes: many(119_000, (index) => relu(`v${index}`, `v${index + 1}`)).toReversed(),
      }),
  },
  {
    what: '119,000 nodes with an attribute each',
    code: null,
    build: () =>
      modelOf({
        nodes: many(119_000, (index) => node('Op', [], [`v${index}`], { attributes: [attribute.int('a', 1)] })),
      }),
  },
  {
    what: '300,000 inputs',
    code: null,
    build: () => modelOf({ inputs: many(300_000, (index) => field(1, `x${index}`)) }),
  },
  {
    what: '150,000 weights',
    code: null,
    build: () =>
      modelOf({ initializers: many(150_000, (index) => tensor({ name: `w${index}`, type: 7, int64s: [index] })) }),
  },
  {
    what: 'a node of 16,000 inputs',
    code: null,
    build: () => modelOf({ inputs: [x], nodes: [concat(field(4, 'Sum'), join(many(16_000, () => field(1, 'x'))))] }),
  },
  {
    what: 'a node of 1.9 million inputs',
    code: 'too-many-nodes',
    build: () => modelOf({ inputs: [x], nodes: [concat(field(4, 'Sum'), join(many(1_900_000, () => field(1, 'x'))))] }),
  },
]

/**
 * If within If, `depth` times; each level is a prefix of the one inside, so that any depth is quick to build.
 * `nodes`: fields of the innermost graph.
 */
export function nested(depth: number, nodes: Uint8Array = new Uint8Array(0)): Uint8Array {
  const inner = concat(nodes, field(12, value('x')))
  const prefixes: Uint8Array[] = []
  let size = inner.length
  const wrap = (...before: readonly Uint8Array[]) => {
    const prefix = concat(...before, varint(size))
    prefixes.push(prefix)
    size += prefix.length
  }
  for (let level = 0; level < depth; level += 1) {
    wrap(field(1, 'then_branch'), varintField(20, 5), key(6, 2)) // attribute
    wrap(field(1, 'x'), field(2, 'z'), field(4, 'If'), key(5, 2)) // node
    wrap(field(12, value('z')), key(1, 2)) // graph
  }
  return model({ graph: join([field(11, x), ...prefixes.toReversed(), inner]) })
}

/** f0 calls f1 twice, f1 calls f2 twice, …: 2^levels nodes once expanded. */
export function doubling(levels: number): Uint8Array {
  const call = (from: string, to: string, op: string) => node(op, [from], [to], { domain: 'f' })
  const functions = many(levels, (level) =>
    localFunction({
      name: `f${level}`,
      domain: 'f',
      inputs: ['a'],
      outputs: ['c'],
      nodes:
        level === levels - 1 ? [relu('a', 'c')] : [call('a', 'b', `f${level + 1}`), call('b', 'c', `f${level + 1}`)],
    }),
  )
  return model({
    opsets: [opset('', 18), opset('f', 1)],
    graph: graph({ inputs: [x], outputs: [y], nodes: [call('x', 'y', 'f0')] }),
    functions,
  })
}
