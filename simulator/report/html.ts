/** A report as one standalone HTML file: no script, no request, opens from disk, follows the reader's light or dark theme. */
import type { Metric } from '../predict/prediction.ts'
import { evidenceNotes, evidenceText, publishedText } from './evidence.ts'
import {
  type DisplayUnit,
  formatMetric,
  formatProbability,
  formatQuantity,
  formatRange,
  isExact,
  limitsOf,
  limitUnits,
} from './figures.ts'
import type { Report, ReportRow } from './format.ts'
import { intervalStripSvg, type StripAxis, stripAxis } from './interval-strip.ts'
import { omissionNotes } from './omission.ts'
import { stylesheet } from './stylesheet.ts'
import type { Messages } from './text/en.ts'

/** `reportId`: the address of the report, shown so that a reader can check the copy. */
export function reportHtml(report: Report, reportId: string, messages: Messages): string {
  // A limit on throughput has no place on the latency axis: with several in flight one is not the inverse of the other.
  const limitMs = report.budget.maxLatencyMs ?? null
  const axis = stripAxis(
    report.rows.map(({ prediction }) => prediction.latencyMs),
    limitMs,
  )
  const limits = limitsOf(report.budget).map(
    ({ limit, value }) => `<li>${messages.limits[limit]} <b>${formatQuantity(value, limitUnits[limit])}</b></li>`,
  )
  return `<!doctype html>
<html lang="${messages.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${htmlText(report.title)}</title>
<style>${stylesheet}</style>
</head>
<body>
<header>
<h1>${htmlText(report.title)}</h1>
<p>${htmlText(report.model.name)}</p>
<ul class="budget">${limits.join('')}</ul>
</header>
<main>
<table>
<thead><tr>${columnTitles.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>
${report.rows.map((row) => rowHtml(row, axis, limitMs, messages)).join('\n')}
</tbody>
</table>
<ul class="notes">${[...omissionNotes(report, messages), ...evidenceNotes(report, messages)]
    .map((note) => `<li>${htmlText(note)}</li>`)
    .join('')}</ul>
${edgeRunHtml(report)}
</main>
<footer>
<p>Computed by edgefit ${htmlText(report.createdWith.engineVersion)}, catalog ${htmlText(report.createdWith.catalogVersion)}.</p>
<p>Model <code>${htmlText(report.model.id)}</code><br>Report <code>${htmlText(reportId)}</code></p>
</footer>
</body>
</html>
`
}

const columnTitles = ['Verdict', 'Device', 'Latency', 'Throughput', 'Memory', 'Energy', 'Power', 'Bound', 'Rests on']

function rowHtml(
  { deviceName, prediction, fit }: ReportRow,
  axis: StripAxis | null,
  limitMs: number | null,
  messages: Messages,
): string {
  const { latencyMs } = prediction
  const label = htmlText(`${deviceName}: ${formatMetric(latencyMs, 'ms')}`)
  const hasStrip = latencyMs.availability === 'available' && axis !== null
  const verdict = messages.verdicts[fit.verdict]
  const bound = messages.bounds[prediction.bound]
  const probability = fit.pMeets === null ? '' : `<small>P ${htmlText(formatProbability(fit.pMeets))}</small>`
  const cells = [
    `<span class="verdict ${fit.verdict}" title="${htmlText(verdict.sentence)}">${htmlText(verdict.label)}</span>${probability}`,
    `${htmlText(deviceName)}<small>${htmlText(targetText(prediction))}</small>`,
    `${hasStrip ? intervalStripSvg(latencyMs, axis, limitMs, label) : ''}${metricHtml(latencyMs, 'ms', messages)}`,
    metricHtml(prediction.throughputPerS, 'perS', messages),
    metricHtml(prediction.memory.totalBytes, 'bytes', messages),
    metricHtml(prediction.energyMj, 'mj', messages),
    metricHtml(prediction.powerW, 'w', messages),
    `<span title="${htmlText(bound.sentence)}">${htmlText(bound.label)}</span>`,
    `<small>${htmlText([evidenceText(prediction.evidence, messages), ...prediction.measured.slice(0, 1).map(publishedText)].join('; '))}</small>`,
  ]
  return `<tr>${cells
    .map((cell, index) =>
      index === 1 ? `<th scope="row">${cell}</th>` : `<td data-title="${columnTitles[index]}">${cell}</td>`,
    )
    .join('')}</tr>`
}

function metricHtml(metric: Metric, unit: DisplayUnit, messages: Messages): string {
  if (metric.availability === 'unavailable') return `<i>${messages.unavailable}</i>`
  const range = isExact(metric) ? '' : `<small>${formatRange(metric.pi80, unit)}</small>`
  return `${formatQuantity(metric.p50, unit)}${range}`
}

function targetText({ unitId, runtimeId, precision, batch, powerMode }: ReportRow['prediction']): string {
  return `${unitId} · ${runtimeId} · ${precision} · batch ${batch} · ${powerMode}`
}

function edgeRunHtml({ edgeRun }: Report): string {
  if (edgeRun === null) return ''
  const figure =
    edgeRun.valid && edgeRun.slopeMs !== null
      ? `<b>${formatQuantity(edgeRun.slopeMs, 'ms')}</b> per inference`
      : '<i>no valid figure</i>'
  const samples = edgeRun.samples.map(({ k, ms }) => `<tr><td>${k}</td><td>${formatQuantity(ms, 'ms')}</td></tr>`)
  return [
    `<section><h2>Measured at the edge</h2><p>${htmlText(edgeRun.model)}, ${htmlText(edgeRun.precision)}: ${figure}`,
    `${edgeRun.r2 === null ? '' : `, R² ${edgeRun.r2.toFixed(4)}`}. ${htmlText(edgeRun.method)}</p>`,
    '<details><summary>Samples</summary><table><thead><tr><th>Inferences</th><th>Time</th></tr></thead>',
    `<tbody>${samples.join('')}</tbody></table></details></section>`,
  ].join('')
}

function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
