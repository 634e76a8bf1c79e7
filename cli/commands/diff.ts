/** `edgefit diff`: what changed between two models, or between two precisions of one. */
import { layersOf } from '../../simulator/cost/layers.ts'
import { diffModels, type ModelLayers } from '../../simulator/graph/diff.ts'
import { inferShapes } from '../../simulator/graph/infer.ts'
import { isPrecisionId, type PrecisionId, precisions } from '../../simulator/graph/precision.ts'
import { fail } from '../../simulator/problem.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { modelName, parsedModel } from '../model.ts'
import { diffLines } from '../output/diff.ts'
import { parseBindings, shapeOptions, shapeUsage } from '../shape-options.ts'

export const diff = defineCommand({
  name: 'diff',
  usage: `OLD NEW [--old-precision P] [--new-precision P] ${shapeUsage} [--json]`,
  summary: 'Compare two models, or one in two precisions: layers added, removed and changed, with exact deltas.',
  options: {
    json: { type: 'boolean', default: false },
    'old-precision': { type: 'string' },
    'new-precision': { type: 'string' },
    ...shapeOptions,
  },
  positionals: ['OLD', 'NEW'],
  async run(options, [before = '', after = ''], terminal) {
    const bindings = parseBindings(options)
    const layers = async (model: string, precision: PrecisionId | null): Promise<ModelLayers> => {
      const { graph } = await parsedModel(model)
      const name = precision === null ? modelName(model) : `${modelName(model)} (${precision})`
      return layersOf(inferShapes(graph, bindings), name, precision)
    }
    const found = diffModels(
      await layers(before, parsePrecision('--old-precision', options['old-precision'])),
      await layers(after, parsePrecision('--new-precision', options['new-precision'])),
    )
    // Not canonical JSON: counts are exact.
    terminal.write(options.json ? `${JSON.stringify(found)}\n` : `${diffLines(found, terminal).join('\n')}\n`)
    return exitCodes.done
  },
})

/** `null` = as the file stores it. */
function parsePrecision(option: string, text: string | undefined): PrecisionId | null {
  if (text === undefined) return null
  if (isPrecisionId(text)) return text
  throw fail('unknown-precision', 'Choose one that the simulator counts in.', {
    where: option,
    expected: Object.keys(precisions).join(', '),
    received: text,
  })
}
