/** The price that a row was judged by; outside a price limit, the one of the catalog. */
import type { ReportRow } from '../../../simulator/report/format.ts'

export function priceUsdOf({ fit }: ReportRow, catalogUsd: number | null): number | null {
  const check = fit.checks.find(({ limit }) => limit === 'maxPriceUsd')
  if (check === undefined) return catalogUsd
  return check.metric.availability === 'available' ? check.metric.p50 : null
}
