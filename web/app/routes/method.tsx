import { usePageTitle } from '../components/page-title.ts'
import { useText } from '../i18n/use-text.ts'

/** How an answer comes about, in the order of the pipeline. */
export function MethodPage() {
  const text = useText().method
  usePageTitle(text.title)
  return (
    <div className="reading py-9">
      <h1>{text.title}</h1>
      <p className="mt-2.5 max-w-[720px] text-section/[25px] text-ink2">{text.lead}</p>
      {text.sections.map(({ title, paragraphs, formula }) => (
        <section key={title} className="section mt-9">
          <h2>{title}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph} className="mt-2 max-w-[720px]">
              {paragraph}
            </p>
          ))}
          {formula !== undefined && <pre className="code mt-3">{formula}</pre>}
        </section>
      ))}
    </div>
  )
}
