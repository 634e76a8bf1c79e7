/** A report as one standalone HTML file: no script, no request, opens from disk, follows the reader's light or dark theme. */
import { formatMetric, formatProbability, formatQuantity, limitsOf, limitUnits } from './figures.ts'
import type { Report, ReportRow } from './format.ts'
import { intervalStripSvg, type StripAxis, stripAxis } from './interval-strip.ts'
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
<thead><tr><th scope="col">Verdict</th><th scope="col">Device</th><th scope="col" colspan="2">Latency, 80 % interval</th><th scope="col">Throughput</th><th scope="col">Memory</th><th scope="col">Energy</th><th scope="col">Power</th><th scope="col">Bound</th><th scope="col">Rests on</th></tr></thead>
<tbody>
${report.rows.map((row) => rowHtml(row, axis, limitMs, messages)).join('\n')}
</tbody>
</table>
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

function rowHtml(
  { deviceName, prediction, fit }: ReportRow,
  axis: StripAxis | null,
  limitMs: number | null,
  messages: Messages,
): string {
  const { latencyMs, confidence } = prediction
  const unavailable = `<i>${messages.unavailable}</i>`
  const latency = formatMetric(latencyMs, 'ms')
  const strip =
    latencyMs.availability === 'available' && axis !== null
      ? intervalStripSvg(latencyMs, axis, limitMs, htmlText(`${deviceName}: ${latency}`))
      : ''
  const verdict = messages.verdicts[fit.verdict]
  const probability = fit.pMeets === null ? '' : ` <small>P ${htmlText(formatProbability(fit.pMeets))}</small>`
  const outside = confidence.outsideEvidence ? `; ${messages.outsideEvidence}` : ''
  return [
    `<tr><td><span class="verdict ${fit.verdict}" title="${htmlText(verdict.sentence)}">${htmlText(verdict.label)}</span>${probability}</td>`,
    `<th scope="row">${htmlText(deviceName)}<small>${htmlText(targetText(prediction))}</small></th>`,
    `<td>${strip}</td><td>${latency ?? unavailable}</td>`,
    `<td>${formatMetric(prediction.throughputPerS, 'perS') ?? unavailable}</td>`,
    `<td>${formatMetric(prediction.memory.totalBytes, 'bytes') ?? unavailable}</td>`,
    `<td>${formatMetric(prediction.energyMj, 'mj') ?? unavailable}</td>`,
    `<td>${formatMetric(prediction.powerW, 'w') ?? unavailable}</td>`,
    `<td title="${htmlText(messages.bounds[prediction.bound].sentence)}">${htmlText(messages.bounds[prediction.bound].label)}</td>`,
    `<td><small>${htmlText(`${messages.confidence[confidence.level]}; ${messages.evidence[confidence.basis]}${outside}`)}</small></td></tr>`,
  ].join('')
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
