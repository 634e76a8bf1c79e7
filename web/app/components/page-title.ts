import { useEffect } from 'react'
import { useText } from '../i18n/use-text.ts'

/** Names the page in the tab and for screen readers. */
export function usePageTitle(title: string): void {
  const { brand } = useText()
  useEffect(() => {
    document.title = `${title} · ${brand}`
  }, [title, brand])
}
