import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import { useWorkspace } from './workspace.tsx'

/** The model on one target in full; the old result stays while a control moves. */
export function useSimulation(device: string | null) {
  const { model, target } = useWorkspace()
  return useQuery({
    queryKey: ['simulation', model?.id, device, target],
    queryFn: () => {
      if (model === null || device === null) throw new Error('no target')
      return modelService.simulate(model.summary, device, target)
    },
    enabled: model !== null && device !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
