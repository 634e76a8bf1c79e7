/** The answer: finding, rows, details. */
import type { LimitName, Verdict } from '../../../../simulator/decide/budget.ts'
import type { Segment } from '../../../../simulator/hardware/device.ts'
import type { Evidence } from '../../../../simulator/predict/prediction.ts'
import { evidenceSentence } from '../../../../simulator/report/evidence.ts'
import { en as reportText } from '../../../../simulator/report/text/en.ts'
import { named, vocabulary } from './vocabulary.ts'
import { countWord, lower, plural, segmentNouns } from './words.ts'

export const answer = {
  finding: {
    /** The title of an answer: what fits, what is close, what cannot be said. */
    sentence: (counts: Record<Verdict, number>, segments: readonly Segment[]): string => {
      const [only] = segments
      const [one, many] = segments.length === 1 && only !== undefined ? segmentNouns[only] : ['device', 'devices']
      const close =
        counts.tight === 0
          ? ''
          : ` ${countWord(counts.tight)}${counts.fits > 0 ? ' more' : ''} ${plural(counts.tight, 'is', 'are')} close.`
      if (counts.fits > 0) {
        return `${countWord(counts.fits)} ${plural(counts.fits, one, many)} ${plural(counts.fits, 'meets', 'meet')} this budget.${close}`
      }
      if (counts.tight > 0) return `No ${one} meets this budget with P ≥ 0.9.${close}`
      if (counts.unknown > 0 && counts.fails === 0) return `No ${one} can be judged against this budget.`
      return `No ${one} meets this budget.`
    },
    checked: (count: number, elapsed: string) =>
      `${count} ${plural(count, 'device')} checked in ${elapsed} in this tab. Warm, steady state, without pre- and post-processing.`,
    relax: (limit: LimitName, value: string, device: string) =>
      `Closest: with a ${vocabulary.limitNouns[limit]} of ${value}, ${device} would fit.`,
    extrapolated: 'Nothing of these silicon families was measured under these runtimes, so the intervals are wide.',
    oneMark: 'One mark per device',
    noLimits: 'No limit is set, so no device is ruled out.',
  },
  rows: {
    label: 'Devices by verdict',
    verdict: 'Verdict',
    device: 'Device and runtime',
    latencyAxis: 'Latency, ms, log scale',
    throughputAxis: 'Inferences per second, log scale',
    latency: 'Latency',
    throughput: 'Rate',
    power: 'Power',
    price: 'Price',
    more: (hidden: number, unsure: number, fails: number) =>
      `${hidden} more: ${unsure} unsure, ${fails} ${plural(fails, 'does', 'do')} not fit.`,
    showAll: (count: number) => `Show all ${count}`,
    showFewer: 'Show fewer',
    copyCsv: 'Copy as CSV',
    copyMarkdown: 'Copy as Markdown',
    share: 'Share link',
    copied: 'Copied',
    copyFailed: 'The browser denied access to the clipboard',
    pUnknown: 'P unknown',
    decides: (limit: LimitName, verdict: Exclude<Verdict, 'fits'>) =>
      ({
        tight: `${lower(vocabulary.limits[limit])} is close`,
        fails: `over the ${vocabulary.limitNouns[limit]}`,
        unknown: `${lower(vocabulary.limits[limit])} unknown`,
      })[verdict],
    noFigure: (missing: string) => `unknown: ${named(missing)} is not published`,
    refused: (count: number) => `${count} ${plural(count, 'device')} could not be simulated`,
  },
  howTo: {
    title: 'How to read a row',
    summary:
      'A row shows the median as a dot, the 80 % band as a bar, the 95 % band as a line; the part of the bar over your budget is hollow.',
    median: 'median estimate',
    band95: '95 %',
    band80: '80 % band',
    budget: 'your budget',
    hollow: 'hollow: the part over it',
  },
  stops: {
    title: (count: number) => `What stops the other ${count}`,
    note: 'the limit that decides',
    tight: 'close',
    unknown: 'cannot be judged',
    fails: 'missed',
    table: 'Devices stopped, by limit',
  },
  detail: {
    label: 'Details of the selected device',
    position: (index: number, count: number) => `${index} of ${count}`,
    shares: 'Share of each limit',
    p: 'P',
    whatWouldFit: 'What it would take',
    fitsWith: (limit: LimitName, value: string) => `${vocabulary.limits[limit]} limit at ${value}`,
    now: (value: string) => `now ${value}`,
    why: 'Why',
    measuredHere: 'Measured by others',
    measuredMore: (count: number) => `${count} more`,
    basis: 'What it rests on',
    published: 'Published of this pair',
    evidenceLead: (evidence: Evidence) => evidenceSentence(evidence, reportText),
    outside: 'Outside the evidence.',
    defaults: (count: number) =>
      `${count} more ${plural(count, 'figure is a default of its kind', 'figures are defaults of their kind')}.`,
    workbench: 'Open in workbench',
    edgeCloud: 'Compare with the cloud',
    largest: 'Longest kernels',
    peakAt: (operator: string) => `Peak at ${operator}.`,
    previous: 'Previous device',
    next: 'Next device',
    sentence: {
      fits: 'Meets every limit with P ≥ 0.9.',
      noFigure: (missing: string) => `Cannot be judged: ${named(missing)} is not published.`,
      outside: 'The model is outside what the evidence covers.',
      coverage: (operators: string) => `Work of ${operators} is not known, so the figures are lower bounds.`,
      tight: (limit: LimitName, p: string) => `Meets the ${vocabulary.limitNouns[limit]} with P ${p}; 0.9 is needed.`,
      fails: (limit: LimitName, p: string) => `Misses the ${vocabulary.limitNouns[limit]}: P ${p}.`,
      room: 'Everything else has room.',
      bound: (bound: string, share: string) => `${bound}-bound for ${share} of the time.`,
    },
  },
  publish: {
    button: 'Publish report',
    busy: 'Publishing',
    what: 'Sends the graph summary and the figures, no weights. A report holds 1 MiB: the best devices come first.',
    untitled: (model: string, limits: string) => (limits === '' ? model : `${model} within ${limits}`),
  },
}
