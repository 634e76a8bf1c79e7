/** Requests to the Worker under test, as a client on the internet would send them. */
import { exports } from 'cloudflare:workers'
import { type ProblemDetails, problemDetailsSchema } from '../../../worker/contract/problem.ts'

const origin = 'http://edgefit.test'

export function request(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(`${origin}${path}`, init)
}

export function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The problem of an error response; throws when the response is anything else. */
export async function problemOf(response: Response): Promise<ProblemDetails> {
  const type = response.headers.get('content-type')
  if (type !== 'application/problem+json') throw new Error(`${response.status} is ${type}, not a problem`)
  const details = problemDetailsSchema.parse(await response.json())
  if (details.status !== response.status) throw new Error(`problem says ${details.status}, HTTP ${response.status}`)
  return details
}
