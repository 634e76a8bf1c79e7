/**
 * What Vela 3.10 estimates for the operators of its own schedules (docs/method/ethos-u.md, EUX-1 to EUX-8), blocks given.
 * A mode of its own: no prediction of this project uses it.
 *
 * Operators are in the order of the schedule, as the peer's tables are: what one waits for depends on the one before.
 */
import { arenaArea } from './vela/memories.ts'
import { type MemoryCycles, memoryCycles } from './vela/memory-cycles.ts'
import { npuCycles } from './vela/npu-cycles.ts'
import type { VelaOperator } from './vela/operator.ts'
import { softmaxStepsWithConstant } from './vela/softmax.ts'
import { waitsOf, withDepth } from './vela/waits.ts'

export interface VelaCycles extends MemoryCycles {
  readonly npu: number
  /** The largest of the others: the peer overlaps all of them. */
  readonly total: number
}

/** One result per operator; O(n). */
export function velaCycles(operators: readonly VelaOperator[]): VelaCycles[] {
  let before: VelaOperator | null = null
  let beforeLastDepth = 0
  let softmaxStart: number | null = null
  return operators.map((operator, row) => {
    if (operator.npuOp === 'MaxPool') softmaxStart = operator.index ?? row
    const softmaxStep = softmaxStart === null ? 0 : (operator.index ?? row) - softmaxStart
    const { cycles, lastDepth } = waitsOf(operator, slackCycles(operator, before, beforeLastDepth))
    const npu = (operator.blockType === 'Dma' ? 0 : npuCycles(operator)) + Math.floor(cycles)
    const memories = memoryCycles(operator, hasConstantInput(operator, softmaxStep))
    before = operator
    beforeLastDepth = lastDepth
    return { npu, ...memories, total: Math.max(npu, ...Object.values(memories)) }
  })
}

/**
 * Cycles in which loads are hidden: those of the operator before. Of one with sliced weights only the last slice counts,
 * but its depth is a guess, and weights that are loaded whole were found to fit beside it. Without the operator before in
 * the table everything is taken as hidden.
 */
function slackCycles(operator: VelaOperator, before: VelaOperator | null, lastDepth: number): number {
  const { schedule, index, weightBuffers } = operator
  if (index === 0) return 0
  const isNeighbour = before?.schedule === schedule && (index === null || before.index === index - 1)
  if (before === null || !isNeighbour) return index === null ? 0 : Number.POSITIVE_INFINITY
  if (before.blockType === 'Dma') return 0
  return npuCycles(inArena(weightBuffers === 2 ? withDepth(before, lastDepth) : before))
}

function hasConstantInput({ sourceOp, ifm2 }: VelaOperator, softmaxStep: number): boolean {
  if (ifm2 === null) return false
  if (sourceOp === 'Softmax') return softmaxStepsWithConstant.has(softmaxStep)
  return ifm2.height * ifm2.width * ifm2.depth === 1
}

/** The operator as the compiler times it while it decides what to load ahead. */
function inArena(operator: VelaOperator): VelaOperator {
  const area = arenaArea(operator)
  return { ...operator, ifm: { ...operator.ifm, area }, ofm: { ...operator.ofm, area } }
}
