/** Version 1 of the link. Fixed forever: links made today open in every later edgefit. */
import { type Budget, type LimitName, limitNames } from '../../../simulator/decide/budget.ts'
import { segments } from '../../../simulator/hardware/device.ts'
import { fail } from '../../../simulator/problem.ts'
import { parseSummary } from './parse-summary.ts'
import { emptyState, type ModelRef, type PlaceChoice, type PortalState, type TargetChoice } from './portal-state.ts'

/** Checks every field by hand: a link may come from anyone. Rejects with `ProblemError` `invalid-field` and the field's path. */
export async function readVersion1(content: unknown): Promise<PortalState> {
  const fields = record(content, 'link')
  return {
    model: fields.model === undefined ? emptyState.model : await readModel(record(fields.model, 'model')),
    budget: fields.budget === undefined ? emptyState.budget : readBudget(record(fields.budget, 'budget')),
    segments: fields.segments === undefined ? emptyState.segments : readSegments(fields.segments),
    target: fields.target === undefined ? emptyState.target : readTarget(record(fields.target, 'target')),
    network: fields.network === undefined ? emptyState.network : text(fields.network, 'network'),
    places: fields.places === undefined ? emptyState.places : readPlaces(record(fields.places, 'places')),
    whatIf: emptyState.whatIf,
    view: emptyState.view,
    ownResults: emptyState.ownResults,
    pinned: emptyState.pinned,
  }
}

export async function readModel(fields: Record<string, unknown>): Promise<ModelRef> {
  switch (fields.kind) {
    case 'preset':
      return { kind: 'preset', id: text(fields.id, 'model.id') }
    case 'summary':
      return { kind: 'summary', summary: await parseSummary(fields.summary) }
    case 'file':
      return { kind: 'file', modelId: text(fields.modelId, 'model.modelId'), name: text(fields.name, 'model.name') }
    default:
      throw damaged('model.kind', 'preset, summary or file', fields.kind)
  }
}

function readBudget(fields: Record<string, unknown>): Budget {
  const budget: Partial<Record<LimitName, number>> = {}
  for (const name of limitNames) {
    const value = fields[name]
    if (value !== undefined) budget[name] = positive(value, `budget.${name}`)
  }
  return budget
}

function readSegments(value: unknown): PortalState['segments'] {
  if (!Array.isArray(value)) throw damaged('segments', 'a list', value)
  return value.map((item) => {
    const segment = segments.find((candidate) => candidate === item)
    if (segment === undefined) throw damaged('segments', segments.join(', '), item)
    return segment
  })
}

export function readTarget(fields: Record<string, unknown>, where = 'target'): TargetChoice {
  const names = ['device', 'unit', 'runtime', 'precision', 'powerMode'] as const
  const choice: { -readonly [Key in keyof TargetChoice]: TargetChoice[Key] } = {}
  for (const name of names) {
    const value = fields[name]
    if (value !== undefined) choice[name] = text(value, `${where}.${name}`)
  }
  if (fields.batch !== undefined) choice.batch = positive(fields.batch, `${where}.batch`)
  return choice
}

function readPlaces(fields: Record<string, unknown>): PlaceChoice {
  const choice: { -readonly [Key in keyof PlaceChoice]: PlaceChoice[Key] } = {}
  for (const name of ['browser', 'worker', 'cloud'] as const) {
    const value = fields[name]
    if (value !== undefined) choice[name] = text(value, `places.${name}`)
  }
  return choice
}

export function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged(where, 'an object', value)
  return value as Record<string, unknown> // an object that is no array; its fields stay unknown
}

export function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.length > 300) throw damaged(where, 'a short text', value)
  return value
}

export function positive(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value > 0)) throw damaged(where, 'a number above zero', value)
  return value
}

export function damaged(where: string, expected: string, received: unknown) {
  return fail('invalid-field', 'The link is damaged. Ask for it again, or start afresh.', {
    where,
    expected,
    received: String(received).slice(0, 80),
  })
}
