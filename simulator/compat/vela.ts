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
  let runningCycles = 0
  let lastSliceCycles = 0
  let softmaxStep = 0
  return operators.map((operator) => {
    if (before?.schedule !== operator.schedule) runningCycles = lastSliceCycles = 0
    softmaxStep = operator.npuOp === 'MaxPool' ? 0 : softmaxStep + 1
    const isDma = operator.blockType === 'Dma'
    // Only the last slice counts, but its depth is a guess; weights that are loaded whole were found to fit beside it.
    const { cycles, lastDepth } = waitsOf(operator, operator.weightBuffers === 2 ? lastSliceCycles : runningCycles)
    const npu = (isDma ? 0 : npuCycles(operator)) + Math.floor(cycles)
    const memories = memoryCycles(operator, hasConstantInput(operator, softmaxStep))
    before = operator
    runningCycles = isDma ? 0 : npuCycles(inArena(operator))
    lastSliceCycles = isDma ? 0 : npuCycles(inArena(withDepth(operator, lastDepth)))
    return { npu, ...memories, total: Math.max(npu, ...Object.values(memories)) }
  })
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
