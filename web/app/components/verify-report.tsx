import { useMutation } from '@tanstack/react-query'
import type { Report } from '../../../simulator/report/format.ts'
import type { Verification } from '../../../simulator/report/recompute.ts'
import { useText } from '../i18n/use-text.ts'
import { modelService } from '../workers/model-client.ts'
import { VerdictGlyph } from './verdict.tsx'

/** Computes the report again from its own graph and compares bytes; says which values differ. */
export function VerifyReport({ report }: { report: Report }) {
  const text = useText().report
  const verify = useMutation({ mutationFn: () => modelService.verify(report) })
  return (
    <span aria-live="polite">
      {verify.data === undefined ? (
        <button type="button" className="link" disabled={verify.isPending} onClick={() => verify.mutate()}>
          {verify.isPending ? text.verifying : text.verify}
        </button>
      ) : (
        <Outcome outcome={verify.data} />
      )}
    </span>
  )
}

function Outcome({ outcome }: { outcome: Verification }) {
  const text = useText().report
  const verdict = { identical: 'fits', 'other-version': 'unknown', different: 'fails', impossible: 'unknown' } as const
  return (
    <span className={`v-${verdict[outcome.status]} inline-flex items-center gap-1.5 font-[550] text-(--v)`}>
      <VerdictGlyph verdict={verdict[outcome.status]} size={12} />
      {outcome.status === 'identical' && text.same}
      {outcome.status === 'other-version' && text.otherVersion(outcome.engineVersion, outcome.catalogVersion)}
      {outcome.status === 'different' && text.differs(outcome.paths.join(', '))}
      {outcome.status === 'impossible' && `${text.impossible} ${outcome.problem.fix}`}
    </span>
  )
}
