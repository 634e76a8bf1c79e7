import type { ApiField, ApiOperation as Operation } from '../api/open-api.ts'
import { useText } from '../i18n/use-text.ts'

/** One operation: what it does, what it takes, how to call it from a shell. */
export function ApiOperation({ operation }: { operation: Operation }) {
  const text = useText().api
  const { id, method, path, summary, parameters, body, responses } = operation
  return (
    <section className="section mt-9" aria-labelledby={id}>
      <h2 id={id}>
        <span className="mono">
          {method} {path}
        </span>
      </h2>
      <p className="text-ink2">{summary}</p>
      {parameters.length > 0 && <Fields title={text.parameters} fields={parameters} />}
      {body.length > 0 && <Fields title={text.body} fields={body} />}
      <h3 className="mt-3">{text.responses}</h3>
      <ul className="text-dense">
        {responses.map(({ status, description }) => (
          <li key={status} className="flex gap-3">
            <span className="mono w-8">{status}</span>
            <span className="text-ink2">{description}</span>
          </li>
        ))}
      </ul>
      <h3 className="mt-3">{text.tryIt}</h3>
      <pre className="code mt-1">{shellCommand(operation)}</pre>
    </section>
  )
}

function Fields({ title, fields }: { title: string; fields: readonly ApiField[] }) {
  const text = useText().api
  return (
    <>
      <h3 className="mt-3">{title}</h3>
      <table>
        <tbody>
          {fields.map((field) => (
            <tr key={field.path}>
              <th scope="row" className="mono !font-normal">
                {field.path}
                {field.required && <span className="ml-2 font-sans text-label text-ink3">{text.required}</span>}
              </th>
              <td className="mono text-ink2 [overflow-wrap:anywhere]">{field.type}</td>
              <td className="text-note text-ink2">{field.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The longest example that is shown in full. */
const longestExample = 600

function shellCommand({ method, path, example }: Operation): string {
  const address = `${window.location.origin}${path}`
  if (example === null) return `curl -s ${method === 'GET' ? '' : `-X ${method} `}'${address}'`
  const body = JSON.stringify(example)
  const shown = body.length > longestExample ? '@body.json' : body.replaceAll("'", "'\\''")
  return `curl -s '${address}' -H 'content-type: application/json' \\\n  -d '${shown}'`
}
