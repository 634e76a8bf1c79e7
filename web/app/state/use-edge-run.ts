import { useMutation, useQuery } from '@tanstack/react-query'
import { fetchEdgeRun, startEdgeRun } from '../api/client.ts'

/** How often a run is asked for its state, ms. */
const pollMs = 700

/** A real inference at the edge: started on request, then followed until it ends. Each preset has its own. */
export function useEdgeRun(preset: string | null) {
  const start = useMutation({ mutationFn: startEdgeRun, mutationKey: ['edge-run', preset] })
  const id = start.variables === preset ? (start.data ?? null) : null
  const run = useQuery({
    queryKey: ['edge-run', id],
    queryFn: () => (id === null ? null : fetchEdgeRun(id)),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.status === 'done' || state.data?.status === 'failed' ? false : pollMs),
  })
  const working = start.isPending || run.data?.status === 'queued' || run.data?.status === 'running'
  return {
    run: run.data ?? null,
    error: start.error ?? run.error,
    working,
    begin: () => {
      if (preset !== null) start.mutate(preset)
    },
  }
}
