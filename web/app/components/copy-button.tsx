import { useEffect, useState } from 'react'
import { useText } from '../i18n/use-text.ts'

interface CopyButtonProps {
  readonly label: string
  readonly content: () => Promise<string>
  readonly className?: string
}

/** Puts a text on the clipboard and says so in its own place. */
export function CopyButton({ label, content, className = 'link' }: CopyButtonProps) {
  const text = useText().rows
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  return (
    <button
      type="button"
      className={className}
      onClick={() => {
        void content()
          .then((copied) => navigator.clipboard.writeText(copied))
          .then(
            () => setOutcome('copied'),
            () => setOutcome('refused'),
          )
      }}
    >
      <span aria-live="polite">
        {outcome === 'copied' ? text.copied : outcome === 'refused' ? text.copyFailed : label}
      </span>
    </button>
  )
}
