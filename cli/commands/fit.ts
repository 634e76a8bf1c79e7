/** `edgefit fit`: does one model on one device meet the limits; the exit code is the verdict. */
import type { Budget, Fit } from '../../simulator/decide/budget.ts'
import { checkFit } from '../../simulator/decide/fit.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { fail } from '../../simulator/problem.ts'
import { bytesFromMb } from '../../simulator/quantities.ts'
import { defineCommand } from '../command.ts'
import { exitCodeOfVerdict } from '../exit-code.ts'
import { modelName } from '../model.ts'
import { positiveNumber } from '../number-options.ts'
import { fitLines } from '../output/fit.ts'
import { predictTarget, targetOptions, targetUsage } from '../target-options.ts'

const limitOptions = {
  'max-latency-ms': { type: 'string' },
  'min-fps': { type: 'string' },
  'max-power-w': { type: 'string' },
  'max-memory-mb': { type: 'string' },
  'max-energy-mj': { type: 'string' },
  'max-price-usd': { type: 'string' },
} as const

const limitUsage = Object.keys(limitOptions)
  .map((name) => `[--${name} N]`)
  .join(' ')

export const fit = defineCommand({
  name: 'fit',
  usage: `MODEL ${targetUsage} ${limitUsage} [--json]`,
  summary: 'Say whether a model on a device meets the limits: exit code 0 fits, 1 fails, 2 tight or unknown.',
  options: { ...targetOptions, ...limitOptions },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const budget = readBudget(options)
    const { device, prediction } = await predictTarget(model, options)
    const answer: Fit = checkFit(prediction, budget, device.priceUsd?.value ?? null)
    terminal.write(
      options.json
        ? `${canonicalJson({ ...answer, prediction })}\n`
        : `${fitLines(modelName(model), device.name, prediction, answer, terminal).join('\n')}\n`,
    )
    return exitCodeOfVerdict(answer.verdict)
  },
})

function readBudget(options: Partial<Record<keyof typeof limitOptions, string>>): Budget {
  const read = (name: keyof typeof limitOptions): number | null => {
    const text = options[name]
    return text === undefined ? null : positiveNumber(text, `--${name}`)
  }
  const maxMemoryMb = read('max-memory-mb')
  const limits = {
    maxLatencyMs: read('max-latency-ms'),
    minThroughputPerS: read('min-fps'),
    maxPowerW: read('max-power-w'),
    maxMemoryBytes: maxMemoryMb === null ? null : bytesFromMb(maxMemoryMb),
    maxEnergyMj: read('max-energy-mj'),
    maxPriceUsd: read('max-price-usd'),
  } satisfies Record<keyof Budget, number | null>
  const budget: Budget = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null))
  if (Object.keys(budget).length === 0) {
    throw fail('invalid-usage', `Give at least one limit: ${limitUsage}.`, { where: 'limits' })
  }
  return budget
}
