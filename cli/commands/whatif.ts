/** `edgefit whatif`: changes to a model or its target, each predicted by the same law, alone and together. */

import { buildPreset, presets } from '../../model-zoo/index.ts'
import { batteryLife } from '../../simulator/decide/battery-life.ts'
import { sustain } from '../../simulator/decide/sustained.ts'
import { answeredTarget } from '../../simulator/decide/what-if/outcome.ts'
import { proposals } from '../../simulator/decide/what-if/proposals.ts'
import { isSmallerOrNoStudent } from '../../simulator/decide/what-if/trial.ts'
import { tryEach, tryTogether } from '../../simulator/decide/what-if.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { deviceById } from '../catalog.ts'
import { changeOptions, changeUsage, parseChanges } from '../change-options.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { readRate } from '../limit-options.ts'
import { modelName } from '../model.ts'
import { whatIfLines } from '../output/whatif.ts'
import { targetOptions, targetScenario, targetUsage } from '../target-options.ts'
import { readUse, useOptions, useUsage } from '../use-options.ts'

export const whatIf = defineCommand({
  name: 'whatif',
  usage: `MODEL ${targetUsage} ${changeUsage} [--fps N] ${useUsage} [--json]`,
  summary:
    'Predict the effect of changes to a model or its target. Default: all candidate changes; several --try are also predicted together.',
  options: { ...targetOptions, ...changeOptions, fps: { type: 'string' }, ...useOptions },
  positionals: ['MODEL'],
  async run(options, [model = ''], terminal) {
    const ratePerS = readRate(options)
    const use = readUse(options, ratePerS)
    const named = parseChanges(options.try)
    const scenario = await targetScenario(model, options)
    const question = { scenario, surroundings: { deviceById, zoo: { presets, buildPreset } }, ratePerS }
    const tried = tryEach(question, named.length === 0 ? proposals(scenario, { presets, buildPreset }) : named)
    const trials = named.length === 0 ? tried.trials.filter(isSmallerOrNoStudent) : tried.trials
    const joint = named.length > 1 ? tryTogether(question, named) : null
    const { base, figures } = tried
    const sustained = sustain(scenario.request, { ...use.cooling, ratePerS, minutes: use.minutes })
    const battery = use.battery && batteryLife(base, use.battery.question)
    terminal.write(
      options.json
        ? `${canonicalJson({ base: { target: answeredTarget(base), figures }, trials, joint, sustained, battery })}\n`
        : `${whatIfLines({ modelName: modelName(model), deviceName: scenario.request.device.name, ratePerS, use, base, figures, trials, joint, sustained, battery }, terminal).join('\n')}\n`,
    )
    return exitCodes.done
  },
})
