/** Single keys act only outside fields: `/` goes to the model, `b` to the budget. */
import { useEffect } from 'react'

const targets: Readonly<Record<string, string>> = { '/': 'model', b: 'budget' }

export function useHotkeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      const name = targets[event.key]
      const element = name === undefined ? null : document.querySelector(`[data-hotkey="${name}"]`)
      if (!(element instanceof HTMLElement)) return
      event.preventDefault()
      element.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]')
}
