import { formatProbability } from '../../../simulator/report/figures.ts'
import { useText } from '../i18n/use-text.ts'

/** `P 0.89`; the word where it cannot be said. */
export function Probability({ value }: { value: number | null }) {
  const text = useText().rows
  return <span className="mono">{value === null ? text.pUnknown : `P ${formatProbability(value)}`}</span>
}
