/** What a change did and why, in words: English, for terminals and tab alike. */

import type { Delta, Outcome, Pair } from '../decide/what-if/outcome.ts'
import type { Hindrance, HindranceCode, Note, NoteCode } from '../decide/what-if/scenario.ts'
import type { Trial } from '../decide/what-if/trial.ts'
import { formatNumber, formatQuantity } from './figures.ts'

const hindrances: Readonly<Record<HindranceCode, string>> = {
  'already-so': 'it is like that already',
  'not-on-target': 'the target does not have it',
  'needs-graph': 'only a summary of the model is here; open the file or a preset',
  'needs-preset': 'only a preset can be rebuilt so; prune the graph instead',
  'not-parametric': 'the family is not built with this multiplier; prune the graph instead',
  'fixed-shape': 'the shapes of the file are fixed',
  'none-found': 'the model has nothing that this could change',
  'dense-silicon': 'the silicon multiplies a zero like any other number, so zeros save nothing here',
  'dense-runtime': 'the silicon could skip zeros, this runtime does not',
  'dense-layers': 'the kernels that skip zeros do not apply',
}

export function hindranceText({ code, detail }: Hindrance): string {
  return `${hindrances[code]}${detail === null ? '' : ` (${detail})`}`
}

const notes: Readonly<Record<NoteCode, (count: number, of: number) => string>> = {
  'channels-left': (count, of) => `${count} of ${of} channels left`,
  'layers-fixed': (count) => `layers that could not be pruned: ${count}`,
  'activations-replaced': (count) => `${count} activations become ReLU6: train again`,
  'transposes-dropped': (count) => `${count} transposes go`,
  'transposes-kept': (count) => `${count} compute something and stay`,
  'channels-padded': (count) => `${count} layers padded: the hardware computes these sizes anyway, so use them`,
  'layers-skipping-zeros': (count, of) => `${count} of ${of} products skip zeros`,
  'layers-dense': (count) => `${count} products stay dense`,
  'input-pixels': (count) => `${count} pixels a side`,
}

export function noteText({ code, count, of }: Note): string {
  return notes[code](count, of ?? count)
}

/** `−34 % [−38, −29]`; digits end where the band begins. */
export function deltaText({ share, pi80 }: Delta): string {
  return `${percent(share)} % [${percent(pi80[0])}, ${percent(pi80[1])}]`
}

function percent(share: number): string {
  const value = share * 100
  const rounded = Math.abs(value) < 10 ? Number(value.toFixed(1)) : Math.round(value)
  return rounded < 0 ? `−${-rounded}` : `+${rounded}`
}

/** Why the latency moved: the terms that moved most, then what they follow from. */
export function reasonText({ terms, work, before, target }: Outcome): string {
  const moves = Object.entries(terms)
    .map(([bound, [before, after]]) => ({ bound, before, after, change: Math.abs(after - before) }))
    .sort((a, b) => b.change - a.change)
  const largest = moves[0]?.change ?? 0
  const told = moves
    .filter(({ change }) => change > 0 && change >= largest / 3)
    .map(({ bound, before, after }) => `${bound} ${pairText([before, after], (ms) => formatQuantity(ms, 'ms'))}`)
  const facts: readonly (readonly [string, Pair, (value: number) => string])[] = [
    ['MACs', work.macs, (value) => formatQuantity(value, 'macs')],
    ['traffic', work.trafficBytes, (value) => formatQuantity(value, 'bytes')],
    ['weights', work.weightBytes, (value) => formatQuantity(value, 'bytes')],
    ['kernels', work.kernels, (value) => formatNumber(value)],
    ['peak', work.peakMacsPerS, (value) => `${formatNumber(value / 1e9)} GMAC/s`],
  ]
  const moved = facts.filter(([, [before, after]]) => Math.abs(after - before) > before * 0.005)
  const because = moved.map(([name, pair, format]) => `${name} ${pairText(pair, format)}`)
  const isElsewhere = before.deviceId !== target.deviceId || before.unitId !== target.unitId
  const elsewhere = isElsewhere
    ? [`on ${target.deviceId}: ${target.unitId}, ${target.runtimeId}, ${target.precision}`]
    : before.precision === target.precision
      ? []
      : [`${before.precision} → ${target.precision}`]
  const all = [...elsewhere, ...told, ...because]
  return all.length === 0 ? 'the same law with the same constants answers for both' : all.join('; ')
}

function pairText([before, after]: Pair, format: (value: number) => string): string {
  return `${format(before)} → ${format(after)}`
}

/** One line for a trial: what it did, or why nothing. */
export function trialText({ hindrance, outcome, notes: found }: Trial): string {
  if (hindrance !== null) return hindranceText(hindrance)
  const reason = outcome === null ? '' : reasonText(outcome)
  return [...found.map(noteText), reason].filter((text) => text !== '').join('; ')
}
