/** Hostile and damaged TFLite files: each is refused for what it is, at the place where it is. */
import { describe, expect, test } from 'vitest'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import { rejectionOf } from '../simulator/import/problem-of.ts'
import {
  bytes,
  type Field,
  flatFile,
  i8,
  i32,
  ints,
  object,
  table,
  tables,
  text,
  u32,
} from '../support/build-flatbuffer.ts'
import { chain, float32s, graphModel, model, type SubgraphSpec } from '../support/build-tflite.ts'
import { calls, tfliteBombs } from './tflite-bombs.ts'

const open = (content: Uint8Array) => openModel(fromBytes(content), 'hostile.tflite')

/** x [1] → RELU → y, with one part replaced. */
const relu: SubgraphSpec = {
  tensors: [
    { name: 'x', shape: [1] },
    { name: 'y', shape: [1] },
  ],
  inputs: [0],
  outputs: [1],
  nodes: [{ op: 'RELU', inputs: [0], outputs: [1] }],
}
const altered = (part: Partial<SubgraphSpec>) => graphModel({ ...relu, ...part })
const weight = (tensor: SubgraphSpec['tensors'][number]) => altered({ tensors: [...relu.tensors, tensor] })

/** `file` with `value` at every place where `old` is a 32-bit number. */
function replaced(file: Uint8Array, old: number, value: number): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let found = 0
  for (let at = 8; at + 4 <= file.length; at += 4) {
    if (view.getUint32(at, true) !== old) continue
    view.setUint32(at, value, true)
    found += 1
  }
  if (found === 0) throw new Error(`${old} is nowhere in the file`)
  return file
}

describe('a damaged TFLite file', () => {
  test.each([0.9, 0.5, 0.25, 0.1].map((share) => [Math.floor(chain(50).length * share)]))(
    'cut after %i bytes points beyond its end, and says by how much',
    async (length) => {
      const problem = await rejectionOf(open(chain(50).subarray(0, length)))
      expect(problem).toMatchObject({ code: 'truncated', received: `${length} bytes` })
      expect(problem.where).toMatch(/^byte \d+$/)
      expect(problem.expected).toMatch(/^at least \d+ bytes$/)
    },
  )

  test.each<[string, Uint8Array, ProblemCode, string | RegExp]>([
    ['nothing after its identifier', flatFile('TFL3', table()).subarray(0, 8), 'truncated', /^byte/],
    [
      'a root that is the root',
      replaced(flatFile('TFL3', table(u32(0, 77_777))), 77_777, 0).fill(0, 0, 4),
      'malformed',
      'byte 0',
    ],
    ['no subgraph', flatFile('TFL3', table(u32(0, 3))), 'malformed', /^byte/],
    [
      'a list longer than the file',
      replaced(weight({ shape: [9], data: new Uint8Array(77_776) }), 77_776, 2 ** 31),
      'truncated',
      /^byte/,
    ],
    [
      'an external weight of a negative size',
      model({
        subgraphs: [{ ...relu, tensors: [...relu.tensors, { name: 'w', shape: [-5], external: 1 }] }],
        external: { 'weights.bin': [{ id: 1, offset: 0, length: 4 }] },
      }),
      'malformed',
      'w',
    ],
    ['a weight of a negative size', weight({ name: 'w', shape: [-5], data: float32s(1) }), 'malformed', 'w'],
    ['a text longer than any name', weight({ name: 'n'.repeat(20_000), shape: [1] }), 'malformed', /^byte/],
    ['an element type of no schema', weight({ type: 99, shape: [1] }), 'malformed', /^byte/],
    ['an operator of no list', nodeWith(u32(0, 9)), 'malformed', /^byte/],
    [
      'a custom operator without a name',
      altered({ nodes: [{ op: 'custom:', inputs: [0], outputs: [1] }] }),
      'malformed',
      /^byte/,
    ],
    ['an input of no tensor', altered({ nodes: [{ op: 'RELU', inputs: [7], outputs: [1] }] }), 'malformed', /^byte/],
    ['an output of the graph that is no tensor', altered({ outputs: [-1] }), 'malformed', /^byte/],
    ['a buffer of no list', tensorWith(u32(2, 9)), 'malformed', /^byte/],
    [
      'a subgraph of no list',
      altered({ nodes: [{ op: 'CALL', inputs: [0], outputs: [1], options: [u32(0, 7)] }] }),
      'malformed',
      'subgraph 7',
    ],
    ['a tensor of 65 axes', weight({ shape: new Array(65).fill(1) }), 'malformed', 'tensor_2'],
    [
      'a weight of fewer elements than its shape',
      weight({ name: 'w', shape: [3], data: float32s(1, 2) }),
      'tensor-size-mismatch',
      'w',
    ],
    [
      'a weight of more elements than fit a number',
      weight({ name: 'w', shape: [2 ** 30, 2 ** 30], data: float32s(1) }),
      'dimension-too-large',
      'w',
    ],
    ['content behind the tables that is not there', appendedBeyond(), 'truncated', /^byte/],
    ['external content outside the folder', external('../weights.bin'), 'unsafe-path', /^byte/],
    ['external content of no list', weight({ shape: [1], external: 5 }), 'malformed', /^byte/],
    [
      'two nodes that write one tensor',
      altered({ nodes: [...relu.nodes, ...relu.nodes] }),
      'duplicate-value',
      'RELU_1',
    ],
    [
      'a node that reads itself',
      altered({ nodes: [{ op: 'RELU', inputs: [1], outputs: [1] }] }),
      'cyclic-graph',
      'RELU_0',
    ],
    ['a subgraph that runs itself', calls(3, (level) => [level === 1 ? 0 : 1]), 'cyclic-graph', 'subgraph 0'],
  ])('with %s is refused', async (_, content, code, where) => {
    const problem = await rejectionOf(open(content))
    expect(problem).toMatchObject({ code, where: where instanceof RegExp ? expect.stringMatching(where) : where })
    expect(problem.fix).toMatch(/\.$/)
  })
})

function nodeWith(...fields: readonly Field[]): Uint8Array {
  const node = table(...fields, object(1, ints([])), object(2, ints([])))
  return raw(object(3, tables([node])))
}

function tensorWith(...fields: readonly Field[]): Uint8Array {
  return raw(object(0, tables([table(object(0, ints([1])), ...fields)])))
}

function raw(...subgraph: readonly Field[]): Uint8Array {
  return flatFile('TFL3', table(u32(0, 3), object(1, tables([table()])), object(2, tables([table(...subgraph)]))))
}

function external(name: string): Uint8Array {
  return model({
    subgraphs: [{ ...relu, tensors: [...relu.tensors, { shape: [1], external: 1 }] }],
    external: { [name]: [{ id: 1, offset: 0, length: 4 }] },
  })
}

function appendedBeyond(): Uint8Array {
  const file = weight({ shape: [4], appended: float32s(1, 2, 3, 4) })
  return file.subarray(0, file.length - 1)
}

describe('a TFLite file that is a bomb', () => {
  for (const { what, code, build } of tfliteBombs) {
    const outcome = code === null ? 'is read' : `is refused as ${code}`
    test(`with ${what} ${outcome}`, { timeout: 60_000 }, async () => {
      const opening = open(build())
      if (code === null) expect((await opening).problems).toEqual([])
      else expect(await rejectionOf(opening)).toMatchObject({ code })
    })
  }
})

describe('an odd but sound TFLite file', () => {
  const metadata = table(object(0, text('TFLITE_METADATA')), u32(1, 0))

  test.each<[string, Uint8Array]>([
    ['subgraphs as deep as the limit', calls(32, (level) => [level + 1])],
    ['subgraphs that double at each of 12 levels', calls(12, (level) => [level + 1, level + 1])],
    ['nothing to do', graphModel({ tensors: [], inputs: [], outputs: [], nodes: [] })],
    ['an archive of labels behind it', Uint8Array.of(...chain(2), 0x50, 0x4b, 0x05, 0x06, ...new Array(18).fill(0))],
    [
      'fields of a later schema',
      flatFile(
        'TFL3',
        table(
          u32(0, 3),
          object(2, tables([table(i32(40, 1))])),
          object(6, tables([metadata])),
          i8(30, 1),
          object(31, bytes(new Uint8Array(9))),
        ),
      ),
    ],
  ])('with %s is read', async (_, content) => {
    expect((await open(content)).format).toBe('tflite')
  })
})
