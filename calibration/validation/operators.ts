/**
 * The laws of GPU operators against measured ones that they did not see (docs/accuracy.md, Operators).
 *
 * Protocol: one row left out at a time where one card was measured; the whole card left out where there are several, then
 * one scale from ten of its rows: the clock that it sustains for products, its reached bandwidth for the rest. The ten rows
 * are drawn by seed and are in no figure.
 */

import { groupBy } from '../../simulator/group-by.ts'
import { makeRandom } from '../../simulator/random.ts'
import type { MeasuredOperators, MeasuredProduct, MeasuredStream, OperatorDevice } from '../evidence/operator-rows.ts'
import { fitProducts, fitStreams, networkLawS, productBytes, streamBytes } from './operator-fit.ts'

export interface OperatorScore {
  readonly operator: string
  readonly device: string
  readonly rows: number
  /** Mean of |predicted − measured| / measured. */
  readonly mape: number
  readonly within10Share: number
}

export interface UnseenCardScore {
  readonly operator: string
  readonly device: string
  readonly rows: number
  /** From its data sheet alone. */
  readonly mape: number
  /** With one scale from ten rows: mean over the draws, and the worst of them. */
  readonly scaledMape: number
  readonly worstScaledMape: number
  /** The same, with every card whose library has the same kernels left out too; `null` = not asked. */
  readonly kernelsUnseenMape: number | null
  /** GPU-1, by which networks are timed, at its defaults and with one scale from the same rows; `null` = no product. */
  readonly networkLaw: { readonly mape: number; readonly scaledMape: number } | null
  /** A roofline, max(MACs/peak, bytes/bandwidth), with one scale from the same rows. */
  readonly rooflineMape: number
  /** Between the same product with fewer and with more repeats on the same card: what is noise. `null` = no neighbours. */
  readonly neighbourMape: number | null
}

/** Both kinds of product of a card under one scale. */
export const allProducts = 'linear + bmm'

const scaleRows = 10
/** Rows of one operator on one card that a fit sees: more of the same do not tell it more. */
const fitRows = 100
const sampleSeed = 1

export interface Effort {
  readonly draws: number
  readonly unseenKernels: boolean
}

export const fullEffort: Effort = { draws: 20, unseenKernels: true }

/** Each row from a fit to the other rows of its operator. */
export function leaveOneOut({ products, streams }: MeasuredOperators): OperatorScore[] {
  return [
    ...scores(products, (others) => {
      const law = fitProducts(others)
      return (row) => law(row, 1)
    }),
    ...scores(streams, fitStreams),
  ]
}

export interface LayerRow {
  readonly operator: string
  /** As `m × n × k, repeat` or `rows × width`. */
  readonly shape: string
  readonly measuredS: number
  readonly predictedS: number
}

/** Operators of a whole layer from fits to single ones on the same card. */
export function layerFromSingle(layer: MeasuredOperators, { products, streams }: MeasuredOperators): LayerRow[] {
  const law = fitProducts(products)
  return [
    ...layer.products.map((row) => ({
      operator: row.operator,
      shape: `${row.m} × ${row.n} × ${row.k}${row.repeat === 1 ? '' : `, ${row.repeat} times`}`,
      measuredS: row.measuredS,
      predictedS: law(row, 1),
    })),
    ...layer.streams.map((row) => ({
      operator: row.operator,
      shape: `${row.rows} × ${row.width}`,
      measuredS: row.measuredS,
      predictedS: fitStreams(streams.filter(({ operator }) => operator === row.operator))(row),
    })),
  ]
}

function scores<Row extends MeasuredProduct | MeasuredStream>(
  rows: readonly Row[],
  lawOf: (rows: readonly Row[]) => (row: Row) => number,
): OperatorScore[] {
  return grouped(rows).map((group) => {
    const ratios = group.map((row) => lawOf(group.filter((other) => other !== row))(row) / row.measuredS)
    const [first] = group
    return {
      operator: first?.operator ?? '',
      device: first?.device.name ?? '',
      rows: group.length,
      mape: mean(ratios.map(errorOf)),
      within10Share: mean(ratios.map((ratio) => (errorOf(ratio) <= 0.1 ? 1 : 0))),
    }
  })
}

/** Each card from fits to the others. */
export function leaveCardOut(operators: MeasuredOperators, effort: Effort = fullEffort): UnseenCardScore[] {
  const cards = [...new Set([...operators.products, ...operators.streams].map(({ device }) => device))]
  return [
    ...cards.flatMap((card) => productScores(operators.products, card, effort)),
    ...cards.flatMap((card) => streamScores(operators.streams, card, effort)),
  ]
}

function productScores(rows: readonly MeasuredProduct[], card: OperatorDevice, effort: Effort): UnseenCardScore[] {
  const fitWithout = (isOut: (device: OperatorDevice) => boolean) =>
    fitProducts(sampled(rows.filter(({ device }) => !isOut(device))))
  const law = fitWithout((device) => device === card)
  const unseen = effort.unseenKernels
    ? fitWithout(({ libraryKernels }) => libraryKernels === card.libraryKernels)
    : null
  const ofCard = rows.filter(({ device }) => device === card)
  const scoreOf = (operator: string, group: readonly MeasuredProduct[]): UnseenCardScore => {
    const scaled = scaledErrors(group, effort.draws, law)
    return {
      operator,
      device: card.name,
      rows: group.length,
      mape: mean(group.map((row) => errorOf(law(row, 1) / row.measuredS))),
      scaledMape: mean(scaled),
      worstScaledMape: Math.max(...scaled),
      kernelsUnseenMape: unseen && mean(scaledErrors(group, effort.draws, unseen)),
      networkLaw: {
        mape: mean(group.map((row) => errorOf(networkLawS(row, 1) / row.measuredS))),
        scaledMape: mean(scaledErrors(group, effort.draws, networkLawS)),
      },
      rooflineMape: mean(scaledErrors(group, effort.draws, (row, share) => rooflineS(row) / share)),
      neighbourMape: neighbourError(group),
    }
  }
  if (ofCard.length === 0) return []
  return [scoreOf(allProducts, ofCard), ...grouped(ofCard).map((group) => scoreOf(group[0]?.operator ?? '', group))]
}

const leastNeighbours = 100

/** How far a measured row is from the line, in logarithms, between the rows before and after it in repeats. */
function neighbourError(rows: readonly MeasuredProduct[]): number | null {
  const bySize = new Map<string, MeasuredProduct[]>()
  for (const row of rows) {
    const key = `${row.m}|${row.n}|${row.k}`
    const alike = bySize.get(key)
    if (alike === undefined) bySize.set(key, [row])
    else alike.push(row)
  }
  const errors = [...bySize.values()].flatMap((alike) => {
    const sorted = [...alike].sort((a, b) => a.repeat - b.repeat)
    return sorted.slice(1, -1).map((row, index) => {
      const [before = row, after = row] = [sorted[index], sorted[index + 2]]
      const at = Math.log(row.repeat / before.repeat) / Math.log(after.repeat / before.repeat)
      return errorOf((before.measuredS * (after.measuredS / before.measuredS) ** at) / row.measuredS)
    })
  })
  return errors.length < leastNeighbours ? null : mean(errors)
}

function streamScores(rows: readonly MeasuredStream[], card: OperatorDevice, { draws }: Effort): UnseenCardScore[] {
  return grouped(rows.filter(({ device }) => device === card)).map((group) => {
    const { operator } = about(group)
    const time = fitStreams(sampled(rows.filter((row) => row.device !== card && row.operator === operator)))
    const law = (row: MeasuredStream, share: number) => time(row) / share
    const scaled = scaledErrors(group, draws, law)
    const roofline = (row: MeasuredStream, share: number) =>
      streamBytes(row) / (row.device.silicon.dramBytesPerS * share)
    return {
      ...about(group),
      mape: mean(group.map((row) => errorOf(law(row, 1) / row.measuredS))),
      scaledMape: mean(scaled),
      worstScaledMape: Math.max(...scaled),
      kernelsUnseenMape: null,
      networkLaw: null,
      rooflineMape: mean(scaledErrors(group, draws, roofline)),
      neighbourMape: null,
    }
  })
}

function about(group: readonly (MeasuredProduct | MeasuredStream)[]) {
  const [first] = group
  return { operator: first?.operator ?? '', device: first?.device.name ?? '', rows: group.length }
}

function rooflineS(row: MeasuredProduct): number {
  const { m, n, k, repeat, device } = row
  const { peakMacsPerS, dramBytesPerS } = device.silicon
  return Math.max((repeat * m * n * k) / peakMacsPerS, productBytes(row) / dramBytesPerS)
}

/** MAPE on the other rows after the scale that suits ten best, draw by draw. */
function scaledErrors<Row extends { readonly measuredS: number }>(
  rows: readonly Row[],
  draws: number,
  law: (row: Row, share: number) => number,
): number[] {
  return Array.from({ length: draws }, (_, draw) => {
    const order = shuffled(rows, draw + 1)
    const share = bestShare(order.slice(0, scaleRows), law)
    return mean(order.slice(scaleRows).map((row) => errorOf(law(row, share) / row.measuredS)))
  })
}

const leastShare = 0.1
const mostShare = 4
const shareSteps = 150

/** By a grid, fine enough that the next step moves a time by 2.5 %. */
function bestShare<Row extends { readonly measuredS: number }>(
  rows: readonly Row[],
  law: (row: Row, share: number) => number,
): number {
  let best = { share: 1, error: Number.POSITIVE_INFINITY }
  for (let step = 0; step <= shareSteps; step++) {
    const share = leastShare * (mostShare / leastShare) ** (step / shareSteps)
    const error = mean(rows.map((row) => errorOf(law(row, share) / row.measuredS)))
    if (error < best.error) best = { share, error }
  }
  return best.share
}

/** Up to `fitRows` of each operator on each card, by seed. */
function sampled<Row extends MeasuredProduct | MeasuredStream>(rows: readonly Row[]): Row[] {
  return grouped(rows).flatMap((group) => shuffled(group, sampleSeed).slice(0, fitRows))
}

function grouped<Row extends MeasuredProduct | MeasuredStream>(rows: readonly Row[]): (readonly Row[])[] {
  return [...groupBy(rows, ({ operator, device }) => `${operator}|${device.id}`).values()]
}

/** Fisher–Yates. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = makeRandom(seed)
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1))
    const [a, b] = [order[last], order[other]]
    if (a === undefined || b === undefined) continue
    order[last] = b
    order[other] = a
  }
  return order
}

function errorOf(ratio: number): number {
  return Math.abs(ratio - 1)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
