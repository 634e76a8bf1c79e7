/**
 * The state of the portal in the URL fragment: `#v=3&s=<base64url(deflate-raw(canonical JSON))>`.
 *
 * Canonical = keys sorted, defaults left out. The fragment never reaches a server. An old version always opens:
 * a new one gets its own reader beside the old ones, never a change to them. The oldest version that can say it is
 * written, so that a link opens in as many edgefits as possible.
 */
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { fail } from '../../../simulator/problem.ts'
import { deflate, fromBase64Url, inflate, toBase64Url } from './compression.ts'
import { emptyState, type ModelRef, type PortalState } from './portal-state.ts'
import { readVersion1 } from './url-version-1.ts'
import { readVersion2 } from './url-version-2.ts'
import { readVersion3, views3 } from './url-version-3.ts'

const readers: Readonly<Record<string, (content: unknown) => Promise<PortalState>>> = {
  1: readVersion1,
  2: readVersion2,
  3: readVersion3,
}

/** A graph that compresses to more than this stays behind; the link then names its id and asks for the file. */
const maxGraphBytes = 6 * 1024

/** '' for the empty state, so that a bare address stays bare. */
export async function encodeState(state: PortalState, modelId: string | null): Promise<string> {
  const content = canonicalJson(withoutDefaults(state))
  if (content === '{}') return ''
  const bytes = await deflate(content)
  const smaller = bytes.byteLength > maxGraphBytes ? withoutGraphs(state, modelId) : null
  if (smaller !== null) return encodeState(smaller, null)
  return `v=${versionOf(state)}&s=${toBase64Url(bytes)}`
}

function versionOf({ whatIf, ownResults, view, pinned }: PortalState): number {
  const isNewView = views3.some((each) => each === view)
  if (pinned !== null || whatIf.endToEnd !== undefined || whatIf.stageMs !== undefined || isNewView) return 3
  return Object.keys(whatIf).length + ownResults.length === 0 && view === null ? 1 : 2
}

/** Graphs become the ids that a file is asked for by; `null` = there are none, or their id is not known. */
function withoutGraphs(state: PortalState, modelId: string | null): PortalState | null {
  const { model, pinned } = state
  const isModel = model?.kind === 'summary' && modelId !== null
  const isPinned = pinned?.model.kind === 'summary'
  if (!isModel && !isPinned) return null
  return {
    ...state,
    model: isModel ? fileOf(modelId, model.summary) : model,
    pinned: isPinned ? { ...pinned, model: fileOf(pinned.modelId, pinned.model.summary) } : pinned,
  }
}

function fileOf(modelId: string, { name }: GraphSummary): ModelRef {
  return { kind: 'file', modelId, name }
}

/** Reads a fragment with or without its `#`. Rejects with `ProblemError` `invalid-field` when the link was cut or changed. */
export async function decodeState(fragment: string): Promise<PortalState> {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''))
  const version = parameters.get('v')
  const packed = parameters.get('s')
  if (version === null && packed === null) return emptyState
  const read = version === null ? undefined : readers[version]
  if (read === undefined || packed === null) {
    throw fail('invalid-field', 'This link was made by a newer edgefit, or it was cut. Ask for it again.', {
      where: 'link',
      expected: `v=${Object.keys(readers).join(' or v=')}`,
      received: `v=${version ?? ''}`,
    })
  }
  return read(await unpack(packed))
}

async function unpack(packed: string): Promise<unknown> {
  try {
    return JSON.parse(await inflate(fromBase64Url(packed)))
  } catch {
    throw fail('invalid-field', 'The link is damaged, most likely cut off. Copy it again as a whole.', {
      where: 'link',
    })
  }
}

function withoutDefaults({ pinned, ...state }: PortalState): Record<string, unknown> {
  const { model } = state
  return {
    ...withoutEmpty(state),
    ...(pinned === null
      ? {}
      : { pinned: withoutEmpty({ ...pinned, model: isSame(pinned.model, model) ? null : pinned.model }) }),
  }
}

function withoutEmpty(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && Object.keys(value).length > 0),
  )
}

function isSame(one: ModelRef, other: ModelRef | null): boolean {
  return other !== null && canonicalJson(one) === canonicalJson(other)
}
