import { useText } from '../i18n/use-text.ts'

/** A key to the interval mark; a picture of the notation, not of a figure. */
export function HowToRead() {
  const text = useText().howTo
  return (
    <section className="section" aria-labelledby="how-to-read">
      <div className="section-head">
        <h2 id="how-to-read">{text.title}</h2>
      </div>
      <svg className="chart v-tight max-w-[470px]" viewBox="0 0 470 120" role="img" aria-label={text.summary}>
        <foreignObject x="330" y="6" width="140" height="72">
          <div className="hatched h-full" />
        </foreignObject>
        <path d="M330 0V84" stroke="var(--ink)" strokeWidth="2" />
        <path d="M90 46H398M90 42v8M398 42v8" stroke="var(--v)" />
        <rect x="330" y="42.5" width="30" height="7" fill="var(--bg)" stroke="var(--v)" strokeWidth="1.2" />
        <rect x="140" y="42" width="190" height="8" fill="var(--v)" />
        <circle cx="240" cy="46" r="6" fill="var(--v)" stroke="var(--bg)" strokeWidth="1.5" />
        <path d="M240 27v10M90 54v34M180 54v34M346 54v34" className="axis-line" />
        <g textAnchor="middle">
          <text x="240" y="22">
            {text.median}
          </text>
          <text x="90" y="100">
            {text.band95}
          </text>
          <text x="180" y="100">
            {text.band80}
          </text>
        </g>
        <text x="336" y="100" className="strong">
          {text.budget}
        </text>
        <text x="336" y="115">
          {text.hollow}
        </text>
      </svg>
    </section>
  )
}
