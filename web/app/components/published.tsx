import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { publishedText } from '../../../simulator/report/evidence.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** What was published of this network on this target; nothing where nobody did. */
export function Published({ measured }: Pick<Prediction, 'measured'>) {
  const text = useText().detail
  if (measured.length === 0) return null
  return (
    <section>
      <h3>{text.published}</h3>
      <ul className="mt-1">
        {measured.map((figure) => {
          const line = publishedText(figure)
          return (
            <li key={`${figure.source} ${line}`} className="flex items-baseline gap-2 py-[3px] text-note text-ink2">
              <StatusMark status="measured" bare />
              <span className="min-w-0 flex-1 text-ink">{line}</span>
              {figure.url === '' ? (
                <span>{figure.source}</span>
              ) : (
                <a href={figure.url} title={figure.title} target="_blank" rel="noreferrer">
                  {figure.source}
                </a>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
