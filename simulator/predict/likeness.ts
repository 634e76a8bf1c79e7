/**
 * How alike two networks are to a machine, whatever they are called (docs/method/calibration.md, CAL-3): size, depth and
 * what the work consists of. Networks that are alike err alike, so a new one borrows from those that were measured.
 *
 *     k(a, b) = exp(−‖x_a − x_b‖² / 2)
 */
import { kernelTraits, traitsOf } from '../cost/kernel-traits.ts'
import type { GraphSummary } from '../graph/summary.ts'

/** Sizes this many e-folds apart, and shares this far apart, are one length of k away from each other. */
const sizeLength = 3
const shareLength = 0.5

/** Sizes first, then the share of MACs or, for operators without any, of operators that each trait has. */
export function networkFeatures({ operators, tensors, constants }: GraphSummary): readonly number[] {
  const macsOf = new Float64Array(kernelTraits.length)
  const countOf = new Float64Array(kernelTraits.length)
  let macs = 0
  for (const operator of operators) {
    const [category = 0] = traitsOf(operator, [operator])
    macsOf[category] = (macsOf[category] ?? 0) + (operator.macs ?? 0)
    countOf[category] = (countOf[category] ?? 0) + 1
    macs += operator.macs ?? 0
  }
  const params = constants.reduce((sum, { elements }) => sum + elements, 0)
  const values = tensors.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0)
  const sizes = [macs, params, values, operators.length].map((size) => Math.log(Math.max(1, size)) / sizeLength)
  const shares = kernelTraits.map((_, trait) => {
    const part = macsOf[trait] ?? 0
    const share = part > 0 ? part / macs : (countOf[trait] ?? 0) / Math.max(1, operators.length)
    return Math.sqrt(share) / shareLength
  })
  return [...sizes, ...shares]
}

export function likeness(a: readonly number[], b: readonly number[]): number {
  let squares = 0
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return Math.exp(-squares / 2)
}
