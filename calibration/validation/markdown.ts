/** The generated part of docs/accuracy.md. */
import type {
  BriefMetrics,
  Comparison,
  FamilyReport,
  Point,
  SplitReport,
  ValidationReport,
} from '../../worker/contract/validation.ts'
import { splitAxes } from '../evidence/splits.ts'
import { claimsMarkdown } from './claims-markdown.ts'
import { count, factor, figure, percent, table } from './markdown-table.ts'

export function accuracyMarkdown(report: ValidationReport): string {
  const { splits, evidence, quarantine } = report
  return [
    `Engine ${report.engineVersion}, catalog ${report.catalogVersion.slice(0, 8)}, inputs ${report.inputsHash.slice(0, 12)}.`,
    `${count(evidence.rows)} rows of ${evidence.presets} networks on ${evidence.devices} devices from ${evidence.sources} sources; ${count(evidence.scored)} are scored (trust 3 and more, newest of their key, not faster than physics).`,
    '### Pooled',
    pooledTable(splits),
    claimsMarkdown(report),
    '### By family, runtime and precision',
    'Families of 30 rows and more; rows of ten and more are in `device-catalog/validation.gen.json`. Baselines and sister bound: MdAPE, new model.',
    familyTable(splits),
    familyTargets(splits),
    '### Language models and energy',
    languageTable(report),
    '### Intervals and verdicts',
    calibrationTable(splits),
    '### Farthest off, new model',
    worstTable(splits.model.worst),
    '### Faster than physics',
    quarantine.length === 0
      ? 'None.'
      : table(
          ['network', 'device', 'runtime', 'precision', 'trust', '>measured', '>floor', 'by', 'row', 'source'],
          quarantine.map((row) => [
            row.presetId,
            row.deviceId,
            row.runtime,
            row.precision,
            String(row.trust),
            `${figure(row.measuredMs)} ms`,
            `${figure(row.floorMs)} ms`,
            `${row.floorFrom}, ${row.arithmetic}`,
            `\`${row.rowId}\``,
            row.sourceId,
          ]),
        ),
    '### Not answered',
    evidence.unanswered.length === 0
      ? 'Every row is answered.'
      : table(
          ['problem', '>rows'],
          evidence.unanswered.map(({ code, rows }) => [`\`${code}\``, count(rows)]),
        ),
  ].join('\n\n')
}

function pooledTable({ model, device, family }: ValidationReport['splits']): string {
  const line = (name: string, split: SplitReport) => {
    const { pooled, order, precisionSign } = split
    const { metrics } = pooled
    const [peak, utilisation, logLinear] = baselineCells(pooled)
    return [
      name,
      count(pooled.rows),
      percent(metrics?.mdApe),
      factor(metrics?.p90Factor),
      percent(metrics?.within10Share),
      percent(metrics?.within20Share),
      metrics?.spearman?.toFixed(3) ?? '',
      percent(order?.rightShare),
      precisionSign === null
        ? ''
        : `${percent(precisionSign.rightShare)}, ${percent(precisionSign.slowerFoundShare ?? undefined)} of slower`,
      percent(metrics?.intervals?.coverage80Share),
      percent(metrics?.intervals?.coverage95Share),
      factor(metrics?.intervals?.halfWidth80Factor),
      peak ?? '',
      utilisation ?? '',
      logLinear ?? '',
      brief(pooled.sisterBound),
    ]
  }
  return table(
    [
      'split',
      '>rows',
      '>MdAPE',
      '>p90',
      '>≤ 10 %',
      '>≤ 20 %',
      '>Spearman',
      '>order',
      '>int8 sign',
      '>80 % covers',
      '>95 % covers',
      '>80 % half-width',
      '>peak TOPS',
      '>one utilisation',
      '>log-linear',
      '>sister bound',
    ],
    [line('new model, known device', model), line('new device', device), line('new silicon family', family)],
  )
}

function familyTable({ model, device, family: newFamily }: ValidationReport['splits']): string {
  const keyOf = ({ family, runtime, precision }: FamilyReport) => `${family}|${runtime}|${precision}`
  const metricsIn = ({ families }: SplitReport) => new Map(families.map((each) => [keyOf(each), each.metrics]))
  const [onDevices, inFamilies] = [metricsIn(device), metricsIn(newFamily)]
  return table(
    [
      'family',
      'runtime',
      'precision',
      '>rows',
      '>models × devices',
      '>MdAPE',
      '>p90',
      '>50 % covers',
      '>80 % covers',
      '>95 % covers',
      '>half-width',
      '>new device: MdAPE',
      '>80 % covers',
      '>new family: MdAPE',
      '>80 % covers',
      '>peak TOPS',
      '>one utilisation',
      '>log-linear',
      '>sister bound',
      'standing',
    ],
    model.families
      .filter(({ standing }) => standing !== 'fewRows')
      .map((family) => {
        const { metrics } = family
        const elsewhere = onDevices.get(keyOf(family))
        const beyond = inFamilies.get(keyOf(family))
        return [
          family.family,
          family.runtime,
          family.precision,
          count(family.rows),
          `${family.models} × ${family.devices}`,
          percent(metrics?.mdApe),
          factor(metrics?.p90Factor),
          percent(metrics?.intervals?.coverage50Share),
          percent(metrics?.intervals?.coverage80Share),
          percent(metrics?.intervals?.coverage95Share),
          factor(metrics?.intervals?.halfWidth80Factor),
          percent(elsewhere?.mdApe),
          percent(elsewhere?.intervals?.coverage80Share),
          percent(beyond?.mdApe),
          percent(beyond?.intervals?.coverage80Share),
          ...baselineCells(family),
          brief(family.sisterBound),
          standings[family.standing],
        ]
      }),
  )
}

/** Of the families in the table: how many are as close as sisters would allow, and how many have intervals that hold. */
function familyTargets({ model, device, family }: ValidationReport['splits']): string {
  const claimed = ({ families }: SplitReport) => families.filter(({ standing }) => standing !== 'fewRows')
  const near = claimed(model).filter(({ metrics, sisterBound }) => {
    if (metrics === null) return false
    const bound = { mdApe: sisterBound?.mdApe ?? 0, p90Factor: sisterBound?.p90Factor ?? 1 }
    return (
      metrics.mdApe <= Math.max(nearMdApe, slack * bound.mdApe) &&
      metrics.p90Factor <= Math.max(nearP90Factor, slack * bound.p90Factor)
    )
  })
  const holding = (split: SplitReport) => {
    const of = (wanted: FamilyReport['standing']) => claimed(split).filter(({ standing }) => standing === wanted).length
    return `${of('evident')} of ${of('evident') + of('offTarget')} that can be judged, ${of('tooFewToJudge')} too few to judge, ${of('noBetter')} no better than a baseline`
  }
  return `Median error within max(12 %, 1.25 × sister bound) and p90 within max(×1.5, 1.25 × sister bound): ${near.length} of ${claimed(model).length} families. Better than every baseline, with intervals that hold: ${holding(model)} (new model); ${holding(device)} (new device); ${holding(family)} (new family).`
}

/** What a family of a known device is measured against. */
const nearMdApe = 0.12
const nearP90Factor = 1.5
const slack = 1.25

const standings: Readonly<Record<FamilyReport['standing'], string>> = {
  evident: 'better than every baseline, intervals hold',
  offTarget: 'better than every baseline, intervals off',
  tooFewToJudge: 'better than every baseline, too few to judge the intervals',
  noBetter: '**no better than a baseline**',
  fewRows: '',
}

function languageTable({ splits }: ValidationReport): string {
  const line = (what: string, split: string, comparison: Comparison) => [
    what,
    split,
    count(comparison.rows),
    count(comparison.unanswered),
    percent(comparison.metrics?.mdApe),
    factor(comparison.metrics?.p90Factor),
    percent(comparison.metrics?.intervals?.coverage80Share),
    ...baselineCells(comparison).slice(0, 3),
  ]
  const lines = splitAxes.flatMap((axis) => [
    ...splits[axis].language.map((each) => line(each.quantity, `new ${axis}`, each)),
    ...splits[axis].energy.map((each) => line(`energy, ${each.origin}`, `new ${axis}`, each)),
  ])
  return table(
    [
      'figure',
      'split',
      '>rows',
      '>not answered',
      '>MdAPE',
      '>p90',
      '>80 % covers',
      '>peak TOPS',
      '>one utilisation',
      '>log-linear',
    ],
    lines,
  )
}

function calibrationTable({ model, device, family }: ValidationReport['splits']): string {
  const verdicts = ([name, { verdicts: found }]: readonly [string, SplitReport]) =>
    found === null
      ? ''
      : `With P ≥ 0.9 stated, ${percent(found.metShare)} of ${count(found.fits)} budgets are met (${name}).`
  const curve = table(
    ['stated', '>observed, new model', '>observed, new device', '>observed, new family'],
    model.calibration.map(({ statedShare, observedShare }, index) => [
      percent(statedShare),
      percent(observedShare),
      percent(device.calibration[index]?.observedShare),
      percent(family.calibration[index]?.observedShare),
    ]),
  )
  const sentences = (
    [
      ['new model', model],
      ['new device', device],
      ['new family', family],
    ] as const
  )
    .map(verdicts)
    .join(' ')
  return `${sentences}\n\n${curve}`
}

function worstTable(points: readonly Point[]): string {
  return table(
    ['network', 'device', 'runtime', 'precision', '>predicted', '>measured', 'figure', 'row', 'source'],
    points.map((point) => [
      point.presetId,
      point.deviceId,
      point.runtime,
      point.precision,
      figure(point.predicted),
      figure(point.measured),
      point.quantity === 'latency' ? 'ms' : 'per s',
      `\`${point.rowId}\``,
      point.sourceId,
    ]),
  )
}

function baselineCells({ baselines }: Comparison): string[] {
  return ['peakTops', 'oneUtilisation', 'logLinear'].map((id) => brief(baselines[id] ?? null))
}

function brief(metrics: BriefMetrics | null): string {
  return metrics === null ? '' : percent(metrics.mdApe)
}
