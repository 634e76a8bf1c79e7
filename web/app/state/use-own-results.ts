import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import type { OwnResultCheck } from '../workers/own-results.ts'
import { useWorkspace } from './workspace.tsx'

/** Which of the visitor's results count, in their order; empty until it is known. */
export function useOwnResultChecks(): readonly OwnResultCheck[] {
  const { model, ownResults } = useWorkspace()
  const query = useQuery({
    queryKey: ['own-results', model?.id, ownResults],
    queryFn: () => {
      if (model === null) throw new Error('no model')
      return modelService.checkOwnResults(model.summary, ownResults)
    },
    enabled: model !== null && ownResults.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  // While the list changes, the old checks belong to other results.
  return query.isPlaceholderData ? [] : (query.data ?? [])
}
