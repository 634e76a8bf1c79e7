/** Bars of work and weights by class of operator, as shares of their totals. */
import type { ClassAmounts } from '../answer/layer-order.ts'

export interface ClassBar {
  readonly name: string
  readonly layers: number
  /** `null` = some layer's work is not known. */
  readonly macShare: number | null
  readonly weightShare: number
}

/** Classes with neither work nor weights are left to the table. */
export function classBars(classes: readonly ClassAmounts[]): readonly ClassBar[] {
  const macs = classes.reduce((sum, each) => sum + (each.macs ?? 0), 0)
  const weightBytes = classes.reduce((sum, each) => sum + each.weightBytes, 0)
  return classes
    .map((each) => ({
      name: each.class,
      layers: each.layers,
      macShare: each.macs === null ? null : share(each.macs, macs),
      weightShare: share(each.weightBytes, weightBytes),
    }))
    .filter(({ macShare, weightShare }) => macShare !== 0 || weightShare !== 0)
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** Outline of a step chart: `values` over `width`, the largest at the top of `height`. */
export function stepPath(values: readonly number[], width: number, height: number, top: number): string {
  if (values.length === 0 || top <= 0) return ''
  const step = width / values.length
  const steps = values.map((value, index) => {
    const y = height * (1 - value / top)
    return `V${y.toFixed(1)}H${((index + 1) * step).toFixed(1)}`
  })
  return `M0 ${height}${steps.join('')}V${height}Z`
}
