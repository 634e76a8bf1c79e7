import { useEffect } from 'react'
import { useWorkspace } from './workspace.tsx'

/** Fields that are typed in have an undo of their own. */
const typed = 'textarea, [contenteditable], input:not([type=range], [type=radio], [type=checkbox])'

/** Ctrl Z, or ⌘ Z, takes back the last control of the workbench that was moved. */
export function useUndoKey(): void {
  const { undo } = useWorkspace()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo =
        event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      if (!isUndo || undo === null || (event.target instanceof HTMLElement && event.target.matches(typed))) return
      event.preventDefault()
      undo()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [undo])
}
