/** `edgefit sim`: one model on one device. */
import { canonicalJson } from '../../simulator/json.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { modelName } from '../model.ts'
import { predictionLines } from '../output/prediction.ts'
import { targetOptions, targetQuestion, targetUsage } from '../target-options.ts'

export const sim = defineCommand({
  name: 'sim',
  usage: `MODEL ${targetUsage} [--json]`,
  summary: 'Predict latency, throughput, memory, energy and power of one model on one device.',
  options: targetOptions,
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const question = await targetQuestion(model, options)
    const prediction = predict(question)
    terminal.write(
      options.json
        ? `${canonicalJson(prediction)}\n`
        : `${predictionLines(modelName(model), question.device.name, prediction, terminal).join('\n')}\n`,
    )
    return exitCodes.done
  },
})
