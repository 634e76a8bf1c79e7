/** `edgefit sim`: one model on one device. */
import { canonicalJson } from '../../simulator/json.ts'
import { placementOf } from '../../simulator/predict/placement.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import { explanationLines } from '../../simulator/report/explain-text.ts'
import { answerModel } from '../answered-model.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { explainWish } from '../explain-wish.ts'
import { languageOptions, languageUsage } from '../language-model.ts'
import { modelName } from '../model.ts'
import { languageModelLines } from '../output/language-model.ts'
import { placementLines } from '../output/placement.ts'
import { predictionLines } from '../output/prediction.ts'
import { printable } from '../output/terminal.ts'
import { readStages, stageOptions, stageUsage } from '../stage-options.ts'
import { targetOptions, targetScenario, targetUsage } from '../target-options.ts'

export const sim = defineCommand({
  name: 'sim',
  usage: `MODEL ${targetUsage} ${languageUsage} ${stageUsage} [--explain] [--json]`,
  summary:
    'Predict latency, throughput, memory, energy and power of one model on one device, and its placement. Exit code 1: it does not fit the memory.',
  options: { ...targetOptions, ...languageOptions, ...stageOptions, explain: { type: 'boolean', default: false } },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const { origin, request: question } = await targetScenario(model, options)
    const { prediction, language } = await answerModel(
      model,
      origin.graph,
      { ...question, explain: explainWish(options) },
      options,
    )
    const exitCode = doesNotFitMemory(prediction) ? exitCodes.fails : exitCodes.done
    if (language !== null) {
      const tree = options.explain ? ['', ...explanationLines(language.step).map(printable)] : []
      const lines = languageModelLines(modelName(model), question.device.name, language, terminal)
      terminal.write(options.json ? `${canonicalJson(prediction)}\n` : `${[...lines, ...tree].join('\n')}\n`)
      return exitCode
    }
    const placement = placementOf(question, readStages(options))
    if (options.json) {
      terminal.write(`${canonicalJson({ ...prediction, placement })}\n`)
      return exitCode
    }
    const lines = predictionLines(modelName(model), question.device.name, prediction, terminal)
    const tree = options.explain ? ['', ...explanationLines(prediction).map(printable)] : []
    // Without a latency, times of the parts would say what the prediction does not.
    const places = prediction.latencyMs.availability === 'available' ? placementLines(placement) : []
    terminal.write(`${[...lines, ...places, ...tree].join('\n')}\n`)
    return exitCode
  },
})

function doesNotFitMemory({ warnings }: Prediction): boolean {
  return warnings.some(({ code }) => code === 'does-not-fit-memory')
}
