/** `edgefit systolic`: cycles of a systolic array as SCALE-Sim counts them, from its own two files. */
import { type ScaleSimFigures, scaleSimFigures } from '../../oracles/scale-sim.ts'
import { parseScaleSimConfig } from '../../oracles/scale-sim-config.ts'
import { parseScaleSimTopology } from '../../oracles/scale-sim-topology.ts'
import { fail } from '../../simulator/problem.ts'
import { csvText } from '../../simulator/report/csv.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { parseFile } from '../text-file.ts'
import { writeFileWhole } from '../write-file.ts'

const columns: readonly (readonly [name: string, value: (figures: ScaleSimFigures) => number | null])[] = [
  ['total_cycles', ({ totalCycles }) => totalCycles],
  ['compute_cycles', ({ computeCycles }) => computeCycles],
  ['stall_cycles', ({ stallCycles }) => stallCycles],
  ['overall_util_pct', ({ overallUtilPercent }) => overallUtilPercent],
  ['mapping_eff_pct', ({ mappingEfficiencyPercent }) => mappingEfficiencyPercent],
  ['compute_util_pct', ({ computeUtilPercent }) => computeUtilPercent],
  ['ifmap_sram_reads', ({ ifmapSramReads }) => ifmapSramReads],
  ['filter_sram_reads', ({ filterSramReads }) => filterSramReads],
  ['ofmap_sram_writes', ({ ofmapSramWrites }) => ofmapSramWrites],
]

export const systolic = defineCommand({
  name: 'systolic',
  usage: '--config FILE.cfg --topology FILE.csv --out OUT.csv',
  summary: 'Compute cycles, utilisation and SRAM words of a systolic array, equal to SCALE-Sim.',
  options: { config: { type: 'string' }, topology: { type: 'string' }, out: { type: 'string' } },
  positionals: [],
  async run({ config, topology, out }, _, terminal) {
    if (config === undefined || topology === undefined || out === undefined) {
      throw fail('invalid-usage', 'Name all three files: --config FILE.cfg --topology FILE.csv --out OUT.csv.', {
        where: config === undefined ? '--config' : topology === undefined ? '--topology' : '--out',
      })
    }
    const array = await parseFile(config, parseScaleSimConfig)
    const layers = await parseFile(topology, parseScaleSimTopology)
    const rows = layers.map(({ name, product }) => {
      const figures = scaleSimFigures(product, array)
      return [name, ...columns.map(([, value]) => String(value(figures) ?? ''))]
    })
    await writeFileWhole(out, csvText([['layer', ...columns.map(([name]) => name)], ...rows]))
    terminal.notice(`${out}: ${rows.length} layers`)
    return exitCodes.done
  },
})
