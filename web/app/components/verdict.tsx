import type { Verdict as VerdictCode } from '../../../simulator/decide/budget.ts'
import { useText } from '../i18n/use-text.ts'

/** Fill tells the order even in grey: full, half, empty with a cross, dashed with a question mark. */
export function VerdictGlyph({ verdict, size = 14 }: { verdict: VerdictCode; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true" className={`v-${verdict}`}>
      {verdict === 'fits' ? (
        <>
          <rect width="14" height="14" rx="2" fill="var(--v)" />
          <path d="M3.3 7.3 6 10l4.8-5.6" fill="none" stroke="var(--bg)" strokeWidth="1.9" />
        </>
      ) : (
        <rect
          x=".75"
          y=".75"
          width="12.5"
          height="12.5"
          rx="1.5"
          fill="none"
          stroke="var(--v)"
          strokeWidth="1.5"
          strokeDasharray={verdict === 'unknown' ? '2.4 1.8' : undefined}
        />
      )}
      {verdict === 'tight' && <path d="M.75 13.25V.75h6.25v12.5z" fill="var(--v)" />}
      {verdict === 'fails' && <path d="m4 4 6 6m0-6-6 6" stroke="var(--v)" strokeWidth="1.7" />}
      {verdict === 'unknown' && (
        <>
          <path
            d="M5 5.4C5 4.2 5.9 3.5 7 3.5s2 .7 2 1.8c0 1.5-2 1.5-2 3"
            fill="none"
            stroke="var(--v)"
            strokeWidth="1.5"
          />
          <circle cx="7" cy="10.5" r="1" fill="var(--v)" />
        </>
      )}
    </svg>
  )
}

export function Verdict({ verdict }: { verdict: VerdictCode }) {
  const text = useText()
  return (
    <span className={`verdict v-${verdict}`}>
      <VerdictGlyph verdict={verdict} />
      {text.verdicts[verdict]}
    </span>
  )
}
