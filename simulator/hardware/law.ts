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
  const second = aS + bS + cS - largest
  if (second === 0) return largest
  const sum = (aS / largest) ** exponent + (bS / largest) ** exponent + (cS / largest) ** exponent
  return largest * Math.max(1, sum ** (1 / exponent))
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
