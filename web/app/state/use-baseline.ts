import { useQuery } from '@tanstack/react-query'
import type { Problem } from '../../../simulator/problem.ts'
import { modelService } from '../workers/model-client.ts'
import type { OpenedModel } from '../workers/model-service.ts'
import { asProblem } from '../workers/rpc.ts'
import type { WorkbenchAnswer } from '../workers/workbench-question.ts'
import { openSource, sourceOf } from './model-source.ts'
import type { ModelRef, OwnResult, Pinned } from './portal-state.ts'
import { useWorkspace } from './workspace.tsx'

export type Baseline =
  | { readonly kind: 'answer'; readonly answer: WorkbenchAnswer; readonly modelName: string }
  /** The link names a file that is not here. */
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** What the pinned question is answered today; `null` = nothing is pinned, or it is still being answered. */
export function useBaseline(): Baseline | null {
  const { pinned, model, ownResults } = useWorkspace()
  const isHere = pinned !== null && (pinned.model.kind !== 'file' || model?.id === pinned.modelId)
  const query = useQuery({
    queryKey: ['baseline', pinned?.modelId, pinned?.target, pinned?.whatIf, ownResults],
    queryFn: async () => {
      if (pinned === null) throw new Error('nothing is pinned')
      const opened = model?.id === pinned.modelId ? model : await open(pinned.model)
      return { answer: await modelService.workbench(questionOf(pinned, opened, ownResults)), modelName: opened.name }
    },
    enabled: isHere,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (pinned === null) return null
  if (!isHere) return { kind: 'missing', name: pinned.model.kind === 'file' ? pinned.model.name : pinned.modelId }
  if (query.error !== null) return { kind: 'problem', problem: asProblem(query.error) }
  return query.data === undefined ? null : { kind: 'answer', ...query.data }
}

async function open(ref: ModelRef): Promise<OpenedModel> {
  const reading = await openSource(sourceOf(ref))
  if (reading.kind !== 'opened') throw new Error('a preset or a graph has no open sizes')
  return reading.model
}

function questionOf({ model, target, whatIf }: Pinned, opened: OpenedModel, ownResults: readonly OwnResult[]) {
  const preset = model.kind === 'preset' ? model.id : null
  const { summary, id: modelId } = opened
  return { summary, modelId, preset, device: target.device, choice: target, whatIf, ownResults }
}
