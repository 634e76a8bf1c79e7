import { useRef } from 'react'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** Opens the file dialog; the field behind it takes the same files for scripts and assistive tools. */
export function FileButton({ className }: { className: string }) {
  const text = useText().ask
  const { openFiles } = useWorkspace()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className={className} onClick={() => picker.current?.click()}>
        {text.choose}
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        aria-label={text.modelFile}
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          if (files.length > 0) openFiles(files)
          // The same file may be chosen again after it was exported anew.
          event.target.value = ''
        }}
      />
    </>
  )
}
