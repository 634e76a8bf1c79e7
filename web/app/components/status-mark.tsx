import type { FactUse } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'

/** Source class of a figure. Rising certainty, rising fill; a default is an assumption that nobody made for this device. */
export function StatusMark({ status, bare = false }: { status: FactUse['status']; bare?: boolean }) {
  const word = useText().statuses[status]
  return (
    <span
      className="inline-flex items-center gap-1 whitespace-nowrap text-label text-ink3"
      title={bare ? word : undefined}
    >
      <svg
        width="10"
        height="10"
        viewBox="0 0 10 10"
        className="flex-none text-ink2"
        role={bare ? 'img' : undefined}
        aria-label={bare ? word : undefined}
        aria-hidden={bare ? undefined : true}
      >
        {status === 'measured' && <path d="M5 .5 9.5 5 5 9.5.5 5z" fill="currentColor" />}
        {status === 'vendor' && (
          <rect x="1.2" y="1.2" width="7.6" height="7.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
        )}
        {status === 'recalled' && (
          <rect
            x="1.2"
            y="1.2"
            width="7.6"
            height="7.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeDasharray="2 1.6"
          />
        )}
        {status === 'derived' && <path d="M5 1.2 9 8.6H1z" fill="none" stroke="currentColor" strokeWidth="1.4" />}
        {(status === 'assumed' || status === 'default') && (
          <circle cx="5" cy="5" r="3.9" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2 1.6" />
        )}
      </svg>
      {bare ? null : word}
    </span>
  )
}
