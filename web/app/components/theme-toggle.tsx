import { useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { storedTheme, storeTheme, themes } from '../state/theme.ts'

/** System → light → dark → system. */
export function ThemeToggle() {
  const text = useText().header
  const [theme, setTheme] = useState(storedTheme)
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={text.theme[theme]}
      title={text.theme[theme]}
      onClick={() => {
        const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
        storeTheme(next)
        setTheme(next)
      }}
    >
      <svg width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" fill={theme === 'dark' ? 'currentColor' : 'none'} />
        {theme === 'system' && <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" stroke="none" />}
      </svg>
    </button>
  )
}
