import { overview } from 'virtual:overview'
import { useText } from '../i18n/use-text.ts'

export function Footer() {
  const text = useText().footer
  return (
    <footer className="mt-14 border-t border-line max-sm:mt-5">
      <div className="page flex flex-wrap gap-x-5 gap-y-1 pt-3.5 pb-[18px] text-note/[18px] text-ink3">
        <span>
          {text.engine} <span className="mono">{overview.engineVersion}</span>
        </span>
        <span>
          {text.catalog}{' '}
          <span className="mono" title={overview.catalogVersion}>
            {overview.catalogVersion.slice(0, 8)}
          </span>
        </span>
        <span>{text.tracking}</span>
        <a href="/openapi.json" className="text-ink3">
          {text.openapi}
        </a>
      </div>
    </footer>
  )
}
