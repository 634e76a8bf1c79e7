import { useSyncExternalStore } from 'react'
import { sentBytes, subscribeToSentBytes } from '../api/sent-bytes.ts'
import { byteSize, joined } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'

/** What left this machine. Weights cannot: nothing after the reader of the file ever holds them. */
export function WeightsSent() {
  const text = useText().header
  const sent = useSyncExternalStore(subscribeToSentBytes, sentBytes)
  return (
    <span className="inline-flex items-center gap-1.5" title={text.weightsSentTitle(joined(byteSize(sent)))}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        aria-hidden="true"
      >
        <path d="M6 1v6M3.5 3.5 6 1l2.5 2.5" opacity=".45" />
        <path d="M1 7v4h10V7M1.5 1.5l9 9" />
      </svg>
      <span>
        <span className="mono">0 B</span> <span className="max-[860px]:hidden">{text.weightsSent}</span>
        <span className="mono hidden max-[860px]:inline">{text.weightsSentShort}</span>
      </span>
    </span>
  )
}
