import type { ValidationReport } from '../../../worker/contract/validation.ts'

/** Where a measured figure was published; its credit line on hover. */
export function SourceLink({ id, sources }: { id: string; sources: ValidationReport['sources'] }) {
  const source = sources.find((each) => each.id === id)
  if (source === undefined) return id
  return (
    <a className="underline" href={source.locator} title={source.attribution} target="_blank" rel="noreferrer">
      {id}
    </a>
  )
}
