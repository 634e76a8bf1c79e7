import { Link } from '@tanstack/react-router'
import { usePageTitle } from '../components/page-title.ts'
import { useText } from '../i18n/use-text.ts'

export function NotFound() {
  const text = useText().notFound
  usePageTitle(text.title)
  return (
    <div className="reading py-14">
      <h1>{text.title}</h1>
      <p className="mt-3">
        <Link to="/">{text.home}</Link>
      </p>
    </div>
  )
}
