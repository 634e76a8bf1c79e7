import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isSmallerOrNoStudent, type Trial } from '../../../simulator/decide/what-if/trial.ts'
import { modelService } from '../workers/model-client.ts'
import type { WorkbenchQuestion } from '../workers/workbench-question.ts'

export interface Tries {
  /** Fastest first, then what does nothing. */
  readonly trials: readonly Trial[]
  readonly done: number
  /** `null` until the list is known. */
  readonly all: number | null
}

/**
 * What may help on this target, tried one at a time: between two of them the worker answers a slider that moves.
 * The sliders themselves are not tried on; the target as it is chosen is.
 */
export function useTries(question: WorkbenchQuestion | null): Tries {
  const [progress, setProgress] = useState<{ done: number; all: number | null }>({ done: 0, all: null })
  const { modelId, device, choice } = question ?? {}
  const query = useQuery({
    queryKey: ['tries', modelId, device, choice, question?.whatIf.ratePerS, question?.ownResults],
    queryFn: async ({ signal }) => {
      if (question === null) throw new Error('no target')
      const changes = await modelService.proposals(question)
      setProgress({ done: 0, all: changes.length })
      const trials: Trial[] = []
      for (const change of changes) {
        if (signal.aborted) throw new Error('another target was chosen')
        trials.push(await modelService.tryChange(question, change))
        setProgress({ done: trials.length, all: changes.length })
      }
      return trials.filter(isSmallerOrNoStudent).toSorted((a, b) => gain(b) - gain(a))
    },
    enabled: question !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { trials: query.data ?? [], ...progress }
}

/** Of throughput, which counts latency and batches alike. */
function gain({ outcome }: Trial): number {
  return outcome?.deltas.throughputPerS?.share ?? Number.NEGATIVE_INFINITY
}
