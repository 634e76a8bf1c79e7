import type { ReactNode } from 'react'

interface TitledSectionProps {
  readonly title: string
  /** Beside the title, in small. */
  readonly note: string
  readonly className?: string
  readonly children: ReactNode
}

/** A part of a page under its title. */
export function TitledSection({ title, note, className = '', children }: TitledSectionProps) {
  return (
    <section className={`section min-w-0 ${className}`}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="note">{note}</span>
      </div>
      {children}
    </section>
  )
}
