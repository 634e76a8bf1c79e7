import { useMutation, useQuery } from '@tanstack/react-query'
import { canonicalJson } from '../../../simulator/json.ts'
import type { Problem } from '../../../simulator/problem.ts'
import { registerModel } from '../api/client.ts'
import { byteSize, joined } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'
import { ownModel } from '../state/use-model-detail.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { modelService } from '../workers/model-client.ts'
import { asProblem } from '../workers/rpc.ts'
import { CopyButton } from './copy-button.tsx'
import { ProblemNotice } from './problem-notice.tsx'

/** What of a model the server may get to know: the summary as a file, and on request registered under its id. */
export function GraphSummarySection({ id }: { id: string }) {
  const text = useText().model.summary
  const { model } = useWorkspace()
  const opened = useQuery({
    queryKey: ['summary', id, id === ownModel ? model?.id : id],
    queryFn: async () => {
      const {
        id: modelId,
        name,
        summary,
      } = id === ownModel && model !== null ? model : await modelService.openPreset(id)
      return { modelId, name, summary, json: canonicalJson(summary) }
    },
    enabled: id !== ownModel || model !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const registration = useMutation({ mutationFn: registerModel })
  if (opened.data === undefined) return null
  const { modelId, name, summary, json } = opened.data
  const problem: Problem | null = registration.error === null ? null : asProblem(registration.error)
  const command = `curl -X POST ${window.location.origin}/v1/simulate -H 'content-type: application/json' \\\n  -d '{"model":"${modelId}","device":"jetson-orin-nano-8gb"}'`
  return (
    <section className="section mt-8" aria-labelledby="graph-summary">
      <div className="section-head">
        <h2 id="graph-summary">{text.title}</h2>
        <span className="note">
          {text.note(summary.operators.length, joined(byteSize(new TextEncoder().encode(json).byteLength)))}
        </span>
      </div>
      <p className="max-w-[72ch] text-dense text-ink2">{text.lead}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <button
          type="button"
          className="button"
          onClick={() => saveFile(json, `${name}.summary.json`, 'application/json')}
        >
          {text.save}
        </button>
        <button
          type="button"
          className="button"
          disabled={registration.isPending || registration.isSuccess}
          onClick={() => registration.mutate(summary)}
        >
          {text.register}
        </button>
        <span role="status" className="text-dense">
          {registration.isSuccess && (
            <>
              {text.registered} <span className="mono">{modelId}</span>
            </>
          )}
        </span>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {registration.isSuccess && (
        <div className="mt-3">
          <pre className="code">{command}</pre>
          <CopyButton label={text.copy} content={() => Promise.resolve(command)} />
        </div>
      )}
    </section>
  )
}
