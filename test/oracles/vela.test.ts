import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { readVelaOperator, type VelaOperator } from '../../oracles/vela/operator.ts'
import { type VelaCycles, velaCycles } from '../../oracles/vela.ts'
import { type GoldenRow, readGolden, readReference } from '../golden/read-golden.ts'
import { problemOf } from '../simulator/import/problem-of.ts'

const golden = readGolden('vela')
const reference = readReference('vela_layers')

/** Relative, for memory cycles that are no whole numbers. */
const rounding = 1e-12

describe('operators that Vela itself has scheduled', () => {
  const cycles = velaCycles(golden.map(operatorOf))
  const inReach = golden.flatMap((row, index) =>
    hasWeightsInReach(row) ? [[`${nameOf(row)} — ${row.source}`, row, cycles[index]] as const] : [],
  )
  test.for(inReach)('%s', ([, row, ours]) => expectCycles(ours, row))
})

describe.skipIf(reference.length === 0)('every operator at hand (skipped where the table is absent)', () => {
  const cycles = velaCycles(reference.map(operatorOf))

  test('has no mismatch where its weights are read in place or loaded whole', () => {
    for (const [index, row] of reference.entries()) if (hasWeightsInReach(row)) expectCycles(cycles[index], row)
  })

  test('has the cycles of every memory also where weights come in slices, and those of the NPU within 4 % on average', () => {
    const sliced = reference.flatMap((row, index) => (hasWeightsInReach(row) ? [] : [{ row, cycles: cycles[index] }]))
    for (const { row, cycles: ours } of sliced) expectMemoryCycles(ours, row)
    const errors = sliced.map(({ row, cycles: ours }) => Math.abs((ours?.npu ?? 0) / Number(row.npu_cycles) - 1))
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.04)
    expect(errors.filter((error) => error < 0.1).length / errors.length).toBeGreaterThan(0.85)
  })
})

describe('any operator', () => {
  const anyRow = fc.constantFrom(...golden)
  const extent = fc.tuple(
    fc.integer({ min: 1, max: 80 }),
    fc.integer({ min: 1, max: 80 }),
    fc.integer({ min: 1, max: 300 }),
  )
  const anyOperator = fc.tuple(anyRow, extent, extent).map(([row, ifm, ofm]) =>
    operatorOf({
      ...row,
      ifm: `1x${ifm.join('x')}`,
      ofm: `1x${ofm.join('x')}`,
      weights_buffered: '0',
      encoded_weight_bytes: `${20 * ofm[2]}`,
    }),
  )

  propertyTest.prop([anyOperator])('takes its slowest part, in whole cycles of the NPU', (operator) => {
    const [cycles] = velaCycles([operator])
    if (cycles === undefined) throw new Error('no result')
    const { npu, total, ...memories } = cycles
    expect(Number.isSafeInteger(npu)).toBe(true)
    expect(total).toBe(Math.max(npu, ...Object.values(memories)))
    for (const memory of Object.values(memories)) expect(memory).toBeGreaterThanOrEqual(0)
  })

  propertyTest.prop([fc.array(anyOperator, { minLength: 1, maxLength: 8 })])(
    'waits for nothing but what comes before it in its own schedule',
    (operators) => {
      const apart = operators.map((operator, index) => ({ ...operator, schedule: `${index}`, index: null }))
      const alone = apart.flatMap((operator) => velaCycles([operator]))
      expect(velaCycles(apart).map(({ npu }) => npu)).toEqual(alone.map(({ npu }) => npu))
    },
  )
})

test('loads are taken as hidden where the table leaves out what runs beside them', () => {
  const loaded = golden.findIndex(({ weights_buffered, op_index }) => weights_buffered === '1' && op_index !== '0')
  const row = golden[loaded] ?? {}
  expect(velaCycles([operatorOf(row)])[0]?.npu).toBe(Number(row.npu_cycles))
})

describe('a table', () => {
  const row: GoldenRow = golden[0] ?? {}

  test.for([
    ['accelerator', 'ethos-u99'],
    ['system_config', 'My_Board'],
    ['memory_mode', 'Shared'],
    ['block_type', 'Convolution'],
    ['ifm', '1x2x3'],
    ['ofm_block', '1x0x2x8'],
    ['ifm_bits', 'eight'],
    ['kernel_w', '1000000'],
    ['ofm_format', 'NCHW'],
    ['weights_buffered', '3'],
    ['encoded_weight_bytes', '9'],
  ] as const)('with %s of %s is refused by its row and column', ([column, value]) => {
    expect(problemOf(() => operatorOf({ ...row, [column]: value }, 41))).toMatchObject({
      code: 'invalid-csv',
      where: `row 42, ${column}`,
      received: value,
    })
  })
})

function operatorOf(row: GoldenRow, index = 0): VelaOperator {
  return readVelaOperator((column) => row[column] ?? '', `row ${index + 1}`)
}

function hasWeightsInReach(row: GoldenRow): boolean {
  return row.weights_buffered !== '2'
}

function expectCycles(cycles: VelaCycles | undefined, row: GoldenRow): void {
  expect([nameOf(row), cycles?.npu]).toEqual([nameOf(row), Number(row.npu_cycles)])
  expectMemoryCycles(cycles, row)
  expectClose(cycles?.total, row, 'total_cycles')
}

function expectMemoryCycles(cycles: VelaCycles | undefined, row: GoldenRow): void {
  expectClose(cycles?.Sram, row, 'sram_cycles')
  expectClose(cycles?.Dram, row, 'dram_cycles')
  expectClose(cycles?.OnChipFlash, row, 'onflash_cycles')
  expectClose(cycles?.OffChipFlash, row, 'offflash_cycles')
}

function expectClose(value: number | undefined, row: GoldenRow, column: string): void {
  const printed = Number(row[column])
  if (Math.abs((value ?? Number.NaN) - printed) <= rounding * printed) return
  expect([nameOf(row), column, value]).toEqual([nameOf(row), column, printed])
}

function nameOf({ model, accelerator, memory_mode, op_index, npu_op }: GoldenRow): string {
  return [model, accelerator, memory_mode, op_index, npu_op].join(' ')
}
