/** Minimal filtering of 3×3 stride-1 convolutions (Lavin & Gray 2016; docs/method/cpu.md, CPU-3). */
import type { Kernel } from '../cost/kernel.ts'
import type { Arithmetic } from '../graph/precision.ts'

/** F(2×2, 3×3) needs 16 multiplies where direct convolution needs 36. */
const f2x2 = 16 / 36
const floats: ReadonlySet<Arithmetic> = new Set(['fp32', 'tf32', 'fp16', 'bf16'])

/** Share of the direct method's multiplies that remain, (0, 1]. */
export function multiplyShare(kernel: Kernel, arithmetic: Arithmetic): number {
  const { window } = kernel
  if (kernel.class !== 'convolution' || window === null || !floats.has(arithmetic)) return 1
  const is3x3 = window.kernel.length === 2 && window.kernel.every((size) => size === 3)
  const isDense = window.groups === 1 && window.stride.every((s) => s === 1) && window.dilation.every((d) => d === 1)
  return is3x3 && isDense ? f2x2 : 1
}
