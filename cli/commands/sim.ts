/** `edgefit sim`: one model on one device. */
import { canonicalJson } from '../../simulator/json.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { explanationLines } from '../../simulator/report/explain-text.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { modelName } from '../model.ts'
import { predictionLines } from '../output/prediction.ts'
import { printable } from '../output/terminal.ts'
import { targetOptions, targetQuestion, targetUsage } from '../target-options.ts'

export const sim = defineCommand({
  name: 'sim',
  usage: `MODEL ${targetUsage} [--explain] [--json]`,
  summary: 'Predict latency, throughput, memory, energy and power of one model on one device.',
  options: { ...targetOptions, explain: { type: 'boolean', default: false } },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const question = await targetQuestion(model, options)
    const prediction = predict(question)
    if (options.json) {
      terminal.write(`${canonicalJson(prediction)}\n`)
      return exitCodes.done
    }
    const lines = predictionLines(modelName(model), question.device.name, prediction, terminal)
    const tree = options.explain ? ['', ...explanationLines(prediction).map(printable)] : []
    terminal.write(`${[...lines, ...tree].join('\n')}\n`)
    return exitCodes.done
  },
})
