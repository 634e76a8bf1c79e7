/**
 * Which block of outputs an Ethos-U works on (docs/method/ethos-u.md, EUX-9): of all that fit its shared memory twice, the
 * one that fetches inputs and weights least often per output.
 *
 * Checked against every block that Vela 3.10 chose outside of cascades (test/simulator/hardware/ethos-u-block.test.ts).
 */

/** Height, width and depth of a tensor or of a block of one. */
export interface Extent {
  readonly height: number
  readonly width: number
  readonly depth: number
}

/** Shared memory in banks of 1 KiB, handed out in granules. */
export interface SharedMemory {
  readonly banks: number
  readonly granules: { readonly input8: number; readonly input16: number; readonly input32: number }
  readonly sumGranules: { readonly sum32: number; readonly sum40: number }
}

export type BlockUse = 'convolution' | 'depthwise' | 'product' | 'pooling' | 'reduction' | 'element-wise'

export interface BlockRequest {
  readonly use: BlockUse
  readonly ifm: Extent
  readonly ofm: Extent
  readonly inputBits: number
  readonly sumBits: 32 | 40
  readonly window: { readonly height: number; readonly width: number }
  readonly stride: { readonly height: number; readonly width: number }
  readonly dilation: { readonly height: number; readonly width: number }
  /** Parts of a window over few channels at a time. */
  readonly isPartKernel: boolean
  /** A second input that is no scalar lies beside the first. */
  readonly hasSecondInput: boolean
  /** An activation by table takes two banks. */
  readonly hasTable: boolean
}

export interface Block {
  readonly ofm: Extent
  readonly ifm: Extent
}

const bankBytes = 1024
const outputBanks = 2
/** For a table; larger memories leave them unused. */
const tableBanks = 2
const smallestMemoryBanks = 16
/** Outputs can be split at multiples of this depth. */
const splitDepth = 16
const largestBlock: Extent = { height: 32, width: 64, depth: 128 }
const largestWindow = 8
/** A block up to this size may be exchanged for one of equal cost that covers more of the input. */
const smallBlock = 4

/** `null` where no block fits. O(heights · widths · depths), at most some ten thousand candidates. */
export function chooseBlock(request: BlockRequest, microBlock: Extent, memory: SharedMemory): Block | null {
  const { ofm } = request
  const most: Extent = {
    height: roundUp(Math.min(ofm.height, largestBlock.height), microBlock.height),
    width: roundUp(Math.min(ofm.width, largestBlock.width), microBlock.width),
    depth: roundUp(Math.min(ofm.depth, largestBlock.depth), microBlock.depth),
  }
  const splittable = (depth: number): number => (depth < ofm.depth ? roundUp(depth, splitDepth) : depth)
  let best: Block | null = null
  let bestCost = Number.POSITIVE_INFINITY
  let bestUncovered = Number.POSITIVE_INFINITY
  const first = splittable(Math.max(microBlock.depth, Math.min(most.depth, splitDepth)))
  for (let depth = first; depth <= most.depth; depth = splittable(depth + microBlock.depth)) {
    // What does not fit does not fit on its side either: the order of the search is part of the choice.
    const tooLarge = new Set<number>()
    for (let height = microBlock.height; height <= most.height; height += microBlock.height) {
      for (let width = microBlock.width; width <= most.width; width += microBlock.width) {
        if (tooLarge.has(height * (largestBlock.width + 1) + width)) continue
        const block = withInputs(request, { height, width, depth }, microBlock)
        if (!fits(request, block, memory)) {
          tooLarge.add(width * (largestBlock.width + 1) + height)
          continue
        }
        const cost = costOf(request, block)
        if (cost > bestCost) continue
        if (cost === bestCost) {
          const uncovered = inputPlanes(request, block)
          if (uncovered > bestUncovered || height > smallBlock || width > smallBlock) continue
          bestUncovered = uncovered
        } else {
          bestUncovered = Number.POSITIVE_INFINITY
        }
        best = block
        bestCost = cost
      }
    }
  }
  return best
}

/** Inputs that a block of outputs needs: its window's reach, in whole micro-blocks; channels in the pieces of the array. */
function withInputs(request: BlockRequest, ofm: Extent, microBlock: Extent): Block {
  const { use, ifm, window, stride, dilation, inputBits, isPartKernel } = request
  const reach = (outputs: number, side: 'height' | 'width'): number =>
    (outputs - 1) * stride[side] + Math.min(largestWindow, (window[side] - 1) * dilation[side] + 1)
  const pieces =
    inputBits === 16
      ? roundUp(Math.min(ifm.depth, 16), 4)
      : roundUp(Math.min(ifm.depth, isPartKernel && use === 'convolution' ? 16 : 32), 8)
  return {
    ofm,
    ifm: {
      height: roundUp(reach(ofm.height, 'height'), microBlock.height),
      width: roundUp(reach(ofm.width, 'width'), microBlock.width),
      depth: keepsChannels(use) && use !== 'reduction' ? ofm.depth : pieces,
    },
  }
}

/** Every output channel depends on its own input channel alone. */
function keepsChannels(use: BlockUse): boolean {
  return use !== 'convolution' && use !== 'product'
}

/** Inputs and sums twice each, so that one block loads while the other is worked on. */
function fits(
  { use, inputBits, sumBits, hasSecondInput, hasTable }: BlockRequest,
  { ofm, ifm }: Block,
  memory: SharedMemory,
) {
  const { banks, granules, sumGranules } = memory
  const free = banks - outputBanks - (hasTable || banks > smallestMemoryBanks ? tableBanks : 0)
  const granule = inputBits === 32 ? granules.input32 : inputBits === 16 ? granules.input16 : granules.input8
  const inputBytes = ifm.height * ifm.width * roundUp(Math.floor((ifm.depth * inputBits) / 8), 8)
  const inputBanks = roundUp(2 * Math.ceil(inputBytes / bankBytes), granule)
  if (use === 'element-wise') return inputBanks * (hasSecondInput ? 2 : 1) <= free
  const sumBytes = Math.floor((ofm.height * ofm.width * roundUp(ofm.depth, 8) * sumBits) / 8)
  const sumGranule = sumBits === 40 ? sumGranules.sum40 : sumGranules.sum32
  return inputBanks + roundUp(2 * Math.ceil(sumBytes / bankBytes), sumGranule) <= free
}

/** Elements fetched per output; for element operations how many blocks there are. Half where two blocks hold the input. */
function costOf(request: BlockRequest, block: Block): number {
  const { use, ifm, ofm, window } = request
  const outputs = ofm.height * ofm.width * ofm.depth
  const isWhole = ifm.height * ifm.width * ifm.depth < 2 * block.ifm.height * block.ifm.width * block.ifm.depth
  const share = isWhole ? 1 / 2 : 1
  if (use === 'element-wise') return (outputs / (block.ofm.height * block.ofm.width * block.ofm.depth)) * share
  const hasWeights = use === 'convolution' || use === 'product' || use === 'depthwise'
  const planes = Math.ceil(ofm.height / block.ofm.height) * Math.ceil(ofm.width / block.ofm.width)
  const weights = hasWeights ? window.height * window.width * ifm.depth * planes : 0
  const windowPieces = Math.ceil(window.width / largestWindow) * Math.ceil(window.height / largestWindow)
  // Fractions of blocks, in this order: equal costs decide by it.
  const blocks = (ofm.width / block.ofm.width) * (ofm.height / block.ofm.height)
  const inputs = block.ifm.height * block.ifm.width * ifm.depth * windowPieces * blocks
  const depthBlocks = keepsChannels(use) ? 1 : Math.ceil(ofm.depth / block.ofm.depth)
  const weightDepth = use === 'depthwise' ? 1 : (ofm.depth / block.ofm.depth) * block.ofm.depth
  return ((inputs * depthBlocks + weights * weightDepth) / outputs) * share
}

/** Input planes over the part of one that a block holds. */
function inputPlanes({ ifm }: BlockRequest, block: Block): number {
  const held = Math.min(ifm.height, block.ifm.height) * Math.min(ifm.width, block.ifm.width)
  return (ifm.height * ifm.width) / Math.max(1, held)
}

function roundUp(value: number, multiple: number): number {
  return multiple * Math.ceil(value / multiple)
}
