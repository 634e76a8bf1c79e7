/** The difference of two models as text: totals side by side, then layer by layer, the largest first. */
import type { Amounts, Layer, LayerAspect, LayerChange, ModelDiff } from '../../simulator/graph/diff.ts'
import { en } from '../../simulator/report/text/en.ts'
import { type Column, tableLines } from './table.ts'
import { printable, type Terminal } from './terminal.ts'

/** Beyond this a terminal is no place to read; `--json` has all. */
const maxRows = 40

const amounts = [
  ['params', 'parameters'],
  ['macs', 'MACs'],
  ['weightBytes', 'weight bytes'],
  ['activationBytes', 'activation bytes'],
] as const

const amountColumns: readonly Column[] = amounts.map(([, title]) => ({ title, align: 'right' }))

export function diffLines(diff: ModelDiff, terminal: Terminal): string[] {
  const { before, after, added, removed, changed, unchanged } = diff
  return [
    terminal.style('bold', printable(`${before.name} → ${after.name}`)),
    ...totalLines(diff),
    '',
    `${changed.length} changed, ${added.length} added, ${removed.length} removed, ${unchanged} unchanged`,
    ...section('changed', changed, (change) => change.delta, changedRow, terminal),
    ...section('added', added, (layer) => layer, layerRow, terminal),
    ...section('removed', removed, (layer) => layer, layerRow, terminal),
    ...(isNothing(diff.unread) ? [] : ['', `read by no layer: ${signedCells(diff.unread).join(', ')}`]),
  ]
}

function totalLines({ before, after, delta }: ModelDiff): string[] {
  const rows = amounts.map(([key, title]) => [title, count(before[key]), count(after[key]), signed(delta[key])])
  const peak = [before.peakActivationBytes, after.peakActivationBytes]
  const [was = null, is = null] = peak
  rows.push(['peak activation bytes', count(was), count(is), signed(was === null || is === null ? null : is - was)])
  return tableLines(
    [{ title: '' }, { title: 'old', align: 'right' }, { title: 'new', align: 'right' }, { title: 'Δ', align: 'right' }],
    [['layers', count(before.layers), count(after.layers), signed(after.layers - before.layers)], ...rows],
  )
}

function section<Item>(
  title: string,
  items: readonly Item[],
  amountsOf: (item: Item) => Amounts,
  row: (item: Item) => readonly string[],
  terminal: Terminal,
): string[] {
  if (items.length === 0) return []
  const weight = ({ params, macs, activationBytes }: Amounts) =>
    Math.abs(macs ?? 0) + Math.abs(params) + Math.abs(activationBytes ?? 0)
  const largest = items.toSorted((a, b) => weight(amountsOf(b)) - weight(amountsOf(a))).slice(0, maxRows)
  const hidden = items.length - largest.length
  return [
    '',
    ...tableLines(
      [{ title: terminal.style('bold', title) }, { title: 'operator' }, ...amountColumns, { title: '' }],
      largest.map(row),
    ),
    ...(hidden === 0 ? [] : [`… and ${hidden} smaller; --json shows all`]),
  ]
}

function changedRow({ before, after, aspects, delta }: LayerChange): readonly string[] {
  const what = aspects.flatMap((aspect) => (aspect === 'amounts' ? [] : changedText(aspect, before, after)))
  return [printable(after.name), printable(after.op), ...signedCells(delta), printable(what.join('; '))]
}

/** Of lists only the entries that differ. */
function changedText(aspect: Exclude<LayerAspect, 'amounts'>, before: Layer, after: Layer): string {
  const [was, is] = [before, after].map((layer) => entries(layer[aspect]))
  const only = (these: readonly string[] = [], others: readonly string[] = []) =>
    these.filter((entry) => !others.includes(entry)).join(' ')
  return `${aspect} ${only(was, is)} → ${only(is, was)}`
}

const entries = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? value.split(' ') : value

function layerRow(layer: Layer): readonly string[] {
  const cells = amounts.map(([key]) => count(layer[key]))
  return [printable(layer.name), printable(layer.op), ...cells, printable(layer.outputs.join(' '))]
}

function signedCells(delta: Amounts): string[] {
  return amounts.map(([key]) => signed(delta[key]))
}

function isNothing(delta: Amounts): boolean {
  return amounts.every(([key]) => delta[key] === 0)
}

const count = (value: number | null): string => (value === null ? en.unavailable : `${value}`)

const signed = (value: number | null): string => (value === null || value <= 0 ? count(value) : `+${value}`)
