/** One row of a table of Vela's operators, read and checked; the names are Vela's. */
import { type Block, type BlockUse, chooseBlock, type Extent } from '../../simulator/hardware/ethos-u-block.ts'
import { fail } from '../../simulator/problem.ts'
import { type Accelerator, accelerators, type MemorySystem, memorySystems, scaleBytes } from './accelerator.ts'
import {
  type BlockType,
  blockTypes,
  hasWeights,
  type MemoryArea,
  type MemoryMode,
  memoryAreas,
  memoryModes,
  type TensorFormat,
  tensorFormats,
} from './vocabulary.ts'

/** Inputs or outputs of an operator, with the block of them that the array works on. */
export interface FeatureMap extends Extent {
  readonly bits: number
  readonly format: TensorFormat
  readonly area: MemoryArea
  readonly block: Extent
}

export interface VelaOperator {
  /** What makes two rows neighbours in one schedule. */
  readonly schedule: string
  /** Place in the schedule, from 0; `null` where the table does not say: rows are neighbours then. */
  readonly index: number | null
  readonly accelerator: Accelerator
  readonly system: MemorySystem
  readonly memoryMode: MemoryMode
  /** Operator of the model; '' where the table does not say. */
  readonly sourceOp: string
  /** Operator that the NPU runs: Conv2DBias, Mul, MaxPool, … */
  readonly npuOp: string
  readonly blockType: BlockType
  readonly activation: string
  readonly ifm: FeatureMap
  /** Second input of an element operation. */
  readonly ifm2: Extent | null
  readonly ofm: FeatureMap
  readonly windowHeight: number
  readonly windowWidth: number
  /** Parts of a window at a time over eight channels, instead of one element over all. */
  readonly isPartKernel: boolean
  readonly has40BitSums: boolean
  readonly isCascaded: boolean
  /** Copies of weights in fast memory: 0 = read in place, 1 = all, 2 = slices in turn. */
  readonly weightBuffers: 0 | 1 | 2
  readonly encodedWeightBytes: number
}

// biome-ignore format: a list of names
export const velaOperatorColumns = [
  'accelerator', 'system_config', 'memory_mode', 'npu_op', 'block_type', 'ifm', 'ifm2', 'ofm', 'ifm_bits', 'ofm_bits',
  'kernel_h', 'kernel_w', 'activation', 'ifm_format', 'ofm_format', 'ifm_mem', 'ofm_mem', 'ofm_block', 'ifm_block',
  'is_partkernel', 'acc_type', 'cascade', 'weights_buffered', 'encoded_weight_bytes',
] as const

/** More than any window that the NPU takes; keeps the work per row bounded. */
const largestWindowSide = 2048

/** Columns that tell one schedule from the next, where the table has them. */
// biome-ignore format: a list of names
const scheduleColumns = [
  'model', 'accelerator', 'system_config', 'memory_mode', 'tensor_allocator', 'optimise', 'subgraph',
]

/**
 * `cell` gives the text of a column, '' where the table does not have it; `where` names the row. A blank block is chosen
 * as the compiler does, for which strides and dilations must be there.
 *
 * Throws `ProblemError` `invalid-csv` with row and column.
 */
export function readVelaOperator(cell: (column: string) => string, where: string): VelaOperator {
  const { oneOf, whole, extent, choice, invalid } = readersOf(cell, where)
  const blockType = choice('block_type', blockTypes)
  const accelerator = oneOf('accelerator', accelerators)
  const block = cell('ofm_block') === '' ? chosenBlock() : { ifm: extent('ifm_block'), ofm: extent('ofm_block') }
  const featureMap = (name: 'ifm' | 'ofm'): FeatureMap => ({
    ...extent(name),
    bits: whole(`${name}_bits`),
    format: choice(`${name}_format`, tensorFormats),
    area: choice(`${name}_mem`, memoryAreas),
    block: block[name],
  })
  const ofm = featureMap('ofm')
  const encodedWeightBytes = whole('encoded_weight_bytes')
  const leastBytes = hasWeights(blockType) ? scaleBytes * ofm.depth : 0
  if (encodedWeightBytes < leastBytes) throw invalid('encoded_weight_bytes', `${leastBytes} or more`)
  return {
    schedule: scheduleColumns.map(cell).join('\n'),
    index: cell('op_index') === '' ? null : whole('op_index'),
    accelerator,
    system: oneOf('system_config', memorySystems),
    memoryMode: choice('memory_mode', memoryModes),
    sourceOp: cell('source_op'),
    npuOp: cell('npu_op'),
    blockType,
    activation: cell('activation'),
    ifm: featureMap('ifm'),
    ifm2: cell('ifm2') === '' ? null : extent('ifm2'),
    ofm,
    windowHeight: whole('kernel_h', largestWindowSide),
    windowWidth: whole('kernel_w', largestWindowSide),
    isPartKernel: choice('is_partkernel', ['0', '1']) === '1',
    has40BitSums: cell('acc_type') === 'Acc40',
    isCascaded: !['', '0'].includes(cell('cascade')),
    weightBuffers: ([0, 1, 2] as const)[Number(choice('weights_buffered', ['0', '1', '2']))] ?? 0,
    encodedWeightBytes,
  }

  function chosenBlock(): Block {
    const ifm = extent('ifm')
    const ifm2 = cell('ifm2') === '' ? null : extent('ifm2')
    const larger = ifm2 !== null && elements(ifm2) > elements(ifm) ? ifm2 : ifm
    // What is scheduled at once: part of the outputs in a cascade, more than them where others are written beside.
    const outputs = extent('ofm')
    const stripe = cell('stripe') === '' ? outputs : extent('stripe')
    const reach = (stripe.height - 1) * whole('stride_y') + (whole('kernel_h') - 1) * whole('dilation_y') + 1
    const found = chooseBlock(
      {
        use: blockUses[blockType],
        ifm: stripe.height < outputs.height ? { ...larger, height: Math.min(larger.height, reach) } : larger,
        ofm: stripe,
        inputBits: whole('ifm_bits'),
        sumBits: cell('acc_type') === 'Acc40' ? 40 : 32,
        window: { height: whole('kernel_h', largestWindowSide), width: whole('kernel_w', largestWindowSide) },
        stride: { height: whole('stride_y'), width: whole('stride_x') },
        dilation: { height: whole('dilation_y'), width: whole('dilation_x') },
        isPartKernel: cell('is_partkernel') === '1',
        hasSecondInput: ifm2 !== null && elements(ifm) > 1 && elements(ifm2) > 1,
        hasTable: cell('activation') === 'LUT',
      },
      accelerator.microBlock,
      accelerator.sharedMemory,
    )
    if (found === null) throw invalid('ofm_block', 'a block, where none fits the shared memory')
    return found
  }
}

const blockUses: Readonly<Record<BlockType, BlockUse>> = {
  ConvolutionMxN: 'convolution',
  ConvolutionDepthWise: 'depthwise',
  VectorProduct: 'product',
  Pooling: 'pooling',
  ReduceSum: 'reduction',
  ElementWise: 'element-wise',
  Dma: 'pooling',
}

function elements({ height, width, depth }: Extent): number {
  return height * width * depth
}

function readersOf(cell: (column: string) => string, where: string) {
  const invalid = (column: string, expected: string) =>
    fail('invalid-csv', 'Correct the cell.', { where: `${where}, ${column}`, expected, received: cell(column) })
  return {
    invalid,
    oneOf<Value>(column: string, values: Readonly<Record<string, Value>>): Value {
      const value = Object.hasOwn(values, cell(column)) ? values[cell(column)] : undefined
      if (value === undefined) throw invalid(column, Object.keys(values).join(', '))
      return value
    },
    choice<Choice extends string>(column: string, choices: readonly Choice[]): Choice {
      const found = choices.find((each) => each === cell(column))
      if (found === undefined) throw invalid(column, choices.join(', '))
      return found
    },
    whole(column: string, most = Number.MAX_SAFE_INTEGER): number {
      const value = /^\d+$/.test(cell(column)) ? Number(cell(column)) : Number.NaN
      if (!(value <= most)) throw invalid(column, `a whole number up to ${most}`)
      return value
    },
    /** `1x25x5x64`: batch 1, height, width, depth, each at least 1. */
    extent(column: string): Extent {
      const [, height, width, depth] = /^1x([1-9]\d*)x([1-9]\d*)x([1-9]\d*)$/.exec(cell(column)) ?? []
      if (height === undefined) throw invalid(column, '1xHEIGHTxWIDTHxDEPTH')
      return { height: Number(height), width: Number(width), depth: Number(depth) }
    },
  }
}
