import { useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import type { RunnableUnit } from '../workers/runnable.ts'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'

/** Which runtimes of the device execute the network; `undefined` until that is known. */
export function useRunnable(question: WorkbenchQuestion | null): readonly RunnableUnit[] | undefined {
  return useQuery({
    queryKey: ['runnable', question?.modelId, question?.device],
    queryFn: () => {
      if (question === null) throw new Error('no target')
      // Whatever is chosen: a choice that does not exist is refused elsewhere.
      return modelService.runnable({ ...question, choice: {}, whatIf: {} })
    },
    enabled: question !== null,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}
