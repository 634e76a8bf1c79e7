/** A report as Markdown: what was asked, one table, what the figures rest on. For issues and pull requests. */

import { evidenceNotes, evidenceText, publishedText } from './evidence.ts'
import { formatMetric, formatProbability, formatQuantity, limitsOf, limitUnits } from './figures.ts'
import type { Report, ReportRow } from './format.ts'
import { omissionNotes } from './omission.ts'
import type { Messages } from './text/en.ts'

export function reportMarkdown(report: Report, messages: Messages): string {
  const { title, model, createdWith, edgeRun } = report
  const limits = limitsOf(report.budget).map(
    ({ limit, value }) => `${messages.limits[limit]} ${formatQuantity(value, limitUnits[limit])}`,
  )
  return [
    `# ${plain(title)}`,
    '',
    `Model: ${plain(model.name)} (\`${plain(model.id)}\`)${limits.length > 0 ? `  \nBudget: ${limits.join(', ')}` : ''}`,
    '',
    '| verdict | P | device | runtime | latency (80 %) | throughput | memory | energy | power | bound | rests on |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...report.rows.map((row) => `| ${cells(row, messages).map(plain).join(' | ')} |`),
    '',
    ...[...omissionNotes(report, messages), ...evidenceNotes(report, messages)].map((note) => `- ${note}`),
    '',
    ...(edgeRun?.valid === true && edgeRun.slopeMs !== null
      ? [`Measured at the edge (${plain(edgeRun.model)}): ${formatQuantity(edgeRun.slopeMs, 'ms')} per inference.`, '']
      : []),
    `Computed by edgefit ${plain(createdWith.engineVersion)} with catalog ${plain(createdWith.catalogVersion)}.`,
    '',
  ].join('\n')
}

function cells({ deviceName, prediction, fit }: ReportRow, messages: Messages): string[] {
  const { unavailable } = messages
  return [
    messages.verdicts[fit.verdict].label,
    fit.pMeets === null ? '' : formatProbability(fit.pMeets),
    deviceName,
    `${prediction.unitId}, ${prediction.runtimeId}, ${prediction.precision}`,
    formatMetric(prediction.latencyMs, 'ms') ?? unavailable,
    formatMetric(prediction.throughputPerS, 'perS') ?? unavailable,
    formatMetric(prediction.memory.totalBytes, 'bytes') ?? unavailable,
    formatMetric(prediction.energyMj, 'mj') ?? unavailable,
    formatMetric(prediction.powerW, 'w') ?? unavailable,
    messages.bounds[prediction.bound].label,
    [evidenceText(prediction.evidence, messages), ...prediction.measured.slice(0, 1).map(publishedText)].join('; '),
  ]
}

/** Text that Markdown does not interpret, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, (character) => `\\${character}`)
}
