import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { writeOnnx } from '../../../simulator/export/onnx.ts'
import { fromBytes } from '../../../simulator/import/byte-source.ts'
import { describedReader } from '../../../simulator/import/describe.ts'
import { openModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import { describeReader } from '../../contracts/reader-contract.ts'
import { runOnnx } from '../../model-zoo/run-onnx.ts'
import { rejectionOf } from './problem-of.ts'

const bytesOf = (description: unknown) => new TextEncoder().encode(JSON.stringify(description))
const open = (description: unknown) => describedReader.open(fromBytes(bytesOf(description)), 'model.json')
const described = (more: Record<string, unknown>) => ({ edgefitDescription: 1, ...more })
const image = { image: [1, 3, 32, 32] }

const classifier = described({
  name: 'residual classifier',
  inputs: image,
  layers: [
    { name: 'stem', op: 'conv', out: 8, kernel: 3, stride: 2, activation: 'relu6' },
    {
      name: 'block',
      repeat: 2,
      residual: true,
      layers: [
        { op: 'depthwise', kernel: [3, 5] },
        { op: 'conv', out: 8, kernel: 1 },
      ],
    },
    { op: 'global-average-pool' },
    { op: 'flatten' },
    { name: 'logits', op: 'linear', out: 10 },
    { op: 'softmax' },
  ],
  outputs: ['logits'],
})

const everything = described({
  inputs: { image: [2, 4, 16, 16], ids: { shape: [2, 6], type: 'int64' } },
  layers: [
    { name: 'a', op: 'conv', out: 8, kernel: 3, groups: 4, dilation: 2, bias: false },
    { name: 'b', op: 'conv-transpose', of: 'a', out: 8, kernel: 2, stride: 2, pad: 0 },
    { name: 'up', op: 'upsample', of: 'a', factor: 2 },
    { name: 'sum', op: 'add', of: ['b', 'up', 'up'] },
    { op: 'mul', of: ['sum', 'b'] },
    { op: 'sub', of: ['sum', 'b'] },
    { op: 'batch-norm' },
    { op: 'activation', activation: 'hard-swish' },
    { op: 'max-pool', kernel: 3, stride: 2, pad: 'same' },
    { op: 'average-pool', kernel: 2, stride: 2, pad: 0 },
    { op: 'reshape', shape: [2, 8, 64] },
    { name: 'tokens', op: 'transpose', axes: [0, 2, 1] },
    { name: 'words', op: 'embedding', of: 'ids', vocabulary: 30, width: 8 },
    { op: 'concat', of: ['tokens', 'words'], axis: 1 },
    { op: 'layer-norm' },
    { name: 'self', op: 'attention', heads: 4, keyHeads: 2, causal: true },
    { op: 'rms-norm' },
    { op: 'attention', of: ['self', 'words'], heads: 2, headSize: 6 },
    { op: 'lstm', hidden: 5, bidirectional: true },
    { op: 'gru', hidden: 7 },
    { op: 'slice', axis: 1, start: 2, end: 12 },
    { name: 'q', op: 'linear', out: 9, activation: 'gelu' },
    { name: 'k', op: 'transpose', of: 'q', axes: [0, 2, 1] },
    { op: 'matmul', of: ['q', 'k'] },
    { op: 'softmax', axis: -1 },
    { op: 'mean', axis: 1 },
  ],
})

describeReader(describedReader, {
  small: { 'a classifier': bytesOf(classifier), 'every layer': bytesOf(everything) },
  heavy: null,
})

describe('a described model', () => {
  test('is counted layer by layer', async () => {
    const { params, macs, outputs, problems } = await inspectModel(await open(classifier), {})
    const block = 8 * 15 + 8 + 8 * 8 + 8
    expect(params).toBe(3 * 8 * 9 + 8 + 2 * block + 8 * 10 + 10)
    expect(macs).toBe(256 * (27 * 8 + 2 * (8 * 15 + 64)) + 80)
    expect(outputs).toEqual([{ name: 'logits', dtype: 'float32', shape: [1, 10] }])
    expect(problems).toEqual([])
  })

  test.for([
    ['a classifier', classifier, { logits: [1, 10] }],
    ['every layer', everything, { output: [2, 10] }],
  ] as const)('%s is a real network: it runs in onnxruntime', { timeout: 60_000 }, async ([, description, shapes]) => {
    const { graph } = await open(description)
    const ran = await runOnnx(writeOnnx(graph, { seed: 5 }), graph)
    expect(ran.shapes).toEqual(shapes)
    for (const values of Object.values(ran.values)) expect(values.every(Number.isFinite)).toBe(true)
  })

  test('is found by its first field', async () => {
    expect(await openModel(fromBytes(bytesOf(classifier)), 'model.json')).toMatchObject({ format: 'description' })
  })

  test('the example of the documentation is one', async () => {
    const page = readFileSync(new URL('../../../docs/describe.md', import.meta.url), 'utf8')
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
    const inspection = await inspectModel(await open(JSON.parse(example)), {})
    expect(inspection.problems).toEqual([])
    expect(page).toContain(`${inspection.params?.toLocaleString('en')} parameters`)
    expect(page).toContain(`${inspection.macs?.toLocaleString('en')} MACs`)
  })
})

describe('a mistake is found at its field', () => {
  const layers = (...list: unknown[]) => described({ inputs: image, layers: list })
  const conv = { op: 'conv', out: 8, kernel: 3 }

  test.for<[string, unknown, { code: string; where: string | null }]>([
    [
      'another version',
      { ...classifier, edgefitDescription: 2 },
      { code: 'invalid-field', where: 'edgefitDescription' },
    ],
    ['a field that does not exist', { ...classifier, color: 'red' }, { code: 'unknown-field', where: 'color' }],
    ['no input', described({ inputs: {}, layers: [conv] }), { code: 'invalid-field', where: 'inputs' }],
    [
      'a size that is none',
      described({ inputs: { x: [1, -3] }, layers: [conv] }),
      { code: 'invalid-field', where: 'inputs.x[1]' },
    ],
    ['no layer', layers(), { code: 'invalid-field', where: 'layers' }],
    [
      'an operation that does not exist',
      layers(conv, { op: 'convolve' }),
      { code: 'invalid-field', where: 'layers[1].op' },
    ],
    [
      'a field of another operation',
      layers({ ...conv, heads: 2 }),
      { code: 'unknown-field', where: 'layers[0].heads' },
    ],
    ['a missing size', layers({ op: 'conv', kernel: 3 }), { code: 'invalid-field', where: 'layers[0].out' }],
    ['groups that do not divide', layers({ ...conv, groups: 2 }), { code: 'invalid-field', where: 'layers[0].groups' }],
    [
      'a kernel of too many axes',
      layers({ ...conv, kernel: [3, 3, 3] }),
      { code: 'invalid-field', where: 'layers[0].kernel' },
    ],
    [
      'a layer that comes later',
      layers({ op: 'add', of: ['image', 'later'] }),
      { code: 'dangling-value', where: 'layers[0].of[1]' },
    ],
    ['too few operands', layers({ op: 'add', of: 'image' }), { code: 'invalid-field', where: 'layers[0].of' }],
    [
      'too many operands',
      layers({ ...conv, of: ['image', 'image'] }),
      { code: 'invalid-field', where: 'layers[0].of' },
    ],
    ['too few axes', layers({ op: 'flatten' }, conv), { code: 'invalid-field', where: 'layers[1].op' }],
    [
      'sizes that do not go together',
      layers({ name: 'a', ...conv }, { op: 'conv', out: 8, kernel: 3, stride: 2 }, { op: 'mul', of: ['image', 'a'] }),
      { code: 'shape-mismatch', where: 'layers[2]' },
    ],
    [
      'a mistake inside a group',
      layers({ repeat: 2, layers: [conv, { op: 'softmax', axis: 9 }] }),
      { code: 'invalid-field', where: 'layers[0].layers[1].axis' },
    ],
    [
      'a residual of another size',
      layers({ residual: true, layers: [conv] }),
      { code: 'shape-mismatch', where: 'layers[0]' },
    ],
    [
      'an output that is no layer',
      described({ inputs: image, layers: [conv], outputs: ['y'] }),
      { code: 'dangling-value', where: 'outputs[0]' },
    ],
    [
      'more layers than anyone writes',
      layers({ repeat: 30_000, layers: [{ op: 'softmax' }] }),
      { code: 'too-many-nodes', where: 'layers[0].layers[0]' },
    ],
  ])('%s', async ([, description, expected]) => {
    expect(await rejectionOf(open(description))).toMatchObject(expected)
  })
})
