/** `virtual:measure-tools`: how latencies are measured, by runtime, without the rest of the catalog. */
import type { Plugin } from 'vite'
import { measureTools } from '../device-catalog/runtimes/measure-tools.ts'

const name = 'virtual:measure-tools'
const resolvedName = `\0${name}`

export function measureToolsPlugin(): Plugin {
  return {
    name: 'edgefit-measure-tools',
    resolveId: (id) => (id === name ? resolvedName : undefined),
    load: (id) => (id === resolvedName ? `export const measureTools = ${JSON.stringify(measureTools)}` : undefined),
  }
}
