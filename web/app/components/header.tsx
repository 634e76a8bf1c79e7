import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useText } from '../i18n/use-text.ts'
import { paceOf, withPace } from '../state/budget-field.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { Logo } from './logo.tsx'
import { ProgressLine } from './progress-line.tsx'
import { Segments } from './segments.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import { WeightsSent } from './weights-sent.tsx'

export function Header() {
  const text = useText()
  const [open, setOpen] = useState(false)
  const path = useLocation({ select: ({ pathname }) => pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes.
  useEffect(() => setOpen(false), [path])
  const online = useOnline()
  const { budget, setBudget } = useWorkspace()
  const pages = [
    ['/', text.nav.fit],
    ['/devices', text.nav.devices],
    ['/models', text.models.nav],
    ['/sim', text.nav.workbench],
    ['/edge-cloud', text.nav.edgeCloud],
    ['/validation', text.accuracy.nav],
    ['/docs/api', text.nav.api],
    ['/docs/method', text.nav.method],
  ] as const
  return (
    <header className="top">
      <div className="page">
        <Link to="/" hash className="brand">
          <Logo />
          {text.brand}
        </Link>
        <nav className="main-nav" aria-label={text.nav.label} id="main-nav" data-open={open}>
          {pages.map(([to, name]) => (
            <Link key={to} to={to} hash activeOptions={{ exact: true, includeHash: false }}>
              {name}
            </Link>
          ))}
        </nav>
        <div className="tools">
          {!online && <span>{text.header.offline}</span>}
          <WeightsSent />
          <span className="max-[860px]:hidden">
            <Segments
              name="pace"
              label={text.header.pace}
              options={[
                { value: 'latency', label: text.header.latency },
                { value: 'throughput', label: text.header.throughput },
              ]}
              value={paceOf(budget)}
              onChange={(pace) => setBudget(withPace(budget, pace))}
            />
          </span>
          <ThemeToggle />
          <button
            type="button"
            className="icon-button menu-button"
            aria-label={text.nav.menu}
            aria-expanded={open}
            aria-controls="main-nav"
            onClick={() => setOpen(!open)}
          >
            <svg width="16" height="16" viewBox="0 0 16 16" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
              <path d="M1 4h14M1 8h14M1 12h14" />
            </svg>
          </button>
        </div>
      </div>
      <ProgressLine />
    </header>
  )
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener)
      window.addEventListener('offline', listener)
      return () => {
        window.removeEventListener('online', listener)
        window.removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
  )
}
