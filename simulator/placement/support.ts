/** Which operators of a network a runtime executes on its accelerator, and why not the others. */
import { elementCount } from '../cost/operand-bytes.ts'
import { type Arithmetic, precisions } from '../graph/precision.ts'
import type { GraphSummary, OperatorSummary } from '../graph/summary.ts'
import type { SupportLimit, SupportTable } from '../hardware/support-table.ts'
import type { Target } from '../hardware/target.ts'
import { operationOf } from './operations.ts'

/** An operator that its runtime leaves to another unit. */
export interface Lack {
  /** Index into the summary. */
  readonly operator: number
  readonly reason: string
  /** The table does not name it: the runtime's default for such operators. */
  readonly isAssumed: boolean
}

export interface Support {
  /** In execution order. */
  readonly lacks: readonly Lack[]
  /** Operator types that the table does not name and its default lets run. */
  readonly assumedSupported: readonly string[]
}

/** `null` = no table: everything is taken to run on the unit, as processors do. */
export function supportTableOf({ unit, runtime, precision }: Target): SupportTable | null {
  const tables = runtime.support.filter(({ unitKinds }) => unitKinds.includes(unit.kind))
  const ofFormat = (format: Arithmetic | null) =>
    tables.find(({ arithmetic, families }) => arithmetic === format && (families?.includes(unit.family) ?? true))
  return ofFormat(precisions[precision].arithmetic) ?? ofFormat(null) ?? null
}

const known = new WeakMap<GraphSummary, Map<SupportTable, Support>>()

/** Looked up once per network and table. */
export function supportOf(summary: GraphSummary, table: SupportTable): Support {
  let byTable = known.get(summary)
  if (byTable === undefined) {
    byTable = new Map()
    known.set(summary, byTable)
  }
  const found = byTable.get(table)
  if (found !== undefined) return found
  const support = readSupport(summary, table)
  byTable.set(table, support)
  return support
}

function readSupport(summary: GraphSummary, table: SupportTable): Support {
  const lacks: Lack[] = []
  const assumed = new Set<string>()
  summary.operators.forEach((operator, index) => {
    // Views move nothing: no runtime executes them.
    if (operator.class === 'view') return
    const operation = operationOf(operator)
    const isListed = operation !== null && table.supported.includes(operation)
    const reason = operation === null ? undefined : table.unsupported[operation]
    if (reason !== undefined) lacks.push({ operator: index, reason, isAssumed: false })
    else if (isListed || table.unlisted === 'supported') {
      const limit = table.limits.find(
        (each) => each.operation === operation && sizeOf(each, operator, summary) > each.most,
      )
      if (limit !== undefined) lacks.push({ operator: index, reason: limit.reason, isAssumed: false })
      else if (!isListed) assumed.add(operator.op)
    } else lacks.push({ operator: index, reason: 'not in the list of supported operators', isAssumed: true })
  })
  return { lacks, assumedSupported: [...assumed] }
}

/** 0 where the operator has no such size. */
function sizeOf(
  { of }: SupportLimit,
  { window, inputs, constants, class: operatorClass }: OperatorSummary,
  { tensors }: GraphSummary,
): number {
  if (of === 'elements') return Math.max(0, ...inputs.map((input) => elementCount(tensors[input]?.shape ?? [0])))
  if (of === 'constants') return constants.length
  if (of === 'activations') return new Set(inputs).size
  if (window === null) return 0
  if (of === 'stride') return Math.max(...window.stride)
  if (of === 'groups') return operatorClass === 'depthwise-convolution' ? 1 : window.groups
  const extent = window.kernel.map((size, axis) => (size - 1) * (window.dilation[axis] ?? 1) + 1)
  return of === 'kernel' ? (extent[0] ?? 0) : extent.reduce((area, size) => area * size, 1)
}
