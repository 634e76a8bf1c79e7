/** `edgefit fit`: does one model on one device meet the limits; the exit code is the verdict. */
import type { Fit } from '../../simulator/decide/budget.ts'
import { checkFit } from '../../simulator/decide/fit.ts'
import { atRate } from '../../simulator/decide/frame-rate.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { explanationLines } from '../../simulator/report/explain-text.ts'
import { defineCommand } from '../command.ts'
import { exitCodeOfVerdict } from '../exit-code.ts'
import { explainWish } from '../explain-wish.ts'
import { limitOptions, limitUsage, noLimit, readBudget, readRate } from '../limit-options.ts'
import { modelName } from '../model.ts'
import { fitLines } from '../output/fit.ts'
import { printable } from '../output/terminal.ts'
import { targetOptions, targetQuestion, targetUsage } from '../target-options.ts'

export const fit = defineCommand({
  name: 'fit',
  usage: `MODEL ${targetUsage} ${limitUsage} [--explain] [--json]`,
  summary: 'Say whether a model on a device meets the limits: exit code 0 fits, 1 fails, 2 tight or unknown.',
  options: { ...targetOptions, ...limitOptions, explain: { type: 'boolean', default: false } },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const ratePerS = readRate(options)
    const budget = { ...(ratePerS === null ? {} : { minThroughputPerS: ratePerS }), ...readBudget(options) }
    if (Object.keys(budget).length === 0) throw noLimit()
    const question = await targetQuestion(model, options)
    const prediction = predict({ ...question, explain: explainWish(options) })
    const { device } = question
    const answer: Fit = checkFit(atRate(prediction, ratePerS), budget, device.priceUsd?.value ?? null)
    if (options.json) {
      terminal.write(`${canonicalJson({ ...answer, prediction })}\n`)
      return exitCodeOfVerdict(answer.verdict)
    }
    const lines = fitLines(modelName(model), device.name, prediction, answer, ratePerS, terminal)
    const tree = options.explain ? ['', ...explanationLines(prediction).map(printable)] : []
    terminal.write(`${[...lines, ...tree].join('\n')}\n`)
    return exitCodeOfVerdict(answer.verdict)
  },
})
