import { dtypeBytes } from '../../simulator/graph/dtype.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'

export interface ModelDescription {
  readonly id: string
  readonly name: string
  readonly operators: number
  readonly parameters: number
  /** `null` when the work of an operator is not known. */
  readonly macs: number | null
  /** As stored in the file. */
  readonly weightBytes: number
  /** Share of operators whose work is known. */
  readonly coverage: number
}

/** The figures that tell one model from another at a glance. */
export function describeModel(id: string, summary: GraphSummary): ModelDescription {
  const { name, operators, constants } = summary
  const known = operators.filter(({ macs, vectorOps }) => macs !== null && vectorOps !== null)
  return {
    id,
    name,
    operators: operators.length,
    parameters: constants.reduce((sum, { elements }) => sum + elements, 0),
    macs: known.length < operators.length ? null : known.reduce((sum, { macs }) => sum + (macs ?? 0), 0),
    weightBytes: constants.reduce((sum, { dtype, elements }) => sum + dtypeBytes(dtype, elements), 0),
    coverage: operators.length === 0 ? 1 : known.length / operators.length,
  }
}
