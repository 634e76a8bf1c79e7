import { useQuery } from '@tanstack/react-query'
import { modelService } from '../workers/model-client.ts'
import type { KernelGraph, WorkbenchQuestion } from '../workers/workbench-question.ts'

/** Sliders that change times only leave it as it is; `undefined` until it is drawn up. */
export function useKernelGraph(question: WorkbenchQuestion | null): KernelGraph | undefined {
  const { width, resolution, prune } = question?.whatIf ?? {}
  return useQuery({
    queryKey: ['kernel-graph', question?.modelId, question?.device, question?.choice, width, resolution, prune],
    queryFn: () => {
      if (question === null) throw new Error('no target')
      return modelService.kernelGraph(question)
    },
    enabled: question !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  }).data
}
