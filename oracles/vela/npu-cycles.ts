/**
 * Cycles of the NPU for one operator, memory apart (docs/method/ethos-u.md, EUX-1 to EUX-5): the array works on a block
 * of outputs while the output stage finishes the block before.
 *
 *     cycles = blocks · max(D, O) + min(D, O)
 *
 * D array, O output stage, both at least what commanding a block costs.
 */

import type { Extent } from '../../simulator/hardware/ethos-u-block.ts'
import { largestWindow } from './accelerator.ts'
import { constantArea, memoryOf, readOverhead, storedDepth, writeOverhead } from './memories.ts'
import type { VelaOperator } from './operator.ts'
import { hasWeights } from './vocabulary.ts'

/** Cycles per output channel of a block for bias and scale, per 256 cycles of latency. */
const biasCyclesPerChannel = 10 / 256
/** Parts of a window that are worked on at a time, at 8 and at 16 bits. */
const windowPart = 4
const wideWindowPart = 2
/** Channels that a part spans. */
const partChannels = 8

/** Whole cycles, waits for weights and tables not included. */
export function npuCycles(operator: VelaOperator): number {
  return operator.blockType === 'ElementWise' ? elementWiseCycles(operator) : blockwiseCycles(operator)
}

function elementWiseCycles(operator: VelaOperator): number {
  const { ofm } = operator
  const perElement = outputCyclesPerElement(operator)
  const blockElements = elements(ofm.block)
  const command = (blockMemoryCycles(operator) + perElement * blockElements) / (4 * blockElements)
  return Math.ceil(Math.max(perElement, command) * ofm.height * ofm.width * storedDepth(ofm.depth, ofm.format))
}

function blockwiseCycles(operator: VelaOperator): number {
  const { ofm } = operator
  const block = smaller(ofm.block, ofm)
  const array = arrayCycles(operator, block)
  let output = Math.ceil(outputCyclesPerElement(operator) * elements(block))
  if (hasWeights(operator.blockType)) {
    const area = operator.weightBuffers > 0 ? 'Sram' : constantArea(operator)
    const { readLatencyCycles } = memoryOf(operator, area)
    output = Math.max(output, biasCyclesPerChannel * block.depth * readLatencyCycles)
  }
  const command = (blockMemoryCycles(operator) + output + array) / 4
  const ofArray = Math.max(array, command)
  const ofOutput = Math.max(output, command)
  return Math.floor(blocksOf(ofm, block) * Math.max(ofArray, ofOutput) + Math.min(ofArray, ofOutput))
}

/** D: cycles of the array for one block. */
function arrayCycles(operator: VelaOperator, clipped: Extent): number {
  const { accelerator, blockType, ifm, isPartKernel, has40BitSums } = operator
  const isSum = blockType === 'ConvolutionMxN' || blockType === 'VectorProduct' || blockType === 'ReduceSum'
  const inParts = isPartKernel && blockType !== 'ReduceSum' && isSum
  const isFlat = canWorkFlat(operator)
  const microBlock = isFlat ? { ...accelerator.microBlock, height: 1, width: 4 } : accelerator.microBlock
  const block = isFlat ? { ...clipped, height: 1 } : clipped
  const across = Math.ceil(block.width / microBlock.width) * Math.ceil(block.height / microBlock.height)
  const deep = Math.ceil(block.depth / microBlock.depth)
  const inputDepth = Math.min(ifm.block.depth, ifm.depth)
  const parts = inParts ? Math.ceil(inputDepth / partChannels) : 1
  const passes = ifm.bits === 16 && accelerator.halvesWideInputs ? 2 : 1
  const wait = has40BitSums ? accelerator.dependencyCycles.acc40 : accelerator.dependencyCycles.acc32
  let cycles = 0
  for (const window of windowPasses(operator)) {
    if (blockType === 'Pooling') {
      cycles += Math.max(4, window) * across * deep * passes + (across === 1 ? waits(wait, 1, deep) : 0)
      continue
    }
    const isDepthwise = blockType === 'ConvolutionDepthWise'
    const part = inParts && ifm.bits === 16 ? wideWindowPart : windowPart
    const steps = isDepthwise || inParts ? Math.ceil(window / part) : window
    // Weights of a step arrive at a fixed pace: 4 cycles per channel of the micro-block.
    const step = Math.max(4 * microBlock.depth, 4 * across * (isDepthwise ? passes : 1))
    cycles += (step * steps * deep + (across === 1 ? waits(wait, steps, deep) : 0)) * parts
  }
  const rounds = isSum ? Math.ceil(ifm.depth / inputDepth) : 1
  return (cycles * rounds) / accelerator.cores
}

/** A single micro-block cannot hide the latency of its sums behind another. */
function waits(wait: number, steps: number, deep: number): number {
  return deep === 1 ? wait * steps : wait * (steps - 1) * deep
}

/** One row of even width: two rows of the array work on the same row of outputs. */
function canWorkFlat(operator: VelaOperator): boolean {
  const { ofm, windowHeight, accelerator } = operator
  const isFlat = ofm.height === 1 && ofm.width % 2 === 0 && windowHeight === 1
  return isFlat && accelerator.microBlock.height === 2 && hasWeights(operator.blockType)
}

/** Elements of the window in each of the pieces that it is cut into. */
function windowPasses({ blockType, windowHeight, windowWidth }: VelaOperator): number[] {
  const largest = largestWindow[blockType]
  return pieces(windowHeight, largest).flatMap((height) => pieces(windowWidth, largest).map((width) => height * width))
}

function pieces(size: number, largest: number): number[] {
  return Array.from({ length: Math.ceil(size / largest) }, (_, index) => Math.min(largest, size - index * largest))
}

/** The output stage's pace; the slower of operator and activation. */
function outputCyclesPerElement({
  accelerator,
  npuOp,
  blockType,
  ifm,
  ifm2,
  ofm,
  activation,
  has40BitSums,
}: VelaOperator) {
  const pace = accelerator.outputCycles
  const ofActivation = /^(?:LUT|Sigmoid|Tanh)$/.test(activation) ? pace.table : /^Relu/.test(activation) ? pace.relu : 0
  const isElementWise = blockType === 'ElementWise'
  let ofOperator = pace.other
  if (isElementWise && ifm.bits === 32) ofOperator = ifm2 === null ? pace.wideUnary : pace.wideBinary
  else if (npuOp === 'Mul' && ofm.bits === 32) ofOperator = pace.wideMul
  else if (npuOp === 'Mul' || (!isElementWise && has40BitSums)) ofOperator = pace.mulOrWideSum
  else if (npuOp === 'Add' || npuOp === 'Sub') ofOperator = pace.addSub
  else if (npuOp === 'MaxPool') ofOperator = pace.maxPool
  return Math.max(ofOperator, ofActivation)
}

/** Latency and transfer of one block in and one block out; the peer counts elements as bytes. */
function blockMemoryCycles(operator: VelaOperator): number {
  const { ifm, ofm, accelerator } = operator
  const from = memoryOf(operator, ifm.area)
  const to = memoryOf(operator, ofm.area)
  const read = (elements(smaller(ifm.block, ifm)) * readOverhead(ifm, from)) / from.bytesPerCycle
  const write = (elements(smaller(ofm.block, ofm)) * writeOverhead(ofm, to, accelerator.cores)) / to.bytesPerCycle
  return from.readLatencyCycles + read + to.writeLatencyCycles + write
}

export function smaller(a: Extent, b: Extent): Extent {
  return {
    height: Math.min(a.height, b.height),
    width: Math.min(a.width, b.width),
    depth: Math.min(a.depth, b.depth),
  }
}

function elements({ height, width, depth }: Extent): number {
  return height * width * depth
}

function blocksOf(whole: Extent, block: Extent): number {
  return (
    Math.ceil(whole.height / block.height) * Math.ceil(whole.width / block.width) * Math.ceil(whole.depth / block.depth)
  )
}
