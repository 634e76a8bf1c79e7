import { describe, expect, test } from 'vitest'
import { fromBytes, openModel } from '../../../simulator/import/index.ts'
import { matchOnnx } from '../../../simulator/import/onnx/match.ts'
import { chain, graph, model, node, opset, tensor, value } from '../../support/build-onnx.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'
import { rejectionOf } from './problem-of.ts'

const open = (content: Uint8Array | string, name = 'model.onnx') =>
  openModel(fromBytes(typeof content === 'string' ? new TextEncoder().encode(content) : content), name)

describe('opening a file', () => {
  test('without a name works as well', async () => {
    expect((await openModel(fromBytes(chain(3)))).nodes).toBe(3)
  })

  test('that is empty says so', async () => {
    expect(await rejectionOf(open(''))).toMatchObject({ code: 'empty-file', where: 'model.onnx', received: '0 bytes' })
  })

  test('of a kind that is no model names the kind, the formats that are read and what to do', async () => {
    expect(await rejectionOf(open('<!doctype html>', 'download.onnx'))).toEqual({
      code: 'wrong-format',
      where: 'download.onnx',
      expected: expect.stringContaining('onnx'),
      received: 'an HTML page, often an error page of the download',
      fix: 'Download the file again with its raw link.',
    })
  })

  test('of another model format is told apart from no model at all', async () => {
    expect(await rejectionOf(open('lmgg\x01\0\0\0'))).toMatchObject({
      code: 'unsupported-format',
      received: 'a GGML model',
    })
  })

  test('of no known kind shows its first bytes', async () => {
    const problem = await rejectionOf(open(Uint8Array.of(0xde, 0xad, 0xbe, 0xef)))
    expect(problem).toMatchObject({ code: 'wrong-format', received: 'a file that begins with de ad be ef' })
  })

  test('goes on with what the source rejects with', async () => {
    const gone = new Error('the disk is gone')
    await expect(openModel({ size: 10, read: () => Promise.reject(gone) })).rejects.toBe(gone)
  })
})

describe('an ONNX file is recognised', () => {
  const body = graph({ inputs: [value('x')], nodes: [node('Relu', ['x'], ['y'])] })

  test.each([
    ['by its IR version', model({ graph: body })],
    ['with the graph first', concat(field(7, body), field(8, opset('', 17)), varintField(1, 8))],
    ['without an IR version', concat(field(8, opset('', 17)), field(7, body))],
    ['with a long description before the graph', concat(varintField(1, 8), field(6, 'd'.repeat(9000)), field(7, body))],
    [
      'with functions and metadata',
      concat(varintField(1, 10), field(14, field(1, 'k')), field(25, field(1, 'f')), field(7, body)),
    ],
    ['when it is cut off after two bytes', Uint8Array.of(8, 7)],
  ])('%s', (_, content) => {
    expect(matchOnnx(content.subarray(0, 4096))).toBe(true)
  })

  test.each([
    ['a tensor of ONNX', tensor({ name: 't', dims: [3, 4], floats: new Array(12).fill(0) })],
    ['a Core ML model', concat(varintField(1, 4), field(2, field(1, 'x')), field(500, 'network'))],
    ['a saved model of TensorFlow', concat(varintField(1, 1), field(2, field(1, field(2, 'serve'))))],
    ['an IR version of no standard', varintField(1, 4000)],
    ['text', new TextEncoder().encode(': not a graph')],
    ['a bitmap', new TextEncoder().encode('BM6\x84\x03')],
    ['nothing', new Uint8Array(0)],
  ])('and %s is not taken for one', (_, content) => {
    expect(matchOnnx(content)).toBe(false)
  })
})
