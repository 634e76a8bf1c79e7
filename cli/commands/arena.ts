/** `edgefit arena`: offsets of buffers that share one memory, by the planner asked for. */
import { type ArenaBuffer, type ArenaPlanner, arenaBytes, arenaLowerBound } from '../../simulator/cost/arena.ts'
import { planAsTflm, planByBreadth, planBySize, planInTimeOrder } from '../../simulator/cost/arena-greedy.ts'
import { fail } from '../../simulator/problem.ts'
import { csvText } from '../../simulator/report/csv.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { type NamedRow, readNamedRows } from '../named-rows.ts'
import { tableLines } from '../output/table.ts'
import { parseFile } from '../text-file.ts'
import { writeFileWhole } from '../write-file.ts'

/** `null` = the bound alone: it has no offsets. */
const planners: Readonly<Record<string, ArenaPlanner | null>> = {
  tflm: planAsTflm,
  'greedy-size': planBySize,
  'greedy-breadth': planByBreadth,
  'first-fit': planInTimeOrder,
  'lower-bound': null,
}
const names = Object.keys(planners).join('|')

interface Buffer extends ArenaBuffer {
  readonly instance: string
  /** Place in the input, from 0; planners that break ties by age go by the number of the buffer. */
  readonly row: number
  readonly number: number
}

export const arena = defineCommand({
  name: 'arena',
  usage: `--buffers IN.csv --planner ${names} --out OUT.csv`,
  summary: 'Plan the offsets of buffers in one memory arena, and compare its size with the peak of live bytes.',
  options: { buffers: { type: 'string' }, planner: { type: 'string' }, out: { type: 'string' } },
  positionals: [],
  async run({ buffers: input, planner: name, out }, _, terminal) {
    if (input === undefined || name === undefined || out === undefined) {
      throw fail('invalid-usage', `Give --buffers IN.csv --planner ${names} --out OUT.csv.`, {
        where: input === undefined ? '--buffers' : name === undefined ? '--planner' : '--out',
      })
    }
    const planner = Object.hasOwn(planners, name) ? planners[name] : undefined
    if (planner === undefined) {
      throw fail('invalid-usage', `Give --planner one of ${names}.`, { where: '--planner', received: name })
    }
    const { header, rows, instances } = await parseFile(input, readBuffers)
    const offsets: string[] = rows.map(() => '')
    const summary = [...instances].map(([instance, buffers]) => {
      const bound = arenaLowerBound(buffers)
      if (planner === null) return [instance, `${bound}`, '', '']
      const plan = planner(buffers)
      for (const [index, { row }] of buffers.entries()) offsets[row] = `${plan[index]}`
      const bytes = arenaBytes(buffers, plan)
      return [instance, `${bound}`, `${bytes}`, bound === 0 ? '' : `${((bytes / bound - 1) * 100).toFixed(1)} %`]
    })
    const lines = rows.map(({ fields }, row) => [...fields, offsets[row] ?? ''])
    await writeFileWhole(out, csvText([[...header, 'offset'], ...lines]))
    terminal.write(`${tableLines(summaryColumns, summary).join('\n')}\n`)
    terminal.notice(`${out}: ${rows.length} buffers of ${instances.size} instances`)
    return exitCodes.done
  },
})

const summaryColumns = [
  { title: 'instance' },
  { title: 'lower bound', align: 'right' },
  { title: 'arena', align: 'right' },
  { title: 'above', align: 'right' },
] as const

function readBuffers(csv: string) {
  const columns = ['instance', 'buffer', 'aligned_bytes', 'first_used', 'last_used']
  const { header, rows } = readNamedRows(csv, columns)
  if (header.includes('offset')) {
    throw fail('invalid-csv', 'Rename the column offset: it is what is written.', { where: 'line 1' })
  }
  const instances = new Map<string, Buffer[]>()
  for (const [index, row] of rows.entries()) {
    const buffer = readBuffer(row, index)
    const others = instances.get(buffer.instance)
    if (others === undefined) instances.set(buffer.instance, [buffer])
    else others.push(buffer)
  }
  for (const buffers of instances.values()) buffers.sort((a, b) => a.number - b.number || a.row - b.row)
  return { header, rows, instances }
}

function readBuffer(row: NamedRow, index: number): Buffer {
  const firstUsed = row.whole('first_used')
  const lastUsed = row.whole('last_used')
  if (lastUsed < firstUsed) throw row.invalid('last_used', `${firstUsed} or later`)
  const bytes = row.whole('aligned_bytes')
  return { instance: row.text('instance'), row: index, number: row.whole('buffer'), bytes, firstUsed, lastUsed }
}
