import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError } from '../../simulator/problem.ts'
import { makeRouter } from './router.tsx'
import { emptyState } from './state/portal-state.ts'
import { applyTheme, storedTheme } from './state/theme.ts'
import { decodeState } from './state/url-state.ts'
import { asProblem, Cancelled } from './workers/rpc.ts'
import './styles.css'

applyTheme(storedTheme())

const queries = new QueryClient({
  defaultOptions: {
    // A problem is an answer: asking again gives the same one; what was ended is not wanted any more.
    queries: {
      retry: (count, error) => !(error instanceof ProblemError || error instanceof Cancelled) && count < 2,
      refetchOnWindowFocus: false,
    },
  },
})

const opened = await decodeState(window.location.hash).then(
  (state) => ({ state, problem: null }),
  (error: unknown) => ({ state: emptyState, problem: asProblem(error) }),
)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={makeRouter(opened.state, opened.problem)} />
    </QueryClientProvider>
  </StrictMode>,
)
