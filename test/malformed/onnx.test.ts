/** Hostile and damaged ONNX files: each is refused for what it is, at the place where it is. */
import { describe, expect, test } from 'vitest'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import { rejectionOf } from '../simulator/import/problem-of.ts'
import { attribute, chain, graph, localFunction, model, modelOf, node, tensor, value } from '../support/build-onnx.ts'
import { concat, field, key, varintField } from '../support/build-protobuf.ts'
import { bombs, doubling, nested } from './bombs.ts'

const x = value('x', [1])
const y = value('y', [1])
const relu = (from: string, to: string, name = to) => node('Relu', [from], [to], { name })
const external = (location: string) =>
  modelOf({ initializers: [tensor({ name: 'w', dims: [1], external: { location } })] })
const call = (from: string, to: string, op: string) => node(op, [from], [to], { domain: 'f' })

/** Twenty functions that call each other in a ring. */
function ring(): Uint8Array {
  const functions = Array.from({ length: 20 }, (_, index) =>
    localFunction({
      name: `f${index}`,
      domain: 'f',
      inputs: ['a'],
      outputs: ['b'],
      nodes: [call('a', 'b', `f${(index + 1) % 20}`)],
    }),
  )
  return model({ graph: graph({ inputs: [x], nodes: [call('x', 'y', 'f3')] }), functions })
}

describe('a damaged ONNX file', () => {
  test.each([1, 0.75, 0.5, 0.25].map((share) => [Math.floor(chain(50).length * share) - 1]))(
    'cut after %i bytes is truncated, and says how much is missing',
    async (length) => {
      const problem = await rejectionOf(openModel(fromBytes(chain(50).subarray(0, length)), 'cut.onnx'))
      expect(problem).toMatchObject({ code: 'truncated', received: `${length} bytes` })
      expect(problem.where).toMatch(/^byte \d+$/)
      expect(problem.expected).toMatch(/^at least \d+ bytes$/)
    },
  )

  test.each<[string, Uint8Array, ProblemCode, string | null | RegExp]>([
    [
      'a length that is larger than its message',
      model({ graph: concat(field(1, 'x', 500), new Uint8Array(600)) }),
      'malformed',
      /^byte/,
    ],
    ['a length that is larger than any file', concat(varintField(1, 8), field(7, '', 2n ** 62n)), 'truncated', /^byte/],
    [
      'a varint that does not end',
      concat(varintField(1, 8), key(5, 0), new Uint8Array(40).fill(0xff)),
      'malformed',
      /^byte/,
    ],
    ['a group, which protobuf gave up', model({ graph: concat(key(1, 3), key(1, 4)) }), 'malformed', /^byte/],
    ['field number 0', model({ graph: varintField(0, 1) }), 'malformed', /^byte/],
    ['no graph', model({}), 'malformed', null],
    ['two graphs', concat(model({ graph: graph({}) }), field(7, graph({}))), 'malformed', null],
    ['no operator sets', model({ graph: graph({}), opsets: [] }), 'malformed', null],
    ['a node without an operator', modelOf({ nodes: [field(2, 'y')] }), 'malformed', /^byte/],
    ['a name of 20,000 characters', modelOf({ nodes: [relu('x'.repeat(20_000), 'y')] }), 'malformed', /^byte/],
    [
      'a function without a name',
      model({ graph: graph({}), functions: [localFunction({ name: '', domain: 'f' })] }),
      'malformed',
      /^byte/,
    ],
    ['a node that reads itself', modelOf({ nodes: [relu('y', 'y', 'self')] }), 'cyclic-graph', 'self'],
    [
      'a ring of nodes',
      modelOf({ nodes: [relu('c', 'a'), relu('a', 'b'), relu('b', 'c')] }),
      'cyclic-graph',
      /^[abc]$/,
    ],
    [
      'a ring through a subgraph',
      modelOf({
        nodes: [
          node('If', ['k'], ['y'], {
            name: 'if',
            attributes: [attribute.graph('then_branch', graph({ nodes: [relu('z', 'i')], outputs: [value('i')] }))],
          }),
          relu('y', 'z'),
        ],
        inputs: [value('k', [], 9)],
      }),
      'cyclic-graph',
      /^(if|z)$/,
    ],
    ['functions that call each other in a ring', ring(), 'cyclic-graph', /^f\.f\d+$/],
    ['an input that nothing defines', modelOf({ nodes: [relu('ghost', 'y', 'reader')] }), 'dangling-value', 'reader'],
    ['an output that nothing defines', modelOf({ outputs: [y] }), 'dangling-value', 'output y'],
    [
      'a subgraph that reads what nothing defines',
      modelOf({
        inputs: [x],
        nodes: [
          node('If', ['x'], ['y'], {
            attributes: [attribute.graph('then_branch', graph({ nodes: [relu('ghost', 'i', 'inner')] }))],
          }),
        ],
      }),
      'dangling-value',
      'inner',
    ],
    [
      'a function that reads what its caller has',
      model({
        graph: graph({ inputs: [x] }),
        functions: [localFunction({ name: 'f', domain: 'f', nodes: [relu('x', 'b', 'inner')] })],
      }),
      'dangling-value',
      'inner',
    ],
    [
      'two nodes that make one value',
      modelOf({ inputs: [x], nodes: [relu('x', 'y', 'first'), relu('x', 'y', 'second')] }),
      'duplicate-value',
      'second',
    ],
    [
      'a node that makes an input',
      modelOf({ inputs: [x], nodes: [relu('x', 'x', 'again')] }),
      'duplicate-value',
      'again',
    ],
    ['an input given twice', modelOf({ inputs: [x, x] }), 'duplicate-value', 'input x'],
    [
      'a function given twice',
      model({
        graph: graph({}),
        functions: [localFunction({ name: 'f', domain: 'f' }), localFunction({ name: 'f', domain: 'f' })],
      }),
      'duplicate-value',
      'function f.f',
    ],
    ['a weight outside its folder', external('../../etc/passwd'), 'unsafe-path', 'w'],
    ['a weight at an absolute path', external('/etc/passwd'), 'unsafe-path', 'w'],
    ['a weight on another drive', external('C:\\secret'), 'unsafe-path', 'w'],
    ['an input dimension over 2^53', modelOf({ inputs: [value('x', [2n ** 60n])] }), 'dimension-too-large', /^byte/],
    [
      'an input of more than 2^53 elements',
      modelOf({ inputs: [value('x', [2 ** 40, 2 ** 40])] }),
      'dimension-too-large',
      'x',
    ],
    [
      'a weight of more than 2^53 elements',
      modelOf({ initializers: [tensor({ name: 'w', dims: [2 ** 40, 2 ** 40], raw: new Uint8Array(8) })] }),
      'dimension-too-large',
      'w',
    ],
    [
      'a weight that claims a petabyte',
      modelOf({ initializers: [tensor({ name: 'w', dims: [2 ** 48], raw: new Uint8Array(8) })] }),
      'tensor-size-mismatch',
      'w',
    ],
  ])('with %s is refused', { timeout: 20_000 }, async (_, content, code, where) => {
    const problem = await rejectionOf(openModel(fromBytes(content), 'hostile.onnx'))
    expect(problem).toMatchObject({ code, where: where instanceof RegExp ? expect.stringMatching(where) : where })
    expect(problem.fix).toMatch(/\.$/)
  })
})

describe('a file that is a bomb', () => {
  for (const { what, code, build } of bombs) {
    const outcome = code === null ? 'is read' : `is refused as ${code}`
    test(`with ${what} ${outcome}`, { timeout: 60_000 }, async () => {
      const opening = openModel(fromBytes(build()), 'bomb.onnx')
      if (code === null) expect((await opening).problems).toEqual([])
      else expect(await rejectionOf(opening)).toMatchObject({ code })
    })
  }
})

describe('an odd but sound ONNX file', () => {
  test.each<[string, Uint8Array]>([
    ['graphs as deep as the limit', nested(31)],
    ['functions that double at each of 12 levels', doubling(12)],
    ['an empty graph', model({ graph: new Uint8Array(0) })],
    [
      'fields of a later standard',
      concat(model({ graph: concat(graph({ inputs: [x] }), field(99, 'new')) }), varintField(27, 1)),
    ],
    [
      'a message in two parts, as protobuf allows',
      modelOf({
        inputs: [
          concat(
            field(1, 'x'),
            field(2, field(1, varintField(1, 1))),
            field(2, field(1, field(2, field(1, varintField(1, 3))))),
          ),
        ],
      }),
    ],
  ])('with %s is read', async (_, content) => {
    const parsed = await openModel(fromBytes(content), 'odd.onnx')
    expect(parsed.format).toBe('onnx')
  })
})
