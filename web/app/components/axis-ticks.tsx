import { position, type Scale } from '../charts/scale.ts'
import { tick } from '../i18n/format.ts'

/** Figures along an axis, each centred over its place. */
export function AxisTicks({ scale, ticks }: { scale: Scale; ticks: readonly number[] }) {
  return ticks.map((value) => (
    <span key={value} className="axis-tick" style={{ left: `${position(scale, value)}%` }}>
      {tick(value)}
    </span>
  ))
}
