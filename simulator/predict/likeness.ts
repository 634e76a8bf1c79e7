/**
 * How alike two networks are to a machine, whatever they are called (docs/method/calibration.md, CAL-3): size, depth and
 * what the work consists of. Networks that are alike err alike, so a new one borrows from those that were measured.
 *
 *     k(a, b) = exp(−‖x_a − x_b‖² / 2)
 */
import { kernelTraits, traitsOf } from '../cost/kernel-traits.ts'
import { elementCount } from '../cost/operand-bytes.ts'
import { factsOf } from '../graph/operators.ts'
import type { GraphSummary, OperatorSummary } from '../graph/summary.ts'

/** Sizes this many e-folds apart, and shares this far apart, are one length of k away from each other. */
const sizeLength = 3
const shareLength = 0.5

/** Sizes first, then the share of MACs or, for operators without any, of operators that each trait has. */
export function networkFeatures({ operators, tensors, constants }: GraphSummary): readonly number[] {
  const macsOf = new Float64Array(kernelTraits.length)
  const countOf = new Float64Array(kernelTraits.length)
  let macs = 0
  let values = 0
  let count = 0
  for (const operator of operators) {
    if (isExportersChoice(operator)) continue
    const [category = 0] = traitsOf(operator, [operator])
    macsOf[category] = (macsOf[category] ?? 0) + (operator.macs ?? 0)
    countOf[category] = (countOf[category] ?? 0) + 1
    macs += operator.macs ?? 0
    count += 1
    for (const output of operator.outputs) values += elementCount(tensors[output]?.shape ?? [0])
  }
  const params = constants.reduce((sum, { elements }) => sum + elements, 0)
  const sizes = [macs, params, values, count].map((size) => Math.log(Math.max(1, size)) / sizeLength)
  const shares = kernelTraits.map((_, trait) => {
    const part = macsOf[trait] ?? 0
    const share = part > 0 ? part / macs : (countOf[trait] ?? 0) / Math.max(1, count)
    return Math.sqrt(share) / shareLength
  })
  return [...sizes, ...shares]
}

/** Views and clamps come and go with the exporter, the network stays. */
function isExportersChoice({ op, class: operatorClass }: OperatorSummary): boolean {
  return operatorClass === 'view' || operatorClass === 'quantization' || factsOf(op).fusion === 'clamp'
}

export function likeness(a: readonly number[], b: readonly number[]): number {
  let squares = 0
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return Math.exp(-squares / 2)
}
