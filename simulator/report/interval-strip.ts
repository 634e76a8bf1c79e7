/** Interval strips: a dot at the median, a bar over 80 %, a line over 95 %, on one logarithmic axis for all rows. */
import type { AvailableMetric, Metric } from '../predict/prediction.ts'

export interface StripAxis {
  readonly low: number
  readonly high: number
}

/** The axis that holds every interval and the limit, with a margin; `null` when nothing is available. */
export function stripAxis(metrics: readonly Metric[], limit: number | null): StripAxis | null {
  const ends = metrics.flatMap((metric) => (metric.availability === 'available' ? metric.pi95 : []))
  const positive = [...ends, ...(limit === null ? [] : [limit])].filter((value) => value > 0)
  if (positive.length === 0) return null
  const margin = 1.1
  return {
    low: positive.reduce((a, b) => Math.min(a, b)) / margin,
    high: positive.reduce((a, b) => Math.max(a, b)) * margin,
  }
}

const widthPx = 240
const heightPx = 20

/** Inline SVG of one row; `label` is its text for screen readers and must be escaped already. */
export function intervalStripSvg(
  metric: AvailableMetric,
  axis: StripAxis,
  limit: number | null,
  label: string,
): string {
  const x = (value: number): string => {
    const share = Math.log(Math.max(value, axis.low) / axis.low) / Math.log(axis.high / axis.low)
    return (share * widthPx).toFixed(1)
  }
  const middle = heightPx / 2
  const [low95, high95] = metric.pi95.map(x)
  const [low80, high80] = metric.pi80.map(x)
  return [
    `<svg class="strip" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}" role="img">`,
    `<title>${label}</title>`,
    `<line class="pi95" x1="${low95}" x2="${high95}" y1="${middle}" y2="${middle}"/>`,
    `<line class="pi80" x1="${low80}" x2="${high80}" y1="${middle}" y2="${middle}"/>`,
    limit === null ? '' : `<line class="limit" x1="${x(limit)}" x2="${x(limit)}" y1="0" y2="${heightPx}"/>`,
    `<circle class="p50" cx="${x(metric.p50)}" cy="${middle}" r="4"/>`,
    '</svg>',
  ].join('')
}
