import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { modelService } from '../workers/model-client.ts'
import { newestOnly } from '../workers/newest-only.ts'
import type { WorkbenchAnswer, WorkbenchQuestion } from '../workers/workbench-question.ts'
import { useWorkspace } from './workspace.tsx'

const ask = newestOnly((question: WorkbenchQuestion) => modelService.workbench(question))

/** What the workbench asks; `null` until there is a model and a device. */
export function useWorkbenchQuestion(device: string | null): WorkbenchQuestion | null {
  const { model, source, target, whatIf, ownResults } = useWorkspace()
  if (model === null || device === null) return null
  const preset = source?.kind === 'preset' ? source.id : null
  return { summary: model.summary, modelId: model.id, preset, device, choice: target, whatIf, ownResults }
}

/** The model on one target in full; while a control moves, the newest answer that has arrived. */
export function useSimulation(question: WorkbenchQuestion | null) {
  const arrived = useRef<WorkbenchAnswer>(undefined)
  return useQuery({
    queryKey: [
      'simulation',
      question?.modelId,
      question?.device,
      question?.choice,
      question?.whatIf,
      question?.ownResults,
    ],
    queryFn: async () => {
      if (question === null) throw new Error('no target')
      arrived.current = await ask(question)
      return arrived.current
    },
    enabled: question !== null,
    placeholderData: () => arrived.current,
    staleTime: Number.POSITIVE_INFINITY,
    // A slider leaves an answer with every step.
    gcTime: 10_000,
  })
}
