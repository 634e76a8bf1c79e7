/** Hostile and damaged Core ML files and packages: each is refused for what it is, or read within bounds. */
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import { rejectionOf } from '../simulator/import/problem-of.ts'
import {
  array,
  blob,
  block,
  constant,
  convolution,
  image,
  kinds,
  layer,
  mlpackage,
  model,
  modelPath,
  namedType,
  network,
  operation,
  pipeline,
  program,
  relu,
  tensorType,
} from '../support/build-coreml.ts'
import { concat, field, join, varintField } from '../support/build-protobuf.ts'

type Bytes = Uint8Array

const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))
const x = array('x', [4])
const y = array('y', [])
const networkOf = (layers: readonly Bytes[]) =>
  model({ inputs: [x], outputs: [y], content: [kinds.neuralNetwork, network(layers)] })
const float = (name: string) => namedType(name, tensorType('float32', [4]))
const unary = (from: string, to: string) => operation('relu', { inputs: { x: from }, outputs: [float(to)] })
const programOf = (operations: readonly Bytes[], outputs = ['y']) =>
  model({
    version: 7,
    inputs: [x],
    outputs: [y],
    content: [kinds.mlProgram, program(operations, [float('x')], outputs)],
  })

function nestedNetworks(depth: number): Bytes {
  let inner = network([relu('relu', 'x', 'y')])
  for (let level = 0; level < depth; level += 1) inner = network([layer('branch', 605, ['x'], [], field(1, inner))])
  return model({ inputs: [x], outputs: [y], content: [kinds.neuralNetwork, inner] })
}

function nestedBlocks(depth: number): Bytes {
  let inner = block([unary('x', 'z')], ['z'])
  for (let level = 0; level < depth; level += 1) {
    inner = block(
      [operation('cond', { inputs: { pred: 'x' }, blocks: [inner, inner], outputs: [float(`z${level}`)] })],
      [`z${level}`],
    )
    if (inner.length > 20_000) break
  }
  return programOf([operation('cond', { inputs: { pred: 'x' }, blocks: [inner], outputs: [float('y')] })])
}

function nestedPipelines(depth: number): Bytes {
  let inner = networkOf([relu('relu', 'x', 'y')])
  for (let level = 0; level < depth; level += 1) {
    inner = model({ inputs: [x], outputs: [y], content: [kinds.pipeline, pipeline([inner])] })
  }
  return inner
}

/** A block within a block many times over, each on its own. */
function deepBlocks(depth: number): Bytes {
  let inner = block([unary('x', 'z')], ['z'])
  for (let level = 0; level < depth; level += 1) {
    inner = block([operation('cond', { inputs: { pred: 'x' }, blocks: [inner], outputs: [float('z')] })], ['z'])
  }
  return programOf([operation('cond', { inputs: { pred: 'x' }, blocks: [inner], outputs: [float('y')] })])
}

describe('a Core ML file', () => {
  test.each<[string, Bytes, ProblemCode]>([
    ['networks 1,000 deep', nestedNetworks(1000), 'too-deep'],
    ['networks 50 deep in a small file', nestedNetworks(50), 'too-deep'],
    ['blocks 1,000 deep', deepBlocks(1000), 'too-deep'],
    ['blocks 50 deep in a small file', deepBlocks(50), 'too-deep'],
    ['pipelines 1,000 deep', nestedPipelines(1000), 'too-deep'],
    ['pipelines 50 deep in a small file', nestedPipelines(50), 'too-deep'],
    ['150,000 layers', networkOf(many(150_000, () => field(1, 'l'))), 'too-many-nodes'],
    ['150,000 operations', programOf(many(150_000, () => field(1, 'relu'))), 'too-many-nodes'],
    [
      'three million sizes one by one',
      networkOf([layer('r', 1140, ['x'], ['y'], join(many(3_000_000, () => varintField(1, 1))))]),
      'too-many-nodes',
    ],
    ['no model', concat(varintField(1, 4), field(2, field(1, x))), 'malformed'],
    ['two models', concat(networkOf([]), field(500, network([]))), 'malformed'],
    ['a value that nothing writes', networkOf([relu('relu', 'z', 'y')]), 'dangling-value'],
    ['an operand that nothing defines', programOf([unary('z', 'y')]), 'dangling-value'],
    ['a value defined twice', programOf([unary('x', 'y'), unary('x', 'y')]), 'duplicate-value'],
    [
      'a constant defined twice',
      programOf(many(2, () => constant('w', 'float32', [1], blob('float32', [1])))),
      'duplicate-value',
    ],
    ['operations that need each other', programOf([unary('b', 'a'), unary('a', 'b')], ['b']), 'cyclic-graph'],
    [
      'a program without functions',
      model({ inputs: [x], outputs: [y], content: [kinds.mlProgram, varintField(1, 1)] }),
      'malformed',
    ],
    ['an operation without a type', programOf([operation('', {})]), 'malformed'],
    [
      'sizes beyond 2^53',
      model({ inputs: [array('x', [2 ** 40, 2 ** 40])], outputs: [y], content: [kinds.neuralNetwork, network([])] }),
      'dimension-too-large',
    ],
    [
      'an image of negative size',
      model({ inputs: [image('x', -1, 8)], outputs: [y], content: [kinds.neuralNetwork, network([])] }),
      'malformed',
    ],
    [
      'weights outside the package',
      programOf([constant('w', 'float32', [1], blob('float32', [1], 64, '@model_path/../../secret'))]),
      'unsafe-path',
    ],
    [
      'weights of a billion billion',
      programOf([constant('w', 'float32', [2 ** 40, 2 ** 40], blob('float32', [2 ** 40, 2 ** 40]))]),
      'dimension-too-large',
    ],
  ])('with %s is refused', async (_, content, code) => {
    expect((await rejectionOf(openModel(fromBytes(content), 'bad.mlmodel'))).code).toBe(code)
  })

  test('whose blocks double at each level is read or refused, within bounds', async () => {
    const outcome = await openModel(fromBytes(nestedBlocks(14))).then(
      (parsed) => inspectModel(parsed, {}),
      (error: unknown) => error,
    )
    expect(outcome).toBeDefined()
  })

  test('whose pipelines use a value that no stage makes keeps what is known', async () => {
    const stage = networkOf([relu('relu', 'x', 'z')])
    const content = model({ inputs: [x], outputs: [y], content: [kinds.pipeline, pipeline([stage])] })
    const { coverage } = await inspectModel(await openModel(fromBytes(content)), {})
    expect(coverage).toBe(1)
  })
})

const content = model({
  inputs: [image('x', 8, 8)],
  outputs: [y],
  content: [kinds.neuralNetwork, network([convolution('conv', 'x', 'y', { input: 3, output: 8 })])],
})
const text = (value: string) => strToU8(value)

/** Offset of the directory's record of the model, and of its local header. */
function recordsOf(archive: Bytes): { readonly central: number; readonly local: number } {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const directory = view.getUint32(archive.length - 6, true)
  const isModel = (name: string) => name.endsWith(modelPath)
  for (let at = directory; ; ) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + (nameBytes ?? 0)))
    if (isModel(name)) return { central: at, local: view.getUint32(at + 42, true) }
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0)
  }
}

/** The package with one field of the model's record changed. */
function changed(offset: number, value: number, width: 16 | 32 = 32): Bytes {
  const archive = mlpackage(content)
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const { central } = recordsOf(archive)
  if (width === 16) view.setUint16(central + offset, value, true)
  else view.setUint32(central + offset, value, true)
  return archive
}

describe('a package', () => {
  test.each<[string, Bytes, ProblemCode]>([
    ['that is cut off', mlpackage(content).subarray(0, 300), 'truncated'],
    ['without a model', zipSync({ 'Model.mlpackage/Manifest.json': text('{}') }), 'unsupported-format'],
    [
      'of two packages',
      zipSync({ [`a.mlpackage/${modelPath}`]: content, [`b.mlpackage/${modelPath}`]: content }),
      'unsupported-format',
    ],
    ['with an entry outside of it', zipSync({ [modelPath]: content, '../evil.sh': text('#!') }), 'unsafe-path'],
    [
      'with an entry at the root of the disk',
      zipSync({ [modelPath]: content, '/etc/passwd': text('x') }),
      'unsafe-path',
    ],
    ['that is encrypted', changed(8, 1, 16), 'unsupported-format'],
    ['in a compression of its own', changed(10, 93, 16), 'unsupported-format'],
    ['that holds more than it announces', changed(24, 100), 'malformed'],
    ['that holds less than it announces', changed(24, 5_000_000), 'malformed'],
    ['that announces gigabytes', changed(24, 0xf0000000), 'unsupported-format'],
    ['whose model begins elsewhere', changed(42, 7), 'malformed'],
    ['whose model begins after the end', changed(42, 0xfffffff0), 'malformed'],
    ['whose model goes on after the end', changed(20, 0xfffffff0), 'malformed'],
    ['whose directory breaks off', changed(28, 60_000, 16), 'malformed'],
    ['of 64 bits that it does not have', changed(42, 0xffffffff), 'malformed'],
  ])('%s is refused', async (_, archive, code) => {
    expect((await rejectionOf(openModel(fromBytes(archive), 'bad.mlpackage.zip'))).code).toBe(code)
  })

  test('that would become gigabytes is refused while it is small', async () => {
    const zeros = zipSync({ [modelPath]: new Uint8Array(40 * 1024 * 1024) }, { level: 9 })
    expect(zeros.length).toBeLessThan(100_000)
    const view = new DataView(zeros.buffer, zeros.byteOffset, zeros.byteLength)
    const { central } = recordsOf(zeros)
    view.setUint32(central + 24, 1000, true)
    expect((await rejectionOf(openModel(fromBytes(zeros), 'bomb.mlpackage'))).code).toBe('malformed')
  })

  test('with damaged content is refused at its deflated bytes', async () => {
    const archive = mlpackage(content, { level: 9 })
    const { local } = recordsOf(archive)
    archive.fill(0xff, local + 30 + 60, local + 30 + 80)
    const { code, where } = await rejectionOf(openModel(fromBytes(archive), 'bad.mlpackage'))
    expect(['malformed', 'truncated']).toContain(code)
    expect(where).not.toBeNull()
  })

  test('is not looked for in other archives, which keep their name', async () => {
    const archive = zipSync({ 'notes.txt': text('x') })
    expect(await rejectionOf(openModel(fromBytes(archive), 'notes.zip'))).toMatchObject({
      code: 'wrong-format',
      received: 'a ZIP archive',
    })
  })
})
