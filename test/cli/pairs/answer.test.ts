import { beforeAll, describe, expect, test } from 'vitest'
import { answerTable } from '../../../cli/commands/predict.ts'
import { parseCsv } from '../../../device-catalog/csv.ts'
import { csvText } from '../../../simulator/report/csv.ts'

type Row = Readonly<Record<string, string>>

/** Answers rows given as objects; a column that a row does not have is blank. */
async function answer(rows: readonly Row[]): Promise<Row[]> {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const { text } = await answerTable(csvText([header, ...rows.map((row) => header.map((name) => row[name] ?? ''))]))
  const table = parseCsv(text)
  return table.rows.map((cells) => Object.fromEntries(table.header.map((name, index) => [name, cells[index] ?? ''])))
}

const onOrin: Row = { preset_id: 'resnet50', device_id: 'jetson-orin-nano-8gb', precision: 'fp16' }
const onPi: Row = { preset_id: 'mobilenet-v2-1.0', device_id: 'raspberry-pi-5', compute_unit: 'cpu', runtime: 'ncnn' }
const number = (row: Row | undefined, column: string) => Number(row?.[column] || Number.NaN)

describe('a row that is answered', () => {
  let plain: Row
  beforeAll(async () => {
    const [row] = await answer([onOrin])
    plain = row ?? {}
  })

  test('has every figure of one pass, intervals around the median, and no language figures', () => {
    expect(number(plain, 'latency_lo95_ms')).toBeLessThan(number(plain, 'latency_lo80_ms'))
    expect(number(plain, 'latency_lo80_ms')).toBeLessThan(number(plain, 'latency_ms'))
    expect(number(plain, 'latency_ms')).toBeLessThan(number(plain, 'latency_hi80_ms'))
    expect(number(plain, 'latency_hi80_ms')).toBeLessThan(number(plain, 'latency_hi95_ms'))
    expect(number(plain, 'throughput_lo80_per_s')).toBeLessThan(number(plain, 'throughput_per_s'))
    for (const column of ['peak_memory_mb', 'energy_mj', 'power_w']) expect(number(plain, column)).toBeGreaterThan(0)
    expect(plain).toMatchObject({
      ttft_ms: '',
      tokens_per_s: '',
      bound: expect.stringMatching(/^(compute|memory|link|overhead)$/),
      ood: 'false',
      problem: '',
    })
  })

  test('counts latency per batch, or per item where the row does', async () => {
    const [perBatch, perItem] = await answer([
      { ...onOrin, batch: '8', latency_kind: 'mean per batch' },
      { ...onOrin, batch: '8', latency_kind: 'mean per image' },
    ])
    expect(number(perBatch, 'latency_ms')).toBeGreaterThan(number(plain, 'latency_ms'))
    expect(number(perItem, 'latency_ms')).toBeCloseTo(number(perBatch, 'latency_ms') / 8, 6)
    expect(number(perItem, 'throughput_per_s')).toBe(number(perBatch, 'throughput_per_s'))
  })

  test('takes the batch from the shape where no batch is stated', async () => {
    const [byColumn, byShape] = await answer([
      { ...onOrin, batch: '4' },
      { ...onOrin, input_shape: '4x3x224x224' },
    ])
    expect(number(byShape, 'latency_ms')).toBe(number(byColumn, 'latency_ms'))
  })

  test('scales the network to the size that was run, not the latency', async () => {
    const [small, blank] = await answer([
      { ...onOrin, input_shape: '1x3x112x112' },
      { ...onOrin, input_shape: '' },
    ])
    expect(number(small, 'latency_ms')).toBeLessThan(number(plain, 'latency_ms'))
    expect(number(small, 'latency_ms')).toBeGreaterThan(number(plain, 'latency_ms') / 4)
    expect(number(blank, 'latency_ms')).toBe(number(plain, 'latency_ms'))
  })

  test('reads sequence lengths of token models', async () => {
    const bert: Row = { preset_id: 'bert-base', device_id: 'jetson-orin-nano-8gb' }
    const [long, published, short] = await answer([
      { ...bert, input_shape: 'seq 384' },
      bert,
      { ...bert, input_shape: 'seq 128' },
    ])
    expect(number(long, 'latency_ms')).toBe(number(published, 'latency_ms'))
    expect(number(short, 'latency_ms')).toBeLessThan(number(long, 'latency_ms'))
  })

  test('runs slower on fewer threads, on little cores and at a lower clock', async () => {
    const [all, one, little] = await answer([
      { ...onPi, threads: 'multi' },
      { ...onPi, threads: '1' },
      { ...onPi, device_id: 'rk3588', threads: '4', power_mode: 'little cores' },
    ])
    const [big] = await answer([{ ...onPi, device_id: 'rk3588', threads: '4', power_mode: 'big cores' }])
    expect(number(one, 'latency_ms')).toBeGreaterThan(number(all, 'latency_ms'))
    expect(number(little, 'latency_ms')).toBeGreaterThan(number(big, 'latency_ms'))

    const mcu: Row = { preset_id: 'resnet8-ic', device_id: 'stm32l4r5zi' }
    const [fast, slow] = await answer([
      { ...mcu, power_mode: '120 MHz' },
      { ...mcu, power_mode: '60 MHz, 1.8 V' },
    ])
    expect(number(slow, 'latency_ms')).toBeGreaterThan(1.5 * number(fast, 'latency_ms'))
    expect(slow?.basis).not.toContain('power_mode')
  })

  test('throughput of a system that fills its batches itself is that of a full batch', async () => {
    const [offline] = await answer([{ ...onOrin, latency_kind: 'offline' }])
    expect(number(offline, 'throughput_per_s')).toBeGreaterThan(number(plain, 'throughput_per_s'))
    expect(number(offline, 'latency_ms')).toBe(number(plain, 'latency_ms'))
    expect(offline?.basis).toContain('latency_kind "offline" answered from throughput at batch 64')
  })

  test('names the parents that it was answered from', async () => {
    const [row] = await answer([
      { ...onPi, runtime: 'tvm-of-tomorrow', runtime_version: '9.9', power_mode: 'turbo', latency_kind: 'p42' },
    ])
    expect(row?.problem).toBe('')
    expect(row?.basis).toMatch(/runtime tvm-of-tomorrow answered from \S+;/)
    expect(row?.basis).toContain('runtime_version "9.9" not modelled')
    expect(row?.basis).toContain('power_mode "turbo" not modelled')
    expect(row?.basis).toContain('latency_kind "p42" answered from single_stream')
  })

  test('finds the unit by the runtime or the precision where none is named', async () => {
    const [byRuntime, named] = await answer([
      { preset_id: 'resnet50', device_id: 'rk3588', runtime: 'ncnn' },
      { preset_id: 'resnet50', device_id: 'rk3588', runtime: 'ncnn', compute_unit: 'cpu' },
    ])
    expect(number(byRuntime, 'latency_ms')).toBe(number(named, 'latency_ms'))
  })
})

describe('a row that cannot be answered', () => {
  test.each([
    ['unknown-preset', { ...onOrin, preset_id: 'resnet5000' }],
    ['unknown-device', { ...onOrin, device_id: 'jetson-banana' }],
    ['unit-not-on-device', { ...onOrin, compute_unit: 'tpu' }],
    ['unit-not-on-device', { ...onOrin, compute_unit: 'constructor' }],
    ['unknown-precision', { ...onOrin, precision: 'int3' }],
    ['invalid-field', { ...onOrin, input_shape: 'large' }],
    ['invalid-field', { ...onOrin, input_shape: 'seq 384' }],
    ['invalid-field', { ...onOrin, batch: '0' }],
    ['invalid-field', { ...onOrin, device_id: '' }],
    ['cannot-read', { model: 'no-such-file.onnx', device_id: 'jetson-nano' }],
    ['does-not-fit-memory', { preset_id: 'resnet50', device_id: 'stm32l4r5zi' }],
  ] as const)('carries %s and no figure: %j', async (problem, row: Row) => {
    const [refused, next] = await answer([row, onOrin])
    const { latency_ms, throughput_per_s, peak_memory_mb, basis, bound, ood } = refused ?? {}
    expect(refused?.problem).toBe(problem)
    expect([latency_ms, throughput_per_s, peak_memory_mb, basis, bound, ood]).toEqual(['', '', '', '', '', ''])
    expect(next?.problem).toBe('')
  })
})
