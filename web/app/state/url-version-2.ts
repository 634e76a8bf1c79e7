/**
 * Version 2 of the link: version 1, the sliders and the view of the workbench, and results that the visitor measured.
 * Fixed forever, as every version.
 */
import {
  maxOwnResults,
  type OwnResult,
  type PortalState,
  type WhatIfChoice,
  type WorkbenchView,
} from './portal-state.ts'
import { damaged, positive, readTarget, readVersion1, record, text } from './url-version-1.ts'

/** The views that there were. */
const views = [
  'overview',
  'timeline',
  'roofline',
  'memory',
  'energy',
  'heat',
  'battery',
  'tries',
  'basis',
] as const satisfies readonly WorkbenchView[]

/** Rejects with `ProblemError` `invalid-field` and the field's path. */
export async function readVersion2(content: unknown): Promise<PortalState> {
  const fields = record(content, 'link')
  const whatIf = fields.whatIf === undefined ? {} : readWhatIf(record(fields.whatIf, 'whatIf'))
  return {
    ...(await readVersion1(content)),
    whatIf,
    view: fields.view === undefined ? null : readView(fields.view),
    ownResults: fields.ownResults === undefined ? [] : readOwnResults(fields.ownResults),
  }
}

export function readWhatIf(fields: Record<string, unknown>, where = 'whatIf'): WhatIfChoice {
  const choice: { -readonly [Key in keyof WhatIfChoice]: WhatIfChoice[Key] } = {}
  for (const name of ['width', 'resolution', 'prune', 'clock', 'bandwidth', 'ratePerS'] as const) {
    const value = fields[name]
    if (value !== undefined) choice[name] = positive(value, `${where}.${name}`)
  }
  const { ambientC, battery } = fields
  if (ambientC !== undefined) {
    if (typeof ambientC !== 'number' || !Number.isFinite(ambientC)) {
      throw damaged(`${where}.ambientC`, 'a temperature', ambientC)
    }
    choice.ambientC = ambientC
  }
  if (battery !== undefined) choice.battery = text(battery, `${where}.battery`)
  return choice
}

function readView(value: unknown): WorkbenchView {
  const view = views.find((candidate) => candidate === value)
  if (view === undefined) throw damaged('view', views.join(', '), value)
  return view
}

function readOwnResults(value: unknown): readonly OwnResult[] {
  if (!Array.isArray(value) || value.length > maxOwnResults) {
    throw damaged('ownResults', `a list of at most ${maxOwnResults}`, value)
  }
  return value.map((item, index) => {
    const where = `ownResults[${index}]`
    const fields = record(item, where)
    return {
      ...readTarget(fields, where),
      modelId: text(fields.modelId, `${where}.modelId`),
      preset: fields.preset === null ? null : text(fields.preset, `${where}.preset`),
      device: text(fields.device, `${where}.device`),
      latencyMs: positive(fields.latencyMs, `${where}.latencyMs`),
    }
  })
}
