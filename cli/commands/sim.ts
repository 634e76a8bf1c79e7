/** `edgefit sim`: one model on one device. */
import { canonicalJson } from '../../simulator/json.ts'
import { predictLanguageModel } from '../../simulator/predict/language-model.ts'
import { placementOf } from '../../simulator/predict/placement.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { explanationLines } from '../../simulator/report/explain-text.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { explainWish } from '../explain-wish.ts'
import { languageModelOf, languageOptions, languageUsage, tokenCounts } from '../language-model.ts'
import { modelName } from '../model.ts'
import { languageModelAnswer, languageModelLines } from '../output/language-model.ts'
import { placementLines } from '../output/placement.ts'
import { predictionLines } from '../output/prediction.ts'
import { printable } from '../output/terminal.ts'
import { readStages, stageOptions, stageUsage } from '../stage-options.ts'
import { targetOptions, targetScenario, targetUsage } from '../target-options.ts'

export const sim = defineCommand({
  name: 'sim',
  usage: `MODEL ${targetUsage} ${languageUsage} ${stageUsage} [--explain] [--json]`,
  summary: 'Predict latency, throughput, memory, energy and power of one model on one device, and where it runs.',
  options: { ...targetOptions, ...languageOptions, ...stageOptions, explain: { type: 'boolean', default: false } },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const { origin, request: question } = await targetScenario(model, options)
    const language = await languageModelOf(model, origin.graph)
    const tokens = tokenCounts(options, language)
    const explain = explainWish(options)
    if (language !== null) {
      const answer = await predictLanguageModel({ ...question, explain, model: language, ...tokens })
      const tree = options.explain ? ['', ...explanationLines(answer.step).map(printable)] : []
      const lines = languageModelLines(modelName(model), question.device.name, answer, terminal)
      terminal.write(
        options.json ? `${canonicalJson(languageModelAnswer(answer))}\n` : `${[...lines, ...tree].join('\n')}\n`,
      )
      return exitCodes.done
    }
    const prediction = predict({ ...question, explain })
    const placement = placementOf(question, readStages(options))
    if (options.json) {
      terminal.write(`${canonicalJson({ ...prediction, placement })}\n`)
      return exitCodes.done
    }
    const lines = predictionLines(modelName(model), question.device.name, prediction, terminal)
    const tree = options.explain ? ['', ...explanationLines(prediction).map(printable)] : []
    // Without a latency, times of the parts would say what the prediction does not.
    const places = prediction.latencyMs.availability === 'available' ? placementLines(placement) : []
    terminal.write(`${[...lines, ...places, ...tree].join('\n')}\n`)
    return exitCodes.done
  },
})
