/**
 * Version 3 of the link: version 2, two more views of the workbench, what the application does around the network, and a
 * pinned question. Fixed forever, as every version.
 */
import type { StageId } from '../../../simulator/placement/stages.ts'
import type { ModelRef, Pinned, PortalState, StageTimes, WhatIfChoice, WorkbenchView } from './portal-state.ts'
import { damaged, readModel, readTarget, record, text } from './url-version-1.ts'
import { readVersion2, readWhatIf } from './url-version-2.ts'

/** What version 2 cannot say. */
export const views3 = ['graph', 'verify'] as const satisfies readonly WorkbenchView[]

const stages = [
  'decode-jpeg',
  'convert-colour',
  'resize',
  'normalise',
  'decode-boxes',
  'nms',
  'softmax',
  'argmax',
] as const satisfies readonly StageId[]

/** Rejects with `ProblemError` `invalid-field` and the field's path. */
export async function readVersion3(content: unknown): Promise<PortalState> {
  const { pinned, view, ...fields } = record(content, 'link')
  const newView = views3.find((candidate) => candidate === view)
  const older = await readVersion2(newView === undefined ? { ...fields, view } : fields)
  return {
    ...older,
    whatIf: fields.whatIf === undefined ? {} : readWhatIf3(record(fields.whatIf, 'whatIf'), 'whatIf'),
    view: newView ?? older.view,
    pinned: pinned === undefined ? null : await readPinned(record(pinned, 'pinned'), older.model),
  }
}

function readWhatIf3(fields: Record<string, unknown>, where: string): WhatIfChoice {
  const { endToEnd, stageMs } = fields
  if (endToEnd !== undefined && endToEnd !== true) throw damaged(`${where}.endToEnd`, 'true', endToEnd)
  return {
    ...readWhatIf(fields, where),
    ...(endToEnd === undefined ? {} : { endToEnd }),
    ...(stageMs === undefined ? {} : { stageMs: readStages(record(stageMs, `${where}.stageMs`), where) }),
  }
}

function readStages(fields: Record<string, unknown>, where: string): StageTimes {
  const times: { [Stage in StageId]?: number } = {}
  for (const [name, value] of Object.entries(fields)) {
    const stage = stages.find((candidate) => candidate === name)
    if (stage === undefined) throw damaged(`${where}.stageMs`, stages.join(', '), name)
    if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value)) {
      throw damaged(`${where}.stageMs.${stage}`, 'a time', value)
    }
    times[stage] = value
  }
  return times
}

/** Its model is left out where it is the model of the link. */
async function readPinned(fields: Record<string, unknown>, linked: ModelRef | null): Promise<Pinned> {
  const model = fields.model === undefined ? linked : await readModel(record(fields.model, 'pinned.model'))
  if (model === null) throw damaged('pinned.model', 'a model', fields.model)
  const target = record(fields.target, 'pinned.target')
  return {
    modelId: text(fields.modelId, 'pinned.modelId'),
    model,
    target: { ...readTarget(target, 'pinned.target'), device: text(target.device, 'pinned.target.device') },
    whatIf: fields.whatIf === undefined ? {} : readWhatIf3(record(fields.whatIf, 'pinned.whatIf'), 'pinned.whatIf'),
  }
}
