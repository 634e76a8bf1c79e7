/** `edgefit fit`: does one model on one device meet the limits; the exit code is the verdict. */
import type { Fit } from '../../simulator/decide/budget.ts'
import { fitAtRate } from '../../simulator/decide/fit-at-rate.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { explanationLines } from '../../simulator/report/explain-text.ts'
import { answerModel } from '../answered-model.ts'
import { defineCommand } from '../command.ts'
import { exitCodeOfVerdict } from '../exit-code.ts'
import { explainWish } from '../explain-wish.ts'
import { languageOptions, languageUsage } from '../language-model.ts'
import { limitOptions, limitUsage, noLimit, readBudget, readRate } from '../limit-options.ts'
import { modelName } from '../model.ts'
import { fitLines } from '../output/fit.ts'
import { printable } from '../output/terminal.ts'
import { targetOptions, targetScenario, targetUsage } from '../target-options.ts'

export const fit = defineCommand({
  name: 'fit',
  usage: `MODEL ${targetUsage} ${languageUsage} ${limitUsage} [--explain] [--json]`,
  summary: 'Judge whether a model on a device meets the limits: exit code 0 fits, 1 fails, 2 tight or unknown.',
  options: { ...targetOptions, ...languageOptions, ...limitOptions, explain: { type: 'boolean', default: false } },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const ratePerS = readRate(options)
    const budget = readBudget(options)
    if (ratePerS === null && Object.keys(budget).length === 0) throw noLimit()
    const { origin, request: question } = await targetScenario(model, options)
    const { prediction } = await answerModel(
      model,
      origin.graph,
      { ...question, explain: explainWish(options) },
      options,
    )
    const { device } = question
    const answer: Fit = fitAtRate(prediction, budget, ratePerS, device.priceUsd?.value ?? null)
    if (options.json) {
      terminal.write(`${canonicalJson({ fit: answer, prediction })}\n`)
      return exitCodeOfVerdict(answer.verdict)
    }
    const lines = fitLines(modelName(model), device.name, prediction, answer, ratePerS, terminal)
    const tree = options.explain ? ['', ...explanationLines(prediction).map(printable)] : []
    terminal.write(`${[...lines, ...tree].join('\n')}\n`)
    return exitCodeOfVerdict(answer.verdict)
  },
})
