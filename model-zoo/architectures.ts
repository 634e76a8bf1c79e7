/** Architecture ids of the presets, by which a user's own export of a network is recognised. */
import { architectureIdOf } from '../simulator/graph/architecture-id.ts'
import { bindShapes } from '../simulator/graph/infer.ts'
import { summarize } from '../simulator/graph/summarize.ts'
import { buildPreset, presets } from './index.ts'

/** Preset by architecture id, as JSON; of presets that share an architecture the first. Builds the whole zoo. */
export function architecturesText(): string {
  const byId = new Map<string, string>()
  for (const preset of presets.keys()) {
    const id = architectureIdOf(summarize(bindShapes(buildPreset(preset), {}), preset))
    if (!byId.has(id)) byId.set(id, preset)
  }
  return `${JSON.stringify(Object.fromEntries(byId), null, 1)}\n`
}
