/** `edgefit ethos-u`: cycles of an Ethos-U per operator as Vela counts them, from a table of its operators. */
import { readVelaOperator, velaOperatorColumns } from '../../oracles/vela/operator.ts'
import { type VelaCycles, velaCycles } from '../../oracles/vela.ts'
import { fail } from '../../simulator/problem.ts'
import { csvText } from '../../simulator/report/csv.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { readNamedRows } from '../named-rows.ts'
import { parseFile } from '../text-file.ts'
import { writeFileWhole } from '../write-file.ts'

const columns: readonly (readonly [name: string, value: (cycles: VelaCycles) => number])[] = [
  ['npu_cycles', ({ npu }) => npu],
  ['sram_cycles', ({ Sram }) => Sram],
  ['dram_cycles', ({ Dram }) => Dram],
  ['onflash_cycles', ({ OnChipFlash }) => OnChipFlash],
  ['offflash_cycles', ({ OffChipFlash }) => OffChipFlash],
  ['total_cycles', ({ total }) => total],
]

export const ethosU = defineCommand({
  name: 'ethos-u',
  usage: '--ops IN.csv --out OUT.csv',
  summary: 'Estimate Ethos-U cycles per operator as Vela does; blank block sizes are chosen as Vela does.',
  options: { ops: { type: 'string' }, out: { type: 'string' } },
  positionals: [],
  async run({ ops, out }, _, terminal) {
    if (ops === undefined || out === undefined) {
      throw fail('invalid-usage', 'Name both files: --ops IN.csv --out OUT.csv.', {
        where: ops === undefined ? '--ops' : '--out',
      })
    }
    const cycles = velaCycles(await parseFile(ops, readOperators))
    const rows = cycles.map((each) => columns.map(([, value]) => `${value(each)}`))
    await writeFileWhole(out, csvText([columns.map(([name]) => name), ...rows]))
    terminal.notice(`${out}: ${rows.length} operators`)
    return exitCodes.done
  },
})

function readOperators(csv: string) {
  const { rows } = readNamedRows(csv, velaOperatorColumns)
  return rows.map((row, index) => readVelaOperator(row.text, `row ${index + 1}`))
}
