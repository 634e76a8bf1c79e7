/**
 * `virtual:overview`: what the first screen says about catalog and presets, worked out at build time.
 * The catalog and the simulator themselves load with the first question, not with the page.
 */
import type { Plugin } from 'vite'
import { catalog, catalogVersion } from '../device-catalog/index.ts'
import { presets } from '../model-zoo/index.ts'
import { engineVersion } from '../simulator/version.gen.ts'
import { familyOf } from './app/answer/family.ts'

const name = 'virtual:overview'
const resolvedName = `\0${name}`

export function overviewPlugin(): Plugin {
  return {
    name: 'edgefit-overview',
    resolveId: (id) => (id === name ? resolvedName : undefined),
    load: (id) => (id === resolvedName ? `export const overview = ${JSON.stringify(overview())}` : undefined),
  }
}

function overview() {
  const places = new Map<string, { segment: string; family: string; devices: number }>()
  for (const device of catalog) {
    const place = places.get(device.segment) ?? { segment: device.segment, family: familyOf(device), devices: 0 }
    place.devices += 1
    places.set(device.segment, place)
  }
  return { engineVersion, catalogVersion, presets: [...presets.keys()], places: [...places.values()] }
}
