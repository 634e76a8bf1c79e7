/** `edgefit modes`: the power modes of a device beside each other. */
import { batteryLife } from '../../simulator/decide/battery-life.ts'
import type { Verdict } from '../../simulator/decide/budget.ts'
import { comparePowerModes } from '../../simulator/decide/power-modes.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { fail } from '../../simulator/problem.ts'
import { defineCommand } from '../command.ts'
import { exitCodeOfVerdict, exitCodes } from '../exit-code.ts'
import { limitOptions, limitUsage, readBudget, readRate } from '../limit-options.ts'
import { modelName } from '../model.ts'
import { fromBest, type ModeWithBattery, modeLines, verdictOfMode } from '../output/modes.ts'
import { targetOptions, targetQuestion, targetUsage } from '../target-options.ts'
import { readUse, useOptions, useUsage } from '../use-options.ts'

export const modes = defineCommand({
  name: 'modes',
  usage: `MODEL ${targetUsage} ${limitUsage} ${useUsage} [--json]`,
  summary:
    'Compare the power modes of a device: speed, power at a frame rate, sustained speed, battery life. Marks the mode with the lowest energy that meets the limits.',
  options: { ...targetOptions, ...limitOptions, ...useOptions },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const ratePerS = readRate(options)
    const budget = readBudget(options)
    const use = readUse(options, ratePerS)
    const request = await targetQuestion(model, options)
    const asked = request.powerMode
    const { minutes, cooling } = use
    const all = comparePowerModes({ request, budget, ratePerS, minutes, cooling })
    const chosen = asked === undefined ? all : all.filter(({ powerMode }) => powerMode === asked)
    if (chosen.length === 0) {
      throw fail('unknown-power-mode', 'Choose a power mode of the device, or leave --mode out for all.', {
        where: '--mode',
        expected: all.map(({ powerMode }) => powerMode).join(', '),
        received: asked ?? '',
      })
    }
    const answers = chosen.map((answer) => ({
      ...answer,
      battery: use.battery && batteryLife(answer.prediction, use.battery.question),
    }))
    terminal.write(
      options.json
        ? `${canonicalJson({ modelId: request.modelId, deviceId: request.device.id, ratePerS, minutes, budget, modes: answers })}\n`
        : `${modeLines({ modelName: modelName(model), deviceName: request.device.name, ratePerS, use, answers }, terminal).join('\n')}\n`,
    )
    const isAsked = Object.keys(budget).length > 0 || ratePerS !== null
    return isAsked ? exitCodeOfVerdict(bestVerdict(answers)) : exitCodes.done
  },
})

/** One mode that meets limits and battery is enough. */
function bestVerdict(answers: readonly ModeWithBattery[]): Verdict {
  const ofModes = answers.map(verdictOfMode)
  return fromBest.find((verdict) => ofModes.includes(verdict)) ?? 'unknown'
}
