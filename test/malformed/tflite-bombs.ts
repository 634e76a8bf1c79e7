/**
 * TFLite files that are small or sound to look at and would take a naive reader minutes or gigabytes, most of them by
 * sharing: FlatBuffers may refer to one thing any number of times. And files at the very limits, which are read.
 */
import { type FlatObject, flatFile, ints, object, table, tables, text, u32 } from '../support/build-flatbuffer.ts'
import { chain, graphModel, model, type NodeSpec, type SubgraphSpec } from '../support/build-tflite.ts'
import type { Bomb } from './bombs.ts'

const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))

/** A file of one subgraph out of parts that may be one and the same object. */
function rawModel(tensors: readonly FlatObject[], operators: readonly FlatObject[]): Uint8Array {
  const subgraph = table(object(0, tables(tensors)), object(3, tables(operators)))
  return flatFile('TFL3', table(u32(0, 3), object(1, tables([table()])), object(2, tables([subgraph]))))
}

const oneAxis = object(0, ints([1]))

export const tfliteBombs: readonly Bomb[] = [
  {
    what: 'one tensor that is listed a million times',
    code: 'too-many-nodes',
    build: () => rawModel(new Array(1_000_000).fill(table(oneAxis)), []),
  },
  {
    what: 'one operator that is listed 300,000 times',
    code: 'too-many-nodes',
    build: () => rawModel([], new Array(300_000).fill(table())),
  },
  {
    what: '100,000 operators that share a list of a million inputs',
    code: 'too-many-nodes',
    build: () => rawModel([], new Array(100_000).fill(table(object(1, ints(new Array(1_000_000).fill(-1)))))),
  },
  {
    what: '100,000 tensors that share a name of 16,000 letters',
    code: 'too-many-nodes',
    build: () => {
      const name = text('n'.repeat(16_000))
      return rawModel(
        many(100_000, () => table(oneAxis, object(3, name))),
        [],
      )
    },
  },
  {
    what: 'subgraphs that double at each of 30 levels',
    code: 'too-many-nodes',
    build: () => calls(30, (level) => [level + 1, level + 1]),
  },
  { what: 'subgraphs 100 deep', code: 'too-deep', build: () => calls(100, (level) => [level + 1]) },
  {
    what: 'subgraphs 40 deep, of which each also runs the last',
    code: 'too-deep',
    build: () => calls(40, (level) => [39, level + 1]),
  },
  { what: '119,000 nodes', code: null, build: () => chain(119_000) },
  { what: '119,000 nodes from the last to the first', code: null, build: () => backwards(119_000) },
  {
    what: '200,000 weights',
    code: null,
    build: () =>
      graphModel({
        tensors: many(200_000, (index) => ({ name: `w${index}`, shape: [4], data: new Uint8Array(16) })),
        inputs: [],
        outputs: [],
        nodes: [],
      }),
  },
  {
    what: 'a node of a million inputs',
    code: 'too-many-nodes',
    build: () =>
      graphModel({
        tensors: [{ shape: [1] }, { shape: [1] }],
        inputs: [0],
        outputs: [1],
        nodes: [{ op: 'ADD_N', inputs: new Array(1_000_000).fill(0), outputs: [1] }],
      }),
  },
]

/** One subgraph per level; its nodes run those of `called`, the last level's none. */
export function calls(levels: number, called: (level: number) => readonly number[]): Uint8Array {
  const subgraphs = many(levels, (level): SubgraphSpec => {
    const bodies = level === levels - 1 ? [] : called(level)
    const nodes: NodeSpec[] = bodies.map((body, index) => ({
      op: 'CALL',
      inputs: [index],
      outputs: [index + 1],
      options: [u32(0, body)],
    }))
    return { tensors: many(nodes.length + 1, () => ({ shape: [1] })), inputs: [0], outputs: [nodes.length], nodes }
  })
  return model({ subgraphs })
}

function backwards(nodes: number): Uint8Array {
  return graphModel({
    tensors: many(nodes + 1, () => ({ shape: [1] })),
    inputs: [0],
    outputs: [nodes],
    nodes: many(nodes, (index) => ({ op: 'RELU', inputs: [index], outputs: [index + 1] })).toReversed(),
  })
}
