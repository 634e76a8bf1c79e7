/** `edgefit zoo`: the presets that every command accepts as `preset:ID`. */

import { presets } from '../../model-zoo/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import { formatQuantity } from '../../simulator/report/figures.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { parsedModel } from '../model.ts'
import { tableLines } from '../output/table.ts'

export const zoo = defineCommand({
  name: 'zoo',
  usage: '[--json]',
  summary: 'List the presets with their input, parameters and MACs.',
  options: { json: { type: 'boolean', default: false } },
  positionals: [],
  async run({ json }, _, terminal) {
    const rows = []
    for (const [id, { family, task, inputShape, citation }] of presets) {
      const { params, macs } = await inspectModel(await parsedModel(`preset:${id}`), {})
      rows.push({ id, family, task, inputShape, params, macs, citation })
    }
    if (json) {
      terminal.write(`${JSON.stringify(rows)}\n`)
      return exitCodes.done
    }
    const columns = [
      { title: 'id' },
      { title: 'family' },
      { title: 'task' },
      { title: 'input' },
      { title: 'parameters', align: 'right' },
      { title: 'MACs', align: 'right' },
    ] as const
    const cells = rows.map(({ id, family, task, inputShape, params, macs }) => [
      id,
      family,
      task,
      inputShape.join('x'),
      `${params}`,
      macs === null ? '' : formatQuantity(macs, 'macs'),
    ])
    terminal.write(`${tableLines(columns, cells).join('\n')}\n`)
    return exitCodes.done
  },
})
