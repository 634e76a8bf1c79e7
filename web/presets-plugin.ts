/** `virtual:presets`: every preset with its counts, worked out at build time and loaded with the page that lists them. */
import type { Plugin } from 'vite'
import { buildPreset, presets } from '../model-zoo/index.ts'
import { isDoneBefore } from '../simulator/graph/bound.ts'
import { inferShapes } from '../simulator/graph/infer.ts'
import { countParameters } from '../simulator/graph/parameters.ts'
import type { PresetRow } from './app/answer/model-list.ts'

const name = 'virtual:presets'
const resolvedName = `\0${name}`

export function presetsPlugin(): Plugin {
  return {
    name: 'edgefit-presets',
    resolveId: (id) => (id === name ? resolvedName : undefined),
    load: (id) => (id === resolvedName ? `export const presets = ${JSON.stringify(rows())}` : undefined),
  }
}

function rows(): PresetRow[] {
  return [...presets].map(([id, { family, task, inputShape, citation }]) => {
    const bound = inferShapes(buildPreset(id), {})
    const macs = bound.nodes.filter((node) => !isDoneBefore(node)).map(({ work }) => work.macs)
    return {
      id,
      family,
      task,
      inputShape,
      citation,
      parameters: countParameters(bound),
      macs: macs.includes(null) ? null : macs.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    }
  })
}
