/**
 * Cycles that each memory is busy with one operator (docs/method/ethos-u.md, EUX-6): bytes with the waste of short
 * bursts over bytes per cycle. Weights that are buffered are counted nowhere, as the peer counts them.
 */

import type { Extent } from '../../simulator/hardware/ethos-u-block.ts'
import { largestWindow, scaleBytes } from './accelerator.ts'
import { bytesOf, constantArea, memoryOf, readOverhead, storedDepth, writeOverhead } from './memories.ts'
import { smaller } from './npu-cycles.ts'
import type { FeatureMap, VelaOperator } from './operator.ts'
import { hasWeights, type MemoryArea } from './vocabulary.ts'

export type MemoryCycles = Record<MemoryArea, number>

/**
 * `isConstant`: the second input is a constant of the model, which the columns do not say.
 */
export function memoryCycles(operator: VelaOperator, isConstant: boolean): MemoryCycles {
  const cycles: MemoryCycles = { Sram: 0, Dram: 0, OnChipFlash: 0, OffChipFlash: 0 }
  const { ifm, ofm, accelerator } = operator
  if (operator.blockType === 'Dma') return cycles
  const read = (map: FeatureMap, count: number): void => {
    const memory = memoryOf(operator, map.area)
    cycles[map.area] += (count * bytesOf(map.bits) * readOverhead(map, memory)) / memory.bytesPerCycle
  }
  if (operator.blockType === 'ElementWise') {
    const second = secondInput(operator, isConstant)
    const [ofFirst, ofSecond] = elementWiseReads(operator)
    read(ifm, ofFirst)
    if (second !== null) read(second, ofSecond)
  } else {
    read(ifm, blockwiseReads(operator))
    if (hasWeights(operator.blockType) && operator.weightBuffers === 0) {
      const area = constantArea(operator)
      cycles[area] += constantBytes(operator) / memoryOf(operator, area).bytesPerCycle
    }
  }
  const memory = memoryOf(operator, ofm.area)
  const written = ofm.height * ofm.width * storedDepth(ofm.depth, ofm.format) * bytesOf(ofm.bits)
  cycles[ofm.area] += (written * writeOverhead(ofm, memory, accelerator.cores)) / memory.bytesPerCycle
  return cycles
}

/** Inputs come once per block of outputs, and per piece of a window; depthwise and pooling blocks read their own channels. */
function blockwiseReads({ blockType, ifm, ofm, windowHeight, windowWidth }: VelaOperator): number {
  const block = smaller(ifm.block, ifm)
  const largest = largestWindow[blockType]
  const windowPieces = Math.ceil(windowHeight / largest) * Math.ceil(windowWidth / largest)
  const isOwnChannels = blockType === 'ConvolutionDepthWise' || blockType === 'Pooling'
  const blocks = planeBlocks(ofm) * (isOwnChannels ? 1 : depthBlocks(ofm))
  return block.height * block.width * storedDepth(ifm.depth, ifm.format) * windowPieces * blocks
}

/** Weights come again for every block of the plane, whole blocks of channels at a time; scales once. */
function constantBytes({ blockType, ofm, encodedWeightBytes }: VelaOperator): number {
  const scales = scaleBytes * ofm.depth
  const depthShare = blockType === 'ConvolutionDepthWise' ? 1 : (depthBlocks(ofm) * blockDepth(ofm)) / ofm.depth
  return (encodedWeightBytes - scales) * planeBlocks(ofm) * depthShare + scales
}

function planeBlocks({ height, width, block }: FeatureMap): number {
  return Math.ceil(height / Math.min(block.height, height)) * Math.ceil(width / Math.min(block.width, width))
}

function blockDepth({ depth, block }: FeatureMap): number {
  return Math.min(depth, block.depth)
}

function depthBlocks(ofm: FeatureMap): number {
  return Math.ceil(ofm.depth / blockDepth(ofm))
}

/** Elements of the first and of the second input; scalars of 8 bits travel with the command. */
function elementWiseReads({ ifm, ifm2, ofm }: VelaOperator): readonly [number, number] {
  const stored = ({ height, width, depth }: Extent): number => height * width * storedDepth(depth, ifm.format)
  const scalar = (extent: Extent): number => (ifm.bits > 8 ? stored(extent) : 0)
  if (isScalar(ifm)) return [scalar(ifm), ifm2 === null ? 0 : stored(ofm)]
  if (ifm2 === null) return [stored(ofm), 0]
  return [stored(ofm), isScalar(ifm2) ? scalar(ifm2) : stored(ofm)]
}

function isScalar({ height, width, depth }: Extent): boolean {
  return height * width * depth === 1
}

/**
 * The second input as stored. The columns say neither where nor how: constants and scalars lie plain, an input beside a
 * plain one in a backing memory (a state, an input of the graph) is in the SRAM, any other is like the first.
 */
function secondInput(operator: VelaOperator, isConstant: boolean): FeatureMap | null {
  const { ifm, ifm2 } = operator
  if (ifm2 === null) return null
  if (isConstant) return { ...ifm, format: 'NHWC', area: constantArea(operator) }
  if (ifm.area === 'Dram' && ifm.format === 'NHWC') return { ...ifm, format: 'NHCWB16', area: 'Sram' }
  return isScalar(ifm2) ? { ...ifm, format: 'NHWC' } : ifm
}
