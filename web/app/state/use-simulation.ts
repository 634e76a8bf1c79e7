import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'
import { useWorkspace } from './workspace.tsx'

/** What the workbench asks; `null` until there is a model and a device. */
export function useWorkbenchQuestion(device: string | null): WorkbenchQuestion | null {
  const { model, source, target, whatIf } = useWorkspace()
  if (model === null || device === null) return null
  const preset = source?.kind === 'preset' ? source.id : null
  return { summary: model.summary, modelId: model.id, preset, device, choice: target, whatIf }
}

/** The model on one target in full; the old result stays while a control moves. */
export function useSimulation(question: WorkbenchQuestion | null) {
  return useQuery({
    queryKey: ['simulation', question?.modelId, question?.device, question?.choice, question?.whatIf],
    queryFn: () => {
      if (question === null) throw new Error('no target')
      return modelService.workbench(question)
    },
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // A slider leaves an answer with every step.
    gcTime: 10_000,
  })
}
