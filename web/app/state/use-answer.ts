import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import { useWorkspace } from './workspace.tsx'

/** Verdicts for the question of the workspace, once asked for; the old answer stays while the new one is computed. */
export function useAnswer() {
  const { model, budget, segments, ownResults, asked } = useWorkspace()
  return useQuery({
    queryKey: ['answer', model?.id, budget, segments, ownResults],
    queryFn: () => {
      if (model === null) throw new Error('no model')
      return modelService.answer(model.summary, budget, segments, ownResults)
    },
    enabled: asked && model !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
