/** Constants of a model: how many parameters, and how many bytes they occupy stored once (docs/method/work.md, WORK-4). */
import { dtypes } from '../graph/dtype.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { constantBytes, constantRole, largestConstant } from './operand-bytes.ts'

/** Elements of all constants but indices, flags and text; a shared constant counts once. */
export function countParameters(summary: GraphSummary): number {
  let parameters = 0
  for (const constant of summary.constants) {
    if (constant.dtype !== 'int64' && constant.dtype !== 'bool' && dtypes[constant.dtype].kind !== 'string') {
      parameters += constant.elements
    }
  }
  return parameters
}

/** Bytes of all constants in `precision`, each stored once however many operators read it. */
export function storedWeightBytes(summary: GraphSummary, precision: PrecisionId): number {
  const stored = new Float64Array(summary.constants.length).fill(-1)
  for (const operator of summary.operators) {
    const largest = largestConstant(operator, summary)
    for (const index of operator.constants) {
      const constant = summary.constants[index]
      if (constant === undefined || stored[index] !== -1) continue
      stored[index] = constantBytes(constant, constantRole(operator, constant.elements, largest), precision)
    }
  }
  return stored.reduce((total, size) => total + Math.max(0, size), 0)
}
