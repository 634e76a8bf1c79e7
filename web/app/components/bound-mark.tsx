import type { Bound } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'

/** What limits a kernel: colour and shape are one token. */
export function BoundMark({ bound, bare = false }: { bound: Bound; bare?: boolean }) {
  const text = useText().bounds
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink2">
      <svg
        width="10"
        height="10"
        viewBox="0 0 10 10"
        className="flex-none"
        role={bare ? 'img' : undefined}
        aria-label={bare ? text[bound] : undefined}
        aria-hidden={bare ? undefined : true}
      >
        <BoundShape bound={bound} />
      </svg>
      {bare ? null : text[bound]}
    </span>
  )
}

/** In a 10 × 10 box. */
export function BoundShape({ bound }: { bound: Bound }) {
  switch (bound) {
    case 'compute':
      return <circle cx="5" cy="5" r="4.2" fill="var(--comp)" />
    case 'memory':
      return <path d="M5 .8l4.4 8H.6z" fill="var(--mem)" />
    case 'link':
      return <path d="M5 .5 9.5 5 5 9.5.5 5z" fill="var(--uplink)" />
    case 'overhead':
      return <rect x="1" y="1" width="8" height="8" fill="var(--bg)" stroke="var(--ink3)" strokeWidth="1.3" />
  }
}
