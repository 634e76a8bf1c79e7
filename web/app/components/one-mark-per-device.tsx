import { type VerdictCounts, verdictOrder } from '../answer/answer.ts'
import { useText } from '../i18n/use-text.ts'
import { VerdictGlyph } from './verdict.tsx'

/** All devices at a glance; the counts beside it say the same in figures. */
export function OneMarkPerDevice({ counts }: { counts: VerdictCounts }) {
  const text = useText()
  return (
    <figure className="flex-none">
      <div className="label max-sm:hidden">{text.finding.oneMark}</div>
      <div className="one-mark max-sm:!hidden" aria-hidden="true">
        {verdictOrder.flatMap((verdict) =>
          Array.from({ length: counts[verdict] }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the marks of one verdict are interchangeable.
            <i key={`${verdict}${index}`} className={`v-${verdict}`} />
          )),
        )}
      </div>
      <figcaption className="flex gap-4 text-note">
        {verdictOrder.map((verdict) => (
          <span key={verdict} className={`verdict v-${verdict}`}>
            <VerdictGlyph verdict={verdict} size={12} />
            <span className="visually-hidden">{text.verdicts[verdict]}: </span>
            {counts[verdict]}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
