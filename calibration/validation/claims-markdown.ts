/** The sections of docs/accuracy.md about evidence labels, the replay of the product's own evidence, and the fit. */

import type { LevelReport, ReplayReport, ValidationReport } from '../../worker/contract/validation.ts'
import { count, factor, figure, percent, table } from './markdown-table.ts'

export function claimsMarkdown({ byLevel, replay, fit }: Pick<ValidationReport, 'byLevel' | 'replay' | 'fit'>): string {
  return [
    '### By evidence label',
    levelTable(byLevel),
    '### Its own evidence',
    `The scored rows through the calibration that ships and has seen them: ${percent(replay.inside95Share)} of ${count(replay.figures)} figures lie inside their own 95 % interval. ${count(replay.targets)} targets (device × unit × runtime × family of numbers) have eight figures and more; ${count(replay.below.length)} of them have less than 93 % inside:`,
    belowTable(replay),
    `${count(replay.outliers.length)} figures are further out than twice the half-width of their 95 % interval:`,
    outlierTable(replay),
    '### What the fit can bend',
    `${count(fit.parameters)} factors and effects of networks on ${count(fit.rows)} rows; their priors leave ${count(Math.round(fit.degreesOfFreedom))} effective degrees of freedom (CAL-6). Levels are those of [CAL-1 and CAL-3](method/calibration.md), general first.`,
    table(
      ['level', '>scopes', '>factors', '>degrees of freedom'],
      fit.levels.map(({ kind, level, scopes, parameters, degreesOfFreedom }) => [
        `${kind} ${level + 1}`,
        count(scopes),
        count(parameters),
        count(Math.round(degreesOfFreedom)),
      ]),
    ),
  ].join('\n\n')
}

const held: Readonly<Record<LevelReport['level'], string>> = {
  measured: 'one network on one target',
  validated: 'the network',
  transferred: 'the device',
  extrapolated: 'the silicon family of the unit',
}

function levelTable(levels: readonly LevelReport[]): string {
  return table(
    ['level', 'held out', '>rows', '>MdAPE', '>80 % covers', '>95 % covers', '>80 % half-width'],
    levels.map((each) => [
      each.level,
      held[each.level],
      count(each.rows),
      percent(each.mdApe),
      percent(each.coverage80Share),
      percent(each.coverage95Share),
      factor(each.halfWidth80Factor),
    ]),
  )
}

function belowTable({ below }: ReplayReport): string {
  return table(
    ['device', 'unit', 'runtime', 'numbers', '>figures', '>inside 95 %', 'reason'],
    below.map(({ deviceId, unit, runtime, numbers, figures, inside95Share, reason }) => [
      ...[deviceId, unit, runtime, numbers],
      ...[count(figures), percent(inside95Share), reason],
    ]),
  )
}

function outlierTable({ outliers }: ReplayReport): string {
  return table(
    ['network', 'device', 'runtime', 'numbers', 'figure', '>predicted', '>measured', '>half-widths', 'reason', 'row'],
    outliers.map((each) => [
      ...[each.presetId, each.deviceId, each.runtime, each.numbers, each.quantity],
      ...[figure(each.predicted), figure(each.measured), each.halfWidths.toFixed(1), each.reason, `\`${each.rowId}\``],
    ]),
  )
}
