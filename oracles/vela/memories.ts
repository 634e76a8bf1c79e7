/** Where an operator's operands are, how fast that memory is, and how well an access uses its bursts (EUX-2). */
import type { Memory } from './accelerator.ts'
import type { FeatureMap, VelaOperator } from './operator.ts'
import type { MemoryArea, TensorFormat } from './vocabulary.ts'

/** Channels of a brick of NHCWB16. */
export const brickChannels = 16

/** On-chip flash is a name for constants that live in SRAM. */
export function memoryOf({ system }: VelaOperator, area: MemoryArea): Memory {
  return area === 'Sram' || area === 'OnChipFlash' ? system.sram : system.backing
}

/** Where constants are before anything is buffered. */
export function constantArea({ memoryMode, system }: VelaOperator): MemoryArea {
  return memoryMode === 'Sram_Only' ? 'OnChipFlash' : system.backing.area
}

/** Where the compiler thinks feature maps are until it has found room for them in the SRAM. */
export function arenaArea({ memoryMode, system }: VelaOperator): MemoryArea {
  return memoryMode === 'Dedicated_Sram' ? system.backing.area : 'Sram'
}

/** Latency and transfer, whole cycles, of `bytes` from one memory into the SRAM. */
export function copyCycles(operator: VelaOperator, from: MemoryArea, bytes: number): number {
  const { readLatencyCycles, bytesPerCycle } = memoryOf(operator, from)
  return readLatencyCycles + Math.floor(bytes / bytesPerCycle)
}

export function roundUp(value: number, multiple: number): number {
  return multiple * Math.ceil(value / multiple)
}

/** Elements along the depth as stored. */
export function storedDepth(depth: number, format: TensorFormat): number {
  return format === 'NHCWB16' ? roundUp(depth, brickChannels) : depth
}

/** Bytes per byte asked for, at least 1: a burst is paid for whole, also where less of it lies in one piece. */
export function readOverhead({ bits, format, block }: FeatureMap, { burstBytes }: Memory): number {
  const elements = format === 'NHCWB16' ? brickChannels * block.width : block.depth
  return burstBytes / Math.min(burstBytes, elements * bytesOf(bits))
}

/** Writes of NHWC go 16 channels at a time; two cores write beside each other. */
export function writeOverhead({ bits, format, block }: FeatureMap, { burstBytes }: Memory, cores: number): number {
  const bytes = bytesOf(bits)
  const run =
    format === 'NHCWB16'
      ? brickChannels * block.width * bytes * cores
      : Math.min(64 * cores, brickChannels * bytes * cores, block.depth * bytes)
  return burstBytes / Math.min(burstBytes, run)
}

/** Bytes of an element. */
export function bytesOf(bits: number): number {
  return bits / 8
}
