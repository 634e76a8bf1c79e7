/**
 * The latency law of one kernel (docs/method/latency.md, LAT-1, LAT-2).
 *
 *     t = t_fix + (t_compute^p + t_memory^p + t_link^p)^(1/p)
 *     t_level = (bytes + b_half) / (BW · η_m)        0 bytes cost nothing
 *
 * p → ∞ is the roofline, p = 1 no overlap at all. Never below the roofline max(t_compute, t_memory, t_link).
 */

/** p-norm of three non-negative times; `exponent` ≥ 1, infinity allowed. */
export function overlap(aS: number, bS: number, cS: number, exponent: number): number {
  const largest = Math.max(aS, bS, cS)
  if (largest === 0 || exponent === Number.POSITIVE_INFINITY) return largest
  const sum = powerShare(aS, largest, exponent) + powerShare(bS, largest, exponent) + powerShare(cS, largest, exponent)
  return sum === 1 ? largest : largest * sum ** (1 / exponent)
}

/** (t / largest)^p without the power where it is 0 or 1. */
function powerShare(timeS: number, largestS: number, exponent: number): number {
  if (timeS === 0) return 0
  return timeS === largestS ? 1 : (timeS / largestS) ** exponent
}

/** Time to move `bytes` over a level at its reached rate; the half-size stands for the latency of starting. */
export function transferS(bytes: number, reachedBytesPerS: number, halfSizeBytes: number): number {
  return bytes === 0 ? 0 : (bytes + halfSizeBytes) / reachedBytesPerS
}

export type Bound = 'compute' | 'memory' | 'link' | 'overhead'

/** The largest term. */
export function boundOf(computeS: number, memoryS: number, linkS: number, overheadS: number): Bound {
  const largest = Math.max(computeS, memoryS, linkS, overheadS)
  if (largest === computeS) return 'compute'
  if (largest === memoryS) return 'memory'
  return largest === linkS ? 'link' : 'overhead'
}
