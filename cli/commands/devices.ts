/** `edgefit devices`: what there is to choose from. */
import { confirmedFacts } from '../../device-catalog/confirmed.ts'
import { deviceEntries, publishedDevices } from '../../device-catalog/index.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { formatQuantity } from '../../simulator/report/figures.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { tableLines } from '../output/table.ts'

export const devices = defineCommand({
  name: 'devices',
  usage: '[--json]',
  summary: 'List the devices with their compute units, runtimes and power modes.',
  options: { json: { type: 'boolean', default: false } },
  positionals: [],
  async run({ json }, _, terminal) {
    if (json) {
      terminal.write(`${canonicalJson(publishedDevices)}\n`)
      return exitCodes.done
    }
    const rows = publishedDevices.map(({ id, name, segment, units, powerModes, dramBytes }, index) => [
      id,
      name,
      segment,
      units.map((unit) => unit.id).join(' '),
      dramBytes === null ? '' : formatQuantity(dramBytes.value, 'bytes'),
      powerModes.map((mode) => mode.id).join(' '),
      seenText(index),
    ])
    const columns = [
      { title: 'id' },
      { title: 'name' },
      { title: 'segment' },
      { title: 'units' },
      { title: 'memory', align: 'right' },
      { title: 'power modes' },
      { title: 'facts seen' },
    ] as const
    terminal.write(`${tableLines(columns, rows).join('\n')}\n`)
    return exitCodes.done
  },
})

/** Of the facts of an entry: how many somebody saw in their source; the others are recalled, derived or assumed. */
function seenText(index: number): string {
  const { confirmed, all } = confirmedFacts(deviceEntries.slice(index, index + 1))
  return `${confirmed} of ${all}`
}
