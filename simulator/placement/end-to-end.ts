/** The network alone and with what an application does around it, side by side (docs/method/placement.md, PLACE-9). */
import { msFromS } from '../quantities.ts'
import type { Stage, StageId } from './stages.ts'

export interface Pace {
  /** Of one batch. */
  readonly latencyMs: number
  /** Items per second, one batch after the other. */
  readonly oneAtATimePerS: number
  /** Items per second with several batches in flight. */
  readonly inFlightPerS: number
}

interface StageAnswer {
  readonly id: StageId
  readonly when: 'before' | 'after'
  /** Of one item; `null` = the time is given. */
  readonly elements: number | null
  readonly cyclesPerElement: number | null
  readonly basis: string
  /** Of one item. */
  readonly timeMs: number
}

export interface EndToEnd {
  readonly stages: readonly StageAnswer[]
  readonly modelOnly: Pace
  readonly endToEnd: Pace
}

export interface ModelPace {
  readonly batch: number
  readonly latencyS: number
  /** Between two batches with several in flight. */
  readonly intervalS: number
  /** Of the processor that runs the stages, per batch of the network. */
  readonly processorBusyS: number
}

export function besideStages(stages: readonly Stage[], model: ModelPace): EndToEnd {
  const { batch, latencyS, intervalS, processorBusyS } = model
  const stagesS = batch * stages.reduce((sum, { timeS }) => sum + timeS, 0)
  return {
    stages: stages.map(({ timeS, ...stage }) => ({ ...stage, timeMs: msFromS(timeS) })),
    modelOnly: paceOf(batch, latencyS, intervalS),
    endToEnd: paceOf(batch, latencyS + stagesS, Math.max(intervalS, processorBusyS + stagesS)),
  }
}

function paceOf(batch: number, latencyS: number, intervalS: number): Pace {
  return { latencyMs: msFromS(latencyS), oneAtATimePerS: batch / latencyS, inFlightPerS: batch / intervalS }
}
