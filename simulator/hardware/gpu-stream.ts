/**
 * An operator that only moves data through a GPU (docs/method/gpu.md, GPU-5): element-wise, softmax, normalization.
 *
 *     t = (t_host^p + (t_launch + (bytes + reread)/(BW·η_m))^p)^(1/p)        reread = input · max(0, 1 − held/row)
 *
 * The host issues the operator while the GPU still works on the one before: a short one takes as long as issuing it.
 * An operator that needs the whole row before it can write reads it again, from DRAM where the row was too long to hold.
 */
import { overlap } from './law.ts'

export interface GpuStream {
  /** Every array once. */
  readonly bytes: number
  /** What is read again after the whole row was seen; `null` = nothing. */
  readonly reread: { readonly inputBytes: number; readonly rowBytes: number } | null
}

export interface GpuStreamParameters {
  /** Time of the framework to issue one operator. */
  readonly hostS: number
  /** Starting and draining the kernel. */
  readonly launchS: number
  /** η_m, (0, 1]. */
  readonly bandwidthEfficiency: number
  /** Row that a processor still holds for its second reading. */
  readonly heldRowBytes: number
}

const overlapExponent = 4

export function timeStream(
  { bytes, reread }: GpuStream,
  dramBytesPerS: number,
  { hostS, launchS, bandwidthEfficiency, heldRowBytes }: GpuStreamParameters,
): number {
  const again = reread === null ? 0 : reread.inputBytes * Math.max(0, 1 - heldRowBytes / reread.rowBytes)
  return overlap(hostS, launchS + (bytes + again) / (dramBytesPerS * bandwidthEfficiency), 0, overlapExponent)
}
