/**
 * Which share of its peak a core sustains beside other cores (docs/method/cpu.md, CPU-5): kernels of one layer are chunks
 * of equal work, so it matters how cores compare, and peaks compare them wrongly.
 */
import type { CpuCluster } from './device.ts'

/** Eight threads on 4 + 4 cores take twice the time of four on RK3588 and Galaxy S23, where peaks say 1.3 **(default)**. */
const inOrderShare = 0.65

/** fp32 multiply-adds of four 128-bit pipes, for which three loads a cycle bring too little. */
const wideMacsPerCycle = 16
/** Eight threads on 4 + 4 cores take as long as the four wide ones on Dimensity 9300, where peaks say 1.4 **(default)**. */
const wideShare = 0.7

/** Where nobody says whether a core runs in order it is taken to reorder, as most cores that run networks do. */
export function sustainedShare({ inOrder, macsPerCycle }: Pick<CpuCluster, 'inOrder' | 'macsPerCycle'>): number {
  if (inOrder === true) return inOrderShare
  return (macsPerCycle.fp32?.value ?? 0) >= wideMacsPerCycle ? wideShare : 1
}
