/** Which operations the runtimes of a device run on its accelerators, by their support tables. */
import type { Operation } from '../../../simulator/graph/operations.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { SupportTable } from '../../../simulator/placement/support-table.ts'
import { supportTables } from '../../../simulator/placement/support-tables.ts'

export interface SupportCell {
  readonly state: 'yes' | 'no' | 'unlisted'
  /** Why not; what the runtime does with what it does not list. */
  readonly reason: string | null
}

export interface DeviceSupport {
  /** Preferred unit and runtime first; each table once. */
  readonly tables: readonly SupportTable[]
  /** What networks are made of first, then by name. */
  readonly rows: readonly { readonly operation: Operation; readonly cells: readonly SupportCell[] }[]
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
  const asked = units.flatMap(({ kind, runtimes }) => runtimes.map(({ id }) => ({ kind, runtime: id })))
  const tables = [
    ...new Set(
      asked.flatMap(({ kind, runtime }) =>
        supportTables.filter((table) => table.unitKinds.includes(kind) && table.runtimes.includes(runtime)),
      ),
    ),
  ]
  const operations = [...new Set(tables.flatMap((table) => [...table.supported, ...table.unsupported.keys()]))]
  const rank = (operation: Operation) => (common.includes(operation) ? common.indexOf(operation) : common.length)
  return {
    tables,
    rows: operations
      .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .map((operation) => ({ operation, cells: tables.map((table) => cellOf(table, operation)) })),
  }
}

function cellOf(table: SupportTable, operation: Operation): SupportCell {
  if (table.supported.has(operation)) {
    return { state: 'yes', reason: table.limits.find((limit) => limit.operation === operation)?.reason ?? null }
  }
  const reason = table.unsupported.get(operation)
  if (reason !== undefined) return { state: 'no', reason }
  return { state: 'unlisted', reason: `taken as ${table.unlisted}` }
}
