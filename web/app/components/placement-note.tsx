import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { byteSize, figure, joined } from '../i18n/format.ts'
import { reasonText } from '../i18n/place-text.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { PlacedRun } from '../workers/placed-run.ts'

/** How many kernels run where, what the rest lacks, and by which list of operators. */
export function PlacementNote({ prediction, placed }: { prediction: Prediction; placed: PlacedRun }) {
  const messages = useText()
  const text = messages.placement
  const { support, runs, fallback, crossings } = placed.placement
  const { kernels, unitId } = prediction
  const elsewhere = placed.places.flatMap(({ why }, index) => (why === null ? [] : [{ why, index }]))
  const reasons = new Set(
    runs
      ? elsewhere.map(({ why }) => reasonText(why, messages))
      : support.lacks.map((lack) => reasonText({ kind: 'lacks', ...lack }, messages)),
  )
  const timeMs = (indices: readonly number[]) => indices.reduce((sum, index) => sum + (kernels[index]?.timeMs ?? 0), 0)
  const elsewhereMs = timeMs(elsewhere.map(({ index }) => index))
  const ownMs = timeMs([...kernels.keys()]) - elsewhereMs
  const bytes = crossings.reduce((sum, crossing) => sum + crossing.bytes, 0)
  const crossMs = crossings.reduce((sum, { linkMs, copyMs }) => sum + linkMs + copyMs, 0)
  return (
    <section className="mt-4.5" aria-labelledby="placement">
      <h3 id="placement">{text.title}</h3>
      {elsewhere.length > 0 && (
        <div className="shares" aria-hidden="true">
          <i style={{ flexGrow: ownMs, background: 'var(--ink2)' }} />
          <i className="swatch-transfer" style={{ flexGrow: crossMs }} />
          <i style={{ flexGrow: elsewhereMs, background: 'var(--line2)' }} />
        </div>
      )}
      <p className="mt-1 text-note text-ink2">
        {!runs
          ? text.nowhere(prediction.runtimeId)
          : fallback === null
            ? text.whole(kernels.length, unitText(unitId))
            : text.divided(
                kernels.length - elsewhere.length,
                unitText(unitId),
                elsewhere.length,
                unitText(fallback.unitId),
                fallback.runtimeId,
              )}{' '}
        {crossings.length > 0 && text.crossings(crossings.length, joined(byteSize(bytes)), `${figure(crossMs, 3)} ms`)}{' '}
        {fallback?.isAssumed === true && text.assumed}
      </p>
      {reasons.size > 0 && (
        <ul className="mt-1 text-note text-ink2">
          {[...reasons].map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <p className="mt-1 text-note text-ink3">
        {support.table === null ? (
          text.noTable
        ) : (
          <>
            {text.listed(support.table.title)}
            {text.statuses[support.table.status]},{' '}
            <a
              href={urlOf(support.table.source)}
              title={support.table.source}
              className="underline"
              rel="noreferrer"
              target="_blank"
            >
              {text.source}
            </a>
          </>
        )}
      </p>
    </section>
  )
}

/** Sources are an address, with where on the page after a space. */
function urlOf(source: string): string {
  return source.split(' ')[0] ?? source
}
