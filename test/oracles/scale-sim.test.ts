import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type ScaleSimArray, type ScaleSimFigures, scaleSimFigures } from '../../oracles/scale-sim.ts'
import { parseScaleSimTopology } from '../../oracles/scale-sim-topology.ts'
import { type GoldenRow, readGolden, readReference } from '../golden/read-golden.ts'
import { anyArray, anyProduct } from './arbitraries.ts'

/** Percentages are printed in full; only the last bits depend on the order of sums. */
const digits = 10

describe('layers that SCALE-Sim itself has run', () => {
  test.for(readGolden('scale-sim'))('$topology $layer_name on $rows×$columns $dataflow — $source', (row) => {
    const figures = scaleSimFigures(
      { m: Number(row.m), n: Number(row.n), k: Number(row.k) },
      {
        rows: Number(row.rows),
        columns: Number(row.columns),
        dataflow: dataflowOf(row),
        ifmapSramWords: Number(row.ifmap_sram_kib) * 1024,
        filterSramWords: Number(row.filter_sram_kib) * 1024,
        dramWordsPerCycle: row.dram_words_per_cycle === '' ? null : Number(row.dram_words_per_cycle),
      },
    )
    expectFigures(figures, row, {
      total_cycles: figures.totalCycles,
      demand_matrix_lines: figures.computeCycles + 1,
      overall_util_pct: figures.overallUtilPercent,
      mapping_efficiency_pct: figures.mappingEfficiencyPercent,
      compute_util_pct: figures.computeUtilPercent,
      sram_ifmap_reads: figures.ifmapSramReads,
      sram_filter_reads: figures.filterSramReads,
      sram_ofmap_writes: figures.ofmapSramWrites,
    })
  })
})

/** The wheel of version 2.0 counts writes of input-stationary layers in another way; all else is as in version 3. */
const reference = readReference('scalesim_cycles')

describe.skipIf(reference.length === 0)('every run at hand (skipped where the table is absent)', () => {
  test('compute cycles, utilisation and SRAM words have no mismatch', () => {
    for (const row of reference) {
      const figures = scaleSimFigures(productOf(row), arrayOf(row))
      const isVersion2 = row.sim_version !== 'v3' && row.dataflow === 'is'
      expectFigures(figures, row, {
        demand_matrix_lines: figures.computeCycles + 1,
        mapping_efficiency_pct: figures.mappingEfficiencyPercent,
        compute_util_pct: figures.computeUtilPercent,
        sram_ifmap_reads: figures.ifmapSramReads,
        sram_filter_reads: figures.filterSramReads,
        ...(isVersion2 ? {} : { sram_ofmap_writes: figures.ofmapSramWrites }),
        ...(row.mode === 'CALC'
          ? { total_cycles_reported: figures.totalCycles, overall_util_pct: figures.overallUtilPercent }
          : {}),
      })
    }
  })

  test('with a bandwidth, layers that fit their buffers have the stalls of the peer but for writes, the others nearly', () => {
    const user = reference.filter(({ mode }) => mode === 'USER')
    const errors = user.map((row) => {
      const { totalCycles } = scaleSimFigures(productOf(row), arrayOf(row))
      return Math.abs(totalCycles / Number(row.total_cycles_reported) - 1)
    })
    const exact = user.filter((row, index) => fits(row) && errors[index] === 0)
    expect(exact.length).toBeGreaterThanOrEqual(user.filter(fits).length - 2)
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.075)
    expect(errors.filter((error) => error <= 0.1).length / errors.length).toBeGreaterThan(0.84)
  })
})

const lookup = readReference('scalesim_llmcompass_lookup')

test.skipIf(lookup.length === 0)('every row that LLMCompass ships (skipped where the table is absent)', () => {
  for (const row of lookup) {
    const { totalCycles, overallUtilPercent } = scaleSimFigures(productOf(row), arrayOf(row))
    expect(totalCycles).toBe(Number(row.total_cycles_reported))
    // Printed with three decimals.
    expect(Math.abs((overallUtilPercent ?? Number.NaN) - Number(row.overall_util_pct))).toBeLessThan(0.0005001)
  }
})

describe('any layer on any array', () => {
  propertyTest.prop([anyProduct, anyArray])(
    'is no faster than one multiply-accumulate per element and cycle',
    (product, array) => {
      const { computeCycles, overallUtilPercent, mappingEfficiencyPercent } = scaleSimFigures(product, array)
      const { m, n, k } = product
      expect(computeCycles + 1).toBeGreaterThanOrEqual((m * n * k) / (array.rows * array.columns))
      expect(mappingEfficiencyPercent).toBeGreaterThan(0)
      expect(mappingEfficiencyPercent).toBeLessThanOrEqual(100)
      if (overallUtilPercent !== null && computeCycles > 100) expect(overallUtilPercent).toBeLessThanOrEqual(101)
    },
  )

  propertyTest.prop([anyProduct, anyArray])('moves every operand at least once', (product, array) => {
    const { ifmapSramReads, filterSramReads, ofmapSramWrites } = scaleSimFigures(product, array)
    expect(ifmapSramReads).toBeGreaterThanOrEqual(product.m * product.k)
    expect(filterSramReads).toBeGreaterThanOrEqual(product.k * product.n)
    expect(ofmapSramWrites).toBeGreaterThanOrEqual(product.m * product.n)
  })

  propertyTest.prop([anyProduct, anyArray, fc.integer({ min: 1, max: 64 })])(
    'stalls no longer with more bandwidth, and not at all with as much as it asks for',
    (product, array, bandwidth) => {
      const slow = scaleSimFigures(product, { ...array, dramWordsPerCycle: bandwidth })
      const fast = scaleSimFigures(product, { ...array, dramWordsPerCycle: 2 * bandwidth })
      expect(fast.stallCycles).toBeLessThanOrEqual(slow.stallCycles)
      expect(scaleSimFigures(product, { ...array, dramWordsPerCycle: null }).stallCycles).toBe(0)
      expect(slow.totalCycles).toBe(slow.computeCycles + slow.stallCycles)
    },
  )

  propertyTest.prop([anyProduct, anyArray])('takes the cycles of its folds: F·P', (product, array) => {
    const { computeCycles } = scaleSimFigures(product, array)
    const pieces = (size: number, edge: number) => Math.ceil(size / edge)
    const { m, n, k } = product
    const { rows, columns, dataflow } = array
    const folds = {
      os: pieces(m, rows) * pieces(n, columns) * (k + rows + columns - 2),
      ws: pieces(k, rows) * pieces(n, columns) * (m + 2 * rows + columns - 2),
      is: pieces(k, rows) * pieces(m, columns) * (n + 2 * rows + columns - 2),
    }
    expect(computeCycles + 1).toBe(folds[dataflow])
  })
})

test('a single cycle has no overall utilisation: the peer divides by the cycles before the last', () => {
  const array = { rows: 1, columns: 1, ifmapSramWords: 1024, filterSramWords: 1024, dramWordsPerCycle: null }
  const { totalCycles, overallUtilPercent } = scaleSimFigures({ m: 1, n: 1, k: 1 }, { ...array, dataflow: 'os' })
  expect({ totalCycles, overallUtilPercent }).toEqual({ totalCycles: 0, overallUtilPercent: null })
})

function expectFigures(figures: ScaleSimFigures, row: GoldenRow, columns: Record<string, number | null>): void {
  for (const [column, value] of Object.entries(columns)) {
    const printed = row[column] ?? ''
    if (printed === '') continue
    const isWhole = !column.endsWith('pct')
    const [ours, theirs] = isWhole
      ? [value, Number(printed)]
      : [value?.toPrecision(digits), Number(printed).toPrecision(digits)]
    expect([column, ours, figures.computeCycles]).toEqual([column, theirs, figures.computeCycles])
  }
}

function productOf(row: GoldenRow) {
  return { m: Number(row.gemm_M), n: Number(row.gemm_N), k: Number(row.gemm_K) }
}

function arrayOf(row: GoldenRow): ScaleSimArray {
  return {
    rows: Number(row.array_rows),
    columns: Number(row.array_cols),
    dataflow: dataflowOf(row),
    ifmapSramWords: Number(row.ifmap_sram_kB ?? 0) * 1024,
    filterSramWords: Number(row.filter_sram_kB ?? 0) * 1024,
    dramWordsPerCycle: row.mode === 'USER' ? Number(row.user_dram_bw_words_per_cycle) : null,
  }
}

function fits(row: GoldenRow): boolean {
  const { m, n, k } = productOf(row)
  const { ifmapSramWords, filterSramWords } = arrayOf(row)
  return m * k <= ifmapSramWords / 2 && k * n <= filterSramWords / 2
}

function dataflowOf({ dataflow }: GoldenRow): ScaleSimArray['dataflow'] {
  if (dataflow === 'os' || dataflow === 'ws' || dataflow === 'is') return dataflow
  throw new Error(`no dataflow: ${dataflow}`)
}

test('the whole of ResNet-50 on 256×256 has the cycles that SCALE-Sim prints', () => {
  const array: ScaleSimArray = {
    rows: 256,
    columns: 256,
    dataflow: 'ws',
    ifmapSramWords: 6144 * 1024,
    filterSramWords: 6144 * 1024,
    dramWordsPerCycle: null,
  }
  const rows = readGolden('scale-sim-resnet50')
  const text = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))].map((cells) => cells.slice(0, 8))
  const layers = parseScaleSimTopology(text.map((cells) => `${cells.join(',')},\n`).join(''))
  expect(layers.map(({ product }) => scaleSimFigures(product, array).totalCycles)).toEqual(
    rows.map(({ total_cycles }) => Number(total_cycles)),
  )
})
