import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import { modelService } from '../workers/model-client.ts'
import type { ModelChoice } from '../workers/model-service.ts'
import { useWorkspace } from './workspace.tsx'

/** In addresses: the model that is open in this tab, whatever its name. */
export const ownModel = 'own'

/** A preset id, or the model open in this tab; `null` = none is open. */
export function useModelChoice(id: string | undefined, precision: PrecisionId | undefined): ModelChoice | null {
  const { source, model } = useWorkspace()
  if (id === undefined) return null
  if (id !== ownModel) return { model: { kind: 'preset', id }, precision: precision ?? null }
  if (model === null) return null
  const opened =
    source?.kind === 'preset'
      ? ({ kind: 'preset', id: source.id } as const)
      : ({ kind: 'opened', modelId: model.id, name: model.name } as const)
  return { model: opened, precision: precision ?? null }
}

/** The old detail stays while the precision changes. */
export function useModelDetail(choice: ModelChoice | null) {
  return useQuery({
    queryKey: ['model-detail', choice],
    queryFn: () => {
      if (choice === null) throw new Error('no model chosen')
      return modelService.inspect(choice)
    },
    enabled: choice !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useModelDiff(before: ModelChoice | null, after: ModelChoice | null) {
  return useQuery({
    queryKey: ['model-diff', before, after],
    queryFn: () => {
      if (before === null || after === null) throw new Error('two models')
      return modelService.diff(before, after)
    },
    enabled: before !== null && after !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
