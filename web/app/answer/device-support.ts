/** Which operations the runtimes of a device run on its accelerators, by their support tables. */
import { type Operation, operations } from '../../../simulator/graph/operations.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { SupportTable } from '../../../simulator/hardware/support-table.ts'

export interface SupportCell {
  readonly state: 'yes' | 'no' | 'unlisted'
  /** Why not; what the runtime does with what it does not list. */
  readonly reason: string | null
}

export interface DeviceSupport {
  /** Preferred unit and runtime first; each table once. */
  readonly tables: readonly SupportTable[]
  /** What networks are made of first, then by name. */
  readonly rows: readonly { readonly operation: string; readonly cells: readonly SupportCell[] }[]
}

const common: readonly string[] = [
  'convolution',
  'fully-connected',
  'matmul',
  'attention',
  'softmax',
  'hard-swish',
  'layer-normalization',
  'resize',
  'transposed-convolution',
  'lstm',
]

export function deviceSupport({ units }: Device): DeviceSupport {
  const asked = units.flatMap(({ kind, runtimes }) =>
    runtimes.flatMap(({ support }) => support.filter((table) => table.unitKinds.includes(kind))),
  )
  const tables = [...new Map(asked.map((table) => [table.id, table])).values()]
  const listed = operations.filter((operation) =>
    tables.some(({ supported, unsupported }) => supported.includes(operation) || unsupported[operation] !== undefined),
  )
  const rank = (operation: string) => (common.includes(operation) ? common.indexOf(operation) : common.length)
  return {
    tables,
    rows: listed
      .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map((operation) => ({ operation, cells: tables.map((table) => cellOf(table, operation)) })),
  }
}

function cellOf(table: SupportTable, operation: Operation): SupportCell {
  if (table.supported.includes(operation)) {
    return { state: 'yes', reason: table.limits.find((limit) => limit.operation === operation)?.reason ?? null }
  }
  const reason = table.unsupported[operation]
  if (reason !== undefined) return { state: 'no', reason }
  return { state: 'unlisted', reason: `taken as ${table.unlisted}` }
}
