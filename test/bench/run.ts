/** `npm run bench [suite …]`: every speed claim of the project, measured here and now. */
import { benchAnalyse } from './analyse.ts'
import { benchEdge } from './edge.ts'
import { benchExact } from './exact.ts'
import { benchMemory } from './memory.ts'
import { benchParse } from './parse.ts'
import { benchPortal } from './portal.ts'
import { benchPredict } from './predict.ts'
import { benchSimulate } from './simulate.ts'
import { benchWorkerd } from './workerd.ts'

interface Reading {
  readonly name: string
  readonly value: number
  readonly unit: string
}

const suites: Record<string, () => Promise<Reading[]>> = {
  // First, since it measures code that has not run yet.
  analyse: benchAnalyse,
  parse: benchParse,
  simulate: benchSimulate,
  exact: benchExact,
  workerd: benchWorkerd,
  memory: benchMemory,
  predict: benchPredict,
  portal: benchPortal,
  edge: benchEdge,
}

const wanted = process.argv.slice(2)
for (const name of wanted) {
  if (!(name in suites)) {
    console.error(`No bench "${name}". There are: ${Object.keys(suites).join(', ')}.`)
    process.exit(3)
  }
}

for (const [name, measure] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const reading of await measure()) {
    console.log(`${reading.name.padEnd(72)} ${reading.value.toPrecision(4).padStart(10)} ${reading.unit}`)
  }
}
