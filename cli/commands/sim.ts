/** `edgefit sim`: one model on one device. */
import { canonicalJson } from '../../simulator/json.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { modelName } from '../model.ts'
import { predictionLines } from '../output/prediction.ts'
import { predictTarget, targetOptions, targetUsage } from '../target-options.ts'

export const sim = defineCommand({
  name: 'sim',
  usage: `MODEL ${targetUsage} [--json]`,
  summary: 'Predict latency, throughput, memory, energy and power of one model on one device.',
  options: targetOptions,
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const { device, prediction } = await predictTarget(model, options)
    terminal.write(
      options.json
        ? `${canonicalJson(prediction)}\n`
        : `${predictionLines(modelName(model), device.name, prediction, terminal).join('\n')}\n`,
    )
    return exitCodes.done
  },
})
