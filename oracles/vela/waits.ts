/**
 * What an operator waits for beside its own work (docs/method/ethos-u.md, EUX-7): weights, tables and copies that do not
 * arrive while the operator before it runs.
 *
 * Exact where weights are read in place or buffered whole. Where they come in slices the bytes of each slice are not in
 * the table: slices are cut as the compiler cuts them with room to spare, and weighed by their share of the channels.
 */
import { constantArea, copyCycles, memoryOf, roundUp } from './memories.ts'
import { npuCycles } from './npu-cycles.ts'
import type { VelaOperator } from './operator.ts'

/** Channels that the outputs of one operator can be split at. */
const splitDepth = 16
/** Encoded weights and copies come in pieces of 16 bytes. */
const pieceBytes = 16

export interface Waits {
  /** Added to the cycles of the NPU; negative where the peer subtracts what it has counted elsewhere. */
  readonly cycles: number
  /** Channels of the last slice of outputs: what still runs while the next operator loads. */
  readonly lastDepth: number
}

/** `slackCycles`: how long the operator before it runs, or the last slice of that. */
export function waitsOf(operator: VelaOperator, slackCycles: number): Waits {
  const { weightBuffers, encodedWeightBytes, isCascaded, ofm } = operator
  if (weightBuffers === 2) return slicedWaits(operator, slackCycles)
  const whole = weightBuffers === 1 ? copyCycles(operator, constantArea(operator), encodedWeightBytes) : 0
  const loads = whole + tableCycles(operator) + copiedCycles(operator)
  // In a cascade all weights are loaded before its first stripe, and the peer takes them off every operator again.
  return { cycles: Math.max(0, loads - slackCycles) - (isCascaded ? whole : 0), lastDepth: ofm.depth }
}

/** A table of 256 entries of a byte or a word, or the 512 words of 16-bit activations. */
function tableCycles(operator: VelaOperator): number {
  const { activation, ifm, ofm } = operator
  if (activation !== 'LUT') return 0
  const bytes = ifm.bits === 16 ? 2048 : ofm.bits === 32 ? 1024 : 256
  return copyCycles(operator, constantArea(operator), bytes)
}

/** A copy between memories; within one it is a matter of addresses. */
function copiedCycles(operator: VelaOperator): number {
  const { blockType, ifm, ofm } = operator
  if (blockType !== 'Dma' || ifm.area === ofm.area) return 0
  const bytes = (ifm.height * ifm.width * ifm.depth * ifm.bits) / 8
  return copyCycles(operator, ifm.area, roundUp(bytes, pieceBytes))
}

function slicedWaits(operator: VelaOperator, slackCycles: number): Waits {
  const { ofm, encodedWeightBytes } = operator
  const { readLatencyCycles, bytesPerCycle } = memoryOf(operator, constantArea(operator))
  let running = slackCycles
  let cycles = 0
  let lastDepth = ofm.depth
  for (const depth of sliceDepths(operator, slackCycles)) {
    const bytes = roundUp(Math.floor((encodedWeightBytes * depth) / ofm.depth), pieceBytes)
    cycles += Math.max(0, readLatencyCycles + bytes / bytesPerCycle - running)
    running = npuCycles(withDepth(operator, depth))
    lastDepth = depth
  }
  return { cycles, lastDepth }
}

/** The first slice loads while the operator before runs, the second while the first runs, and so on. */
function sliceDepths(operator: VelaOperator, slackCycles: number): number[] {
  const { ofm } = operator
  const wholeCycles = copyCycles(operator, constantArea(operator), operator.encodedWeightBytes)
  if (wholeCycles <= slackCycles) return [ofm.depth]
  const atOnce = roundDown((ofm.depth * slackCycles) / wholeCycles, splitDepth)
  const first = Math.min(ofm.depth, Math.max(splitDepth, atOnce))
  const loadable = (ofm.depth * npuCycles(withDepth(operator, first))) / wholeCycles
  const next = roundUp(loadable, ofm.block.depth)
  const step = Math.max(splitDepth, next > ofm.block.depth ? next : roundDown(next, splitDepth))
  const depths = [first]
  for (let done = first; done < ofm.depth; done += step) depths.push(Math.min(step, ofm.depth - done))
  return depths
}

function roundDown(value: number, multiple: number): number {
  return multiple * Math.floor(value / multiple)
}

/** The operator with fewer output channels. */
export function withDepth(operator: VelaOperator, depth: number): VelaOperator {
  return { ...operator, ofm: { ...operator.ofm, depth } }
}
