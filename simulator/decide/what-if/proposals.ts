/** Changes worth trying on a scenario when nobody names any; whether they help is for the law to say. */
import { networkKind } from '../../cost/network-kind.ts'
import type { ComputeUnit } from '../../hardware/device.ts'
import { takesNetwork } from '../../hardware/runtime.ts'
import type { Change } from './change.ts'
import type { Scenario, Zoo } from './scenario.ts'
import { runtimesFor, targetOf } from './target-changes.ts'

/** In groups: precision, software, place, state, network, operators, zeros. */
export function proposals(scenario: Scenario, zoo: Zoo): Change[] {
  const { device, summary, peers } = scenario.request
  const network = networkKind(summary)
  const { unit, runtime, precision, powerModeId } = targetOf(scenario)
  const runtimes = runtimesFor(unit, peers).filter((each) => takesNetwork(each, network))
  return [
    ...runtime.precisions.flatMap((id): Change[] => (id === precision ? [] : [{ kind: 'precision', precision: id }])),
    ...runtimes.flatMap(({ id }): Change[] => (id === runtime.id ? [] : [{ kind: 'runtime', runtime: id }])),
    ...device.units.flatMap(({ id }): Change[] => (id === unit.id ? [] : [{ kind: 'unit', unit: id }])),
    ...device.powerModes.flatMap(({ id }): Change[] => (id === powerModeId ? [] : [{ kind: 'mode', mode: id }])),
    ...otherLinks(device.link?.kind ?? null),
    { kind: 'batch', items: 8 * (scenario.request.batch ?? 1) },
    ...threadProposals(unit),
    ...networkProposals(scenario, zoo),
    { kind: 'clamp-activations' },
    { kind: 'drop-transposes' },
    { kind: 'pad-channels' },
    { kind: 'sparsity', pattern: '2:4', zeroShare: 0.5 },
    { kind: 'sparsity', pattern: 'unstructured', zeroShare: 0.8 },
  ]
}

/** One, and one for each of the fastest cores where there are others. */
function threadProposals({ clusters }: ComputeUnit): Change[] {
  const [fastest, ...others] = clusters
  if (fastest === undefined) return []
  const one: Change = { kind: 'threads', threads: 1 }
  return others.length === 0 || fastest.cores === 1 ? [one] : [one, { kind: 'threads', threads: fastest.cores }]
}

function otherLinks(kind: string | null): Change[] {
  const usb = /usb\s*-?([23])/i.exec(kind ?? '')?.[1]
  if (usb === undefined) return []
  return [{ kind: 'link', link: usb === '2' ? 'USB 3' : 'USB 2' }]
}

function networkProposals({ origin }: Scenario, zoo: Zoo): Change[] {
  const { preset } = origin
  const prune: Change = { kind: 'prune', ratio: 0.3 }
  const resolution: Change = { kind: 'resolution', factor: 0.75 }
  if (preset === null) return [prune, resolution]
  const { scales = [] } = zoo.presets.get(preset.id) ?? {}
  return [
    prune,
    resolution,
    ...scales.map((axis): Change => ({ kind: axis, factor: 0.75 })),
    ...studentsOf(preset.id, zoo).map((id): Change => ({ kind: 'student', preset: id })),
  ]
}

/** Presets of the same family and task, published at the same kind of input. */
function studentsOf(presetId: string, { presets }: Zoo): string[] {
  const teacher = presets.get(presetId)
  if (teacher === undefined) return []
  return [...presets].flatMap(([id, { family, task, inputShape }]) =>
    id !== presetId &&
    family === teacher.family &&
    task === teacher.task &&
    inputShape.length === teacher.inputShape.length
      ? [id]
      : [],
  )
}
