/** Closed lists of Vela's own words, as its tables spell them. */

export const blockTypes = [
  'ConvolutionMxN',
  'ConvolutionDepthWise',
  'VectorProduct',
  'Pooling',
  'ReduceSum',
  'ElementWise',
  'Dma',
] as const
export type BlockType = (typeof blockTypes)[number]

export function hasWeights(blockType: BlockType): boolean {
  return blockType === 'ConvolutionMxN' || blockType === 'ConvolutionDepthWise' || blockType === 'VectorProduct'
}

export const memoryAreas = ['Sram', 'Dram', 'OnChipFlash', 'OffChipFlash'] as const
export type MemoryArea = (typeof memoryAreas)[number]

export const memoryModes = ['Shared_Sram', 'Dedicated_Sram', 'Sram_Only'] as const
export type MemoryMode = (typeof memoryModes)[number]

/** Channels innermost, or in bricks of 16 channels. */
export const tensorFormats = ['NHWC', 'NHCWB16'] as const
export type TensorFormat = (typeof tensorFormats)[number]
