import { Outlet, useRouteContext } from '@tanstack/react-router'
import { Footer } from './components/footer.tsx'
import { Header } from './components/header.tsx'
import { ProblemNotice } from './components/problem-notice.tsx'
import { useText } from './i18n/use-text.ts'
import { WorkspaceProvider } from './state/workspace.tsx'

export function Shell() {
  const { initial, linkProblem } = useRouteContext({ from: '__root__' })
  const text = useText()
  return (
    <WorkspaceProvider initial={initial}>
      {/* A button, because the fragment carries the question and a jump would overwrite it. */}
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {text.nav.skip}
      </button>
      <Header />
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {linkProblem && (
          <div className="page pt-6">
            <ProblemNotice problem={linkProblem} />
          </div>
        )}
        <Outlet />
      </main>
      <Footer />
    </WorkspaceProvider>
  )
}
