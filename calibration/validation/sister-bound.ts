/**
 * The sister bound: how well a cell could be told by someone who knows the results of every sister: the same model on
 * other devices, other models on the same device.
 *
 *     ln t(m, d) = α_m + β_d          one cell left out: residual e / (1 − h), h its leverage
 *
 * Fitted within a kind of unit × runtime × precision. Rows whose model or device occurs nowhere else have no bound.
 */

import { figureOfSeconds, itemsPerBatch, secondsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import { groupBy } from '../../simulator/group-by.ts'
import type { AskedRow, MeasuredRow } from '../evidence/cases.ts'
import { cholesky, forward, solve } from './least-squares.ts'

/** Keeps the sum of all α apart from the sum of all β. */
const ridge = 1e-6
/** Beyond this nothing but the row itself says what it is. */
const highestLeverage = 0.999

/** What the additive model says of each row without that row, in the unit of its quantity, by id. */
export function sisterBound(rows: readonly MeasuredRow[]): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>()
  for (const block of groupBy(rows, blockKey).values()) {
    const copies = groupBy(block, copyKey)
    const originals = [...copies.values()].flatMap(([first]) => first ?? [])
    leaveOneOut(originals).forEach((bound, index) => {
      const original = originals[index]
      if (bound === null || original === undefined) return
      for (const { asked } of copies.get(copyKey(original)) ?? []) bounds.set(asked.id, bound)
    })
  }
  return bounds
}

function leaveOneOut(rows: readonly MeasuredRow[]): (number | null)[] {
  const models = indexOf(rows.map(modelKey))
  const devices = indexOf(rows.map(deviceKey))
  const size = models.size + devices.size
  const effectsOf = (row: MeasuredRow): readonly [number, number] => [
    models.get(modelKey(row)) ?? 0,
    models.size + (devices.get(deviceKey(row)) ?? 0),
  ]
  const normal = () => {
    const matrix = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(ridge, i, i + 1))
    for (const row of rows) {
      const effects = effectsOf(row)
      for (const i of effects) for (const j of effects) add(matrix[i], j, 1)
    }
    return matrix
  }
  const logs = rows.map(({ asked, value }) =>
    Math.log(secondsPerBatch(asked.quantity, value, asked.question) / itemsPerBatch(asked.question)),
  )
  const right = new Float64Array(size)
  rows.forEach((row, index) => {
    for (const i of effectsOf(row)) right[i] = (right[i] ?? 0) + (logs[index] ?? 0)
  })
  const effects = solve(normal(), right)
  const lower = cholesky(normal())
  return rows.map((row, index) => {
    const [m, d] = effectsOf(row)
    const unit = new Float64Array(size)
    unit[m] = 1
    unit[d] = 1
    const leverage = forward(lower, unit).reduce((sum, x) => sum + x * x, 0)
    if (leverage > highestLeverage) return null
    const log = logs[index] ?? 0
    const residual = (log - (effects[m] ?? 0) - (effects[d] ?? 0)) / (1 - leverage)
    const { quantity, question } = row.asked
    return figureOfSeconds(quantity, Math.exp(log - residual) * itemsPerBatch(question), question)
  })
}

function add(line: Float64Array | undefined, index: number, value: number): void {
  if (line !== undefined) line[index] = (line[index] ?? 0) + value
}

function blockKey({ asked }: MeasuredRow): string {
  const { kind, runtime, precision } = asked.cell
  return [kind, runtime, precision, asked.quantity].join('|')
}

function modelKey({ asked, row }: MeasuredRow): string {
  return `${asked.presetId}|${row.inputShape}|${row.pair.contextTokens}`
}

function deviceKey(row: MeasuredRow): string {
  return `${row.asked.deviceId}|${settings(row.asked)}`
}

function settings({ question }: AskedRow): string {
  const { threads, powerMode } = question.request
  return [threads, powerMode, itemsPerBatch(question), question.kind.inFlight].join('|')
}

/** What was measured once and printed for two devices is one row. */
function copyKey(row: MeasuredRow): string {
  return [modelKey(row), row.asked.deviceGroup, settings(row.asked), row.value].join('|')
}

function indexOf(keys: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(keys)].map((key, index) => [key, index]))
}
