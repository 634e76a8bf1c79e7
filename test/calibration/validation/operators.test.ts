import { describe, expect, test } from 'vitest'
import { loadOperators } from '../../../calibration/evidence/load-operators.ts'
import type { MeasuredOperators } from '../../../calibration/evidence/operator-rows.ts'
import { allProducts, layerFromSingle, leaveCardOut, leaveOneOut } from '../../../calibration/validation/operators.ts'

const { origins } = loadOperators()

function tableOf(origin: string): MeasuredOperators {
  const table = origins.get(origin)
  if (table === undefined) throw new Error(`no table ${origin}`)
  return table
}

const products: MeasuredOperators = { products: tableOf('neusight').products, streams: [] }

describe('the laws of GPU operators', () => {
  test('are within 10 % of each kind on a known card, the row left out', () => {
    const scores = leaveOneOut(tableOf('llmcompass'))
    expect(scores.map(({ operator }) => operator)).toEqual(['matmul', 'softmax', 'layernorm', 'gelu'])
    for (const { operator, mape } of scores) expect(mape, operator).toBeLessThan(0.1)
  })

  test('give a whole layer of another program within 5 %, from single operators', () => {
    const layer = layerFromSingle(tableOf('llmcompass-layer'), tableOf('llmcompass'))
    const sum = (figure: 'measuredS' | 'predictedS') => layer.reduce((total, row) => total + row[figure], 0)
    expect(layer).toHaveLength(14)
    expect(Math.abs(sum('predictedS') / sum('measuredS') - 1)).toBeLessThan(0.05)
  })

  test('are within 20 % of the products of each card left out, after one scale from ten rows', () => {
    const scores = leaveCardOut(products, { draws: 5, unseenKernels: false })
    const ofCards = scores.filter(({ operator }) => operator === allProducts)
    expect(ofCards).toHaveLength(6)
    for (const { device, scaledMape } of ofCards) expect(scaledMape, device).toBeLessThan(0.2)
    for (const operator of ['linear', 'bmm']) {
      const own = scores.filter((score) => score.operator === operator)
      const rows = own.reduce((sum, score) => sum + score.rows, 0)
      expect(own.reduce((sum, score) => sum + score.rows * score.scaledMape, 0) / rows, operator).toBeLessThan(0.13)
      const beaten = own.filter(({ scaledMape, rooflineMape }) => scaledMape < rooflineMape)
      expect(beaten.length, operator).toBeGreaterThanOrEqual(5)
    }
  }, 20_000)

  test('are within 12 % of products on matrix units of each card left out, from the data sheet alone', () => {
    const scores = leaveCardOut(tableOf('vidur'), { draws: 1, unseenKernels: false })
    expect(scores.map(({ device }) => device)).toContain('A40')
    for (const { device, mape } of scores) expect(mape, device).toBeLessThan(0.12)
  }, 20_000)

  test('do not see the card that they are asked about', () => {
    const [held] = products.products
    const planted = products.products.map((row) =>
      row.device === held?.device ? { ...row, measuredS: row.measuredS * 1e3 } : row,
    )
    const scores = leaveCardOut({ products: planted, streams: [] }, { draws: 1, unseenKernels: false })
    const ofHeld = scores.filter(({ device }) => device === held?.device.name)
    expect(ofHeld.length).toBeGreaterThan(0)
    for (const { mape } of ofHeld) expect(mape).toBeGreaterThan(0.99)
  }, 20_000)
})
