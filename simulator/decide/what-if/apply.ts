/** Changes one after the other, in the one order that counts; each is applied or says why it cannot be. */
import { precisions } from '../../graph/precision.ts'
import { alignmentOf } from '../../hardware/alignment.ts'
import { type Change, inOrder } from './change.ts'
import { exchange, multiply, prune, resize } from './network-changes.ts'
import { clampActivations, dropTransposes } from './operator-changes.ts'
import { padChannels } from './padding.ts'
import { atBandwidth, atClock } from './rate-changes.ts'
import type { Hindrance, Note, Scenario, Step, Surroundings } from './scenario.ts'
import { skipZeros } from './sparsity.ts'
import {
  behindLink,
  inBatch,
  inMode,
  inPrecision,
  onDevice,
  onThreads,
  onUnit,
  targetOf,
  underRuntime,
} from './target-changes.ts'

export interface Applied {
  readonly scenario: Scenario
  readonly notes: readonly Note[]
  readonly hindered: readonly { readonly change: Change; readonly hindrance: Hindrance }[]
}

/**
 * All of the changes that can be applied together. Throws what is bad input whatever the scenario: an unknown preset or
 * device, a number out of range, two changes of one kind.
 */
export function applyAll(scenario: Scenario, changes: readonly Change[], surroundings: Surroundings): Applied {
  let current = scenario
  const notes: Note[] = []
  const hindered: { change: Change; hindrance: Hindrance }[] = []
  for (const change of inOrder(changes)) {
    const step = apply(current, change, surroundings)
    if (step.hindrance !== null) {
      hindered.push({ change, hindrance: step.hindrance })
      continue
    }
    current = step.scenario
    notes.push(...step.notes)
  }
  return { scenario: current, notes, hindered }
}

function apply(scenario: Scenario, change: Change, surroundings: Surroundings): Step {
  switch (change.kind) {
    case 'student':
      return exchange(scenario, change.preset, surroundings.zoo)
    case 'width':
    case 'depth':
      return multiply(scenario, change.kind, change.factor, surroundings.zoo)
    case 'resolution':
      return resize(scenario, change.factor, surroundings.zoo)
    case 'prune':
      return prune(scenario, change.ratio, channelStep(scenario))
    case 'clamp-activations':
      return clampActivations(scenario)
    case 'drop-transposes':
      return dropTransposes(scenario)
    case 'pad-channels':
      return padChannels(scenario)
    case 'device':
      return onDevice(scenario, change.device, surroundings)
    case 'link':
      return behindLink(scenario, change.link)
    case 'unit':
      return onUnit(scenario, change.unit)
    case 'runtime':
      return underRuntime(scenario, change.runtime)
    case 'precision':
      return inPrecision(scenario, change.precision)
    case 'mode':
      return inMode(scenario, change.mode)
    case 'clock':
      return atClock(scenario, change.share)
    case 'bandwidth':
      return atBandwidth(scenario, change.factor)
    case 'batch':
      return inBatch(scenario, change.items)
    case 'threads':
      return onThreads(scenario, change.threads)
    case 'sparsity':
      return skipZeros(scenario, change.pattern, change.zeroShare)
  }
}

/** A pruned layer keeps a multiple of eight channels, or of what the unit works in where that is less. */
const usualStep = 8

function channelStep(scenario: Scenario): number {
  const { unit, precision } = targetOf(scenario)
  return Math.min(usualStep, alignmentOf(unit, precisions[precision].arithmetic).outputChannels)
}
