import { describe, expect, test } from 'vitest'
import { outputHeader } from '../../../cli/pairs/columns.ts'
import { parseInputSize } from '../../../device-catalog/pairs/input-shape.ts'
import { latencyKindOf } from '../../../device-catalog/pairs/latency-kind.ts'
import { readPair, requireColumns } from '../../../device-catalog/pairs/pair.ts'

const problemWith = (detail: Record<string, unknown>) =>
  expect.objectContaining({ problem: expect.objectContaining(detail) })

describe('input_shape', () => {
  test.each([
    ['', { kind: 'default' }],
    ['tokens', { kind: 'default' }],
    ['1x3x224x224', { kind: 'tensor', shape: [1, 3, 224, 224] }],
    ['1x3x16x112x112', { kind: 'tensor', shape: [1, 3, 16, 112, 112] }],
    ['1x640', { kind: 'tensor', shape: [1, 640] }],
    ['seq 384', { kind: 'tokens', tokens: 384 }],
    ['prompt 32', { kind: 'tokens', tokens: 32 }],
    ['prompt 128, 64 new tokens', { kind: 'tokens', tokens: 128 }],
    ['pp 512 tokens', { kind: 'tokens', tokens: 512 }],
    ['54 tokens', { kind: 'tokens', tokens: 54 }],
    ['ctx 512', { kind: 'tokens', tokens: 512 }],
    ['tg 1024 tokens', { kind: 'generated', tokens: 1024 }],
    ['1 token', { kind: 'step' }],
    ['ISL/OSL 128/2048', { kind: 'serving', promptTokens: 128, answerTokens: 2048 }],
  ])('%j is understood', (text, size) => {
    expect(parseInputSize(text)).toEqual(size)
  })

  test.each(['224', '1x0x3', '1x-3', 'seq', 'seq 0', 'large', '1x3x99999999999999999999'])('%j is refused', (text) => {
    expect(() => parseInputSize(text)).toThrow(problemWith({ code: 'invalid-field', where: 'input_shape' }))
  })
})

describe('latency_kind', () => {
  test('says what one latency covers', () => {
    expect(latencyKindOf('mean per batch').latencyPer).toBe('batch')
    expect(latencyKindOf('mean per image').latencyPer).toBe('item')
    expect(latencyKindOf('ms per output token').latencyPer).toBe('token')
  })

  test('that is not modelled is answered from its parent, which is named', () => {
    expect(latencyKindOf('single_stream end-to-end').answeredFrom).toContain('single_stream')
    expect(latencyKindOf('a kind of tomorrow')).toEqual({ ...latencyKindOf(''), answeredFrom: 'single_stream' })
    expect(latencyKindOf('constructor').answeredFrom).toBe('single_stream')
  })
})

describe('a row', () => {
  const read = (fields: Record<string, string>) => readPair((column) => fields[column] ?? '')

  test('needs only a model and a device', () => {
    expect(read({ preset_id: 'resnet50', device_id: 'nvidia-t4' })).toMatchObject({
      model: 'preset:resnet50',
      deviceId: 'nvidia-t4',
      batch: null,
      threads: null,
      size: { kind: 'default' },
    })
    expect(read({ model: 'nets/a.onnx', device_id: 'x', batch: '8.0' })).toMatchObject({
      model: 'nets/a.onnx',
      batch: 8,
    })
    expect(() => read({ preset_id: 'resnet50' })).toThrow(problemWith({ code: 'invalid-field', where: 'device_id' }))
    expect(() => read({ device_id: 'x' })).toThrow(problemWith({ code: 'invalid-field', where: 'preset_id' }))
  })

  test.each(['0', '-1', '1.5', 'two', 'NaN', '1e400'])('refuses batch %j', (batch) => {
    expect(() => read({ preset_id: 'a', device_id: 'b', batch })).toThrow(
      problemWith({ code: 'invalid-field', where: 'batch' }),
    )
  })

  test('may ask for a number of threads, or for as many as are best', () => {
    expect(read({ preset_id: 'a', device_id: 'b', threads: '4' }).threads).toBe(4)
    expect(read({ preset_id: 'a', device_id: 'b', threads: 'multi' }).threads).toBeNull()
  })

  test('cannot be read from a file without a model or a device column', () => {
    expect(() => requireColumns(['preset_id', 'batch'])).toThrow(problemWith({ code: 'invalid-csv' }))
    expect(() => requireColumns(['device_id'])).toThrow(problemWith({ code: 'invalid-csv' }))
    expect(() => requireColumns(['device_id', 'model'])).not.toThrow()
  })
})

describe('the output columns', () => {
  test('follow the input columns, which keep their names unless a figure has it', () => {
    const header = outputHeader(['row_id', 'latency_ms', 'device_id'])
    expect(header.slice(0, 4)).toEqual(['row_id', 'given_latency_ms', 'device_id', 'latency_ms'])
  })

  test('never repeat, also when an answer is asked about again', () => {
    const again = outputHeader(outputHeader(['latency_ms', 'problem']))
    expect(new Set(again).size).toBe(again.length)
  })
})
