/**
 * What if: every change is applied to the model or the target and predicted by the same law (docs/method/what-if.md).
 * No rule of thumb: a change that does not help shows so, and says why.
 */
import { makeWorkloads, type Workloads } from '../cost/workload.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { predict } from '../predict/predict.ts'
import type { Metric, Prediction } from '../predict/prediction.ts'
import { fail } from '../problem.ts'
import { applyAll } from './what-if/apply.ts'
import { type Change, inOrder } from './what-if/change.ts'
import { compareOutcome, type Figures, figuresOf, type Outcome } from './what-if/outcome.ts'
import type { Hindrance, Note, Scenario, Surroundings } from './what-if/scenario.ts'
import type { Trial } from './what-if/trial.ts'
import { maxWaterfallChanges, shapleyValues } from './what-if/waterfall.ts'

/** Contributions add up to the difference between the scenario and all changes together. */
interface WaterfallStep {
  readonly change: Change
  readonly latencyMs: number
  /** `null` where power is not known. */
  readonly energyPerItemMj: number | null
}

export interface JointAnswer {
  readonly outcome: Outcome
  readonly notes: readonly Note[]
  /** The changes that could be applied together, in the order of application. */
  readonly steps: readonly WaterfallStep[]
  readonly hindered: readonly { readonly change: Change; readonly hindrance: Hindrance }[]
}

export interface WhatIfQuestion {
  readonly scenario: Scenario
  readonly surroundings: Surroundings
  /** Items per second at which power counts; `null` = back to back. */
  readonly ratePerS: number | null
}

export interface WhatIf {
  readonly base: Prediction
  readonly figures: Figures
  readonly trials: readonly Trial[]
}

/** Each change on its own. Throws what `predict` throws for the scenario itself, and for changes that are bad input. */
export function tryEach(question: WhatIfQuestion, changes: readonly Change[]): WhatIf {
  const ask = makeAsk(question.scenario)
  const { ratePerS, scenario, surroundings } = question
  const base = ask(scenario)
  const trials = changes.map((change): Trial => {
    const { scenario: next, notes, hindered } = applyAll(scenario, [change], surroundings)
    const [hindrance] = hindered
    if (hindrance !== undefined) return { change, notes, hindrance: hindrance.hindrance, outcome: null }
    return { change, notes, hindrance: null, outcome: compareOutcome(base, ask(next), ratePerS) }
  })
  return { base, figures: figuresOf(base, ratePerS), trials }
}

/**
 * The changes together, and what each contributes. A change that is impossible without another counts for nothing in
 * the sets that lack it. Throws `invalid-field` for more than six changes and for two of one kind.
 */
export function tryTogether(question: WhatIfQuestion, changes: readonly Change[]): JointAnswer {
  if (changes.length === 0 || changes.length > maxWaterfallChanges) {
    throw fail('invalid-field', `Combine one to ${maxWaterfallChanges} changes.`, {
      where: 'changes',
      received: `${changes.length}`,
    })
  }
  const { ratePerS, scenario, surroundings } = question
  const ask = makeAsk(scenario)
  const base = ask(scenario)
  const joint = applyAll(scenario, changes, surroundings)
  const applied = inOrder(changes).filter((change) => joint.hindered.every((each) => each.change !== change))
  const answers = new Map<number, Prediction>()
  const answerOf = (mask: number): Prediction => {
    const known = answers.get(mask)
    if (known !== undefined) return known
    const some = applied.filter((_, index) => (mask & (2 ** index)) !== 0)
    const answer = mask === 0 ? base : ask(applyAll(scenario, some, surroundings).scenario)
    answers.set(mask, answer)
    return answer
  }
  const latencies = shapleyValues(applied.length, (mask) => p50(answerOf(mask).latencyMs))
  const energies = shapleyValues(applied.length, (mask) => p50(figuresOf(answerOf(mask), null).energyPerItemMj))
  return {
    outcome: compareOutcome(base, ask(joint.scenario), ratePerS),
    notes: joint.notes,
    steps: applied.map((change, index) => {
      const energy = energies[index] ?? Number.NaN
      return { change, latencyMs: latencies[index] ?? 0, energyPerItemMj: Number.isNaN(energy) ? null : energy }
    }),
    hindered: joint.hindered,
  }
}

/** Work is counted once per summary. */
function makeAsk(first: Scenario): (scenario: Scenario) => Prediction {
  const counted = new Map<GraphSummary, Workloads>()
  if (first.request.workloads !== undefined) counted.set(first.request.summary, first.request.workloads)
  return ({ request }) => {
    const workloads = counted.get(request.summary) ?? makeWorkloads(request.summary)
    counted.set(request.summary, workloads)
    return predict({ ...request, workloads, kernels: true })
  }
}

function p50(metric: Metric): number {
  return metric.availability === 'available' ? metric.p50 : Number.NaN
}
