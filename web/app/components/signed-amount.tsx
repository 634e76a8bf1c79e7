import { useText } from '../i18n/use-text.ts'

/** A change, exact, with its sign; unknown is a word. */
export function SignedAmount({ value, className = '' }: { value: number | null; className?: string }) {
  const { unknown } = useText()
  return (
    <td className={`numeric ${className}`}>
      {value === null ? <span className="unknown">{unknown}</span> : signed(value)}
    </td>
  )
}

function signed(value: number): string {
  const text = Math.abs(value).toLocaleString('en-US')
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text
}
