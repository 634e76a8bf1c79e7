/**
 * `npm run fuzz -- [--cases N] [--seed N] [--first N]`: mutated files of every format through the whole pipeline, a
 * million by default. The first failure ends the run and is told by seed and case number; `--first` repeats it.
 */
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz/run.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
  },
})
const [cases, seed, first] = [values.cases, values.seed, values.first].map((text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`not a whole number: ${text}`)
  return value
})
if (cases === undefined || seed === undefined || first === undefined) throw new Error('a number is missing')

const startMs = performance.now()
let shownMs = startMs
const seconds = () => (performance.now() - startMs) / 1000
const report = await fuzz({
  seed,
  first,
  cases,
  largestBytes: 4e6,
  onProgress(done) {
    if (performance.now() - shownMs < 10_000) return
    shownMs = performance.now()
    console.log(`${done} of ${cases} cases, ${Math.round(done / seconds())} a second`)
  },
})
if (report.failure === null) {
  const { read, refused, slowestS, slowestCase, keptBytesPerThousand, dismissed } = report
  console.log(
    `${cases} cases of seed ${seed} in ${seconds().toFixed(0)} s: ${read} read, ${refused} refused with a typed problem; ` +
      `slowest ${slowestS.toFixed(2)} s (case ${slowestCase}); ${dismissed} run again alone; ` +
      `${keptBytesPerThousand?.toFixed(0) ?? 'unknown'} bytes stay alive from a thousand cases`,
  )
} else {
  const { from, what } = report.failure
  console.error(`case ${report.failure.case} of seed ${seed}, made from ${from}: ${what}`)
  console.error(`repeat it with: npm run fuzz -- --seed ${seed} --first ${report.failure.case} --cases 1`)
  process.exitCode = 1
}
