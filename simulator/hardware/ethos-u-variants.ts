/**
 * Configurations of the Ethos-U that its compiler distinguishes: what a step of the array covers, and the memory that
 * blocks share. Source: Vela 3.10 (commit a6f6566), checked against its own choices of blocks.
 */
import type { Extent, SharedMemory } from './ethos-u-block.ts'

export interface EthosUVariant {
  /** Outputs that one step of the array covers. */
  readonly microBlock: Extent
  readonly cores: number
  readonly sharedMemory: SharedMemory
}

const largeMemory: SharedMemory = {
  banks: 48,
  granules: { input8: 8, input16: 8, input32: 16 },
  sumGranules: { sum32: 16, sum40: 20 },
}

const of256: EthosUVariant = { microBlock: { height: 2, width: 2, depth: 8 }, cores: 1, sharedMemory: largeMemory }

/** By MACs per cycle, as in their names. */
export const ethosUVariants = {
  'ethos-u55-32': {
    microBlock: { height: 1, width: 1, depth: 4 },
    cores: 1,
    sharedMemory: {
      banks: 16,
      granules: { input8: 2, input16: 2, input32: 4 },
      sumGranules: { sum32: 4, sum40: 4 },
    },
  },
  'ethos-u55-64': {
    microBlock: { height: 1, width: 1, depth: 8 },
    cores: 1,
    sharedMemory: {
      banks: 16,
      granules: { input8: 2, input16: 2, input32: 4 },
      sumGranules: { sum32: 4, sum40: 8 },
    },
  },
  'ethos-u55-128': {
    microBlock: { height: 1, width: 2, depth: 8 },
    cores: 1,
    sharedMemory: {
      banks: 24,
      granules: { input8: 4, input16: 4, input32: 8 },
      sumGranules: { sum32: 8, sum40: 12 },
    },
  },
  'ethos-u55-256': of256,
  'ethos-u65-256': of256,
  'ethos-u65-512': { ...of256, cores: 2 },
} as const satisfies Readonly<Record<string, EthosUVariant>>
