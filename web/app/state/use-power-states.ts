import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import type { PowerStates } from '../workers/power-states.ts'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'
import { useWorkspace } from './workspace.tsx'

/** Asked for only while somebody looks at it: it is thirty simulations and more. */
export function usePowerStates(question: WorkbenchQuestion | null): PowerStates | undefined {
  const { budget } = useWorkspace()
  return useQuery({
    queryKey: [
      'power-states',
      question?.modelId,
      question?.device,
      question?.choice,
      question?.whatIf,
      question?.ownResults,
      budget,
    ],
    queryFn: () => {
      if (question === null) throw new Error('no target')
      return modelService.powerStates(question, budget)
    },
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  }).data
}
