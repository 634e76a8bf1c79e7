/**
 * Which share of its peak a core sustains beside other cores (docs/method/cpu.md, CPU-5): kernels of one layer are chunks
 * of equal work, so it matters how cores compare, and peaks compare them wrongly.
 */
import type { CpuCluster } from './device.ts'

/** Two instructions a cycle in order: a load that is waited for stops the multiplies behind it. */
const inOrder: ReadonlySet<string> = new Set([
  'Cortex-A7',
  'Cortex-A35',
  'Cortex-A53',
  'Cortex-A55',
  'Cortex-A510',
  'Cortex-A520',
])
/** Eight threads on 4 + 4 cores take twice the time of four on RK3588 and Galaxy S23, where peaks say 1.3 **(default)**. */
const inOrderShare = 0.65

/** fp32 multiply-adds of four 128-bit pipes, for which three loads a cycle bring too little. */
const wideMacsPerCycle = 16
/** Eight threads on 4 + 4 cores take as long as the four wide ones on Dimensity 9300, where peaks say 1.4 **(default)**. */
const wideShare = 0.7

export function sustainedShare({ core, macsPerCycle }: CpuCluster): number {
  if (inOrder.has(core)) return inOrderShare
  return (macsPerCycle.fp32?.value ?? 0) >= wideMacsPerCycle ? wideShare : 1
}
