/** The typed client of the project's own API; a problem+json answer becomes a `ProblemError`. */
import { hc } from 'hono/client'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { type Problem, ProblemError, problem, problemCodes } from '../../../simulator/problem.ts'
import type { Report } from '../../../simulator/report/format.ts'
import type { Api } from '../../../worker/app.ts'
import type { DeviceSources } from '../../../worker/contract/device.ts'
import type { EdgeRun } from '../../../worker/contract/edge-run.ts'
import type { ValidationReport } from '../../../worker/contract/validation.ts'
import { countSent } from './sent-bytes.ts'

/** Every request of the portal goes through here, so that what leaves the tab is counted. */
const countingFetch: typeof fetch = async (input, init) => {
  if (typeof init?.body === 'string') countSent(new TextEncoder().encode(init.body).byteLength)
  try {
    return await fetch(input, init)
  } catch (error) {
    throw new ProblemError(
      problem('network-unreachable', 'Check the connection. Everything but publish and edge runs works without it.', {
        received: error instanceof Error ? error.message : String(error),
      }),
    )
  }
}

const api = hc<Api>(window.location.origin, { fetch: countingFetch })

/** Stores a report; its address is the hash of its bytes. What is sent are those bytes, numbers rounded as they are kept. */
export async function publishReport(report: Report): Promise<string> {
  const json = JSON.parse(canonicalJson(report)) as Report // canonical JSON of a report reads as the same report
  const response = await api.v1.reports.$post({ json })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()).hash
}

export async function fetchReport(hash: string): Promise<Report> {
  const response = await api.v1.reports[':hash'].$get({ param: { hash } })
  if (!response.ok) throw await problemOf(response)
  // The client types optional fields as `T | undefined`; JSON has no `undefined`, an optional field is just absent.
  return (await response.json()) as Report
}

/** Stores a graph summary; its id is the hash of the graph. */
export async function registerModel(summary: GraphSummary): Promise<string> {
  const response = await api.v1.models.$post({ json: { summary } })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()).id
}

export async function startEdgeRun(preset: string): Promise<string> {
  const response = await api.v1['edge-runs'].$post({ json: { model: `preset:${preset}`, precision: 'fp32' } })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()).id
}

export async function fetchEdgeRun(id: string): Promise<EdgeRun> {
  const response = await api.v1['edge-runs'][':id'].$get({ param: { id } })
  if (!response.ok) throw await problemOf(response)
  return response.json()
}

export async function fetchValidation(): Promise<ValidationReport> {
  const response = await api.v1.validation.$get()
  if (!response.ok) throw await problemOf(response)
  return response.json()
}

export async function fetchDeviceSources(id: string): Promise<DeviceSources> {
  const response = await api.v1.devices[':id'].sources.$get({ param: { id } })
  if (!response.ok) throw await problemOf(response)
  // As in `fetchReport`: an optional field is absent.
  return (await response.json()) as DeviceSources
}

/** A file of the portal itself; whoever asks knows its form from the build that wrote it. */
export async function fetchJson<File>(url: string): Promise<File> {
  const response = await countingFetch(url)
  if (!response.ok) throw await problemOf(response)
  return response.json()
}

async function problemOf(response: { readonly status: number; json(): Promise<unknown> }): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null)
  return new ProblemError(
    isProblem(body) ? body : problem('internal', 'Try again in a moment.', { received: String(response.status) }),
  )
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'fix' in body &&
    problemCodes.some((code) => code === body.code)
  )
}
