/**
 * A matrix product on crossbars of memory cells, in closed form (docs/method/compute-in-memory.md, CIM-1, CIM-2).
 *
 * K inputs drive rows, N outputs are read from columns; a weight takes several cells, an input several phases.
 * Status: research. Checked against the figures that ISAAC publishes (Shafiee et al., ISCA 2016).
 */

export interface Crossbar {
  readonly rows: number
  readonly columns: number
  readonly cellBits: number
  /** 2 where a weight is the difference of two cells, else 1. */
  readonly cellsPerSlice: 1 | 2
  /** Bits of an input that a row is driven with at once. */
  readonly driverBits: number
  /** Rows driven at once. */
  readonly activeRows: number
  /** Columns that take turns at one converter. */
  readonly columnsPerConverter: number
  readonly rowS: number
  readonly conversionS: number
}

export interface CrossbarMapping {
  /** Cells side by side that hold one weight. */
  readonly slices: number
  /** Steps in which all bits of all inputs have been driven. */
  readonly phases: number
  readonly crossbars: number
  /** Cells in use, (0, 1]. */
  readonly spatialShare: number
}

/** CIM-1; n, k ≥ 1. */
export function mapToCrossbars(
  { n, k }: { readonly n: number; readonly k: number },
  { rows, columns, cellBits, cellsPerSlice, driverBits, activeRows }: Crossbar,
  weightBits: number,
  inputBits: number,
): CrossbarMapping {
  const slices = Math.ceil(weightBits / cellBits) * cellsPerSlice
  const crossbars = Math.ceil(k / rows) * Math.ceil((n * slices) / columns)
  return {
    slices,
    phases: Math.ceil(inputBits / driverBits) * Math.ceil(Math.min(k, rows) / activeRows),
    crossbars,
    spatialShare: (k * n * slices) / (crossbars * rows * columns),
  }
}

/** CIM-2: time of one matrix-vector product; rows of the next phase settle while the columns are converted. */
export function productS({ phases }: CrossbarMapping, { rowS, columnsPerConverter, conversionS }: Crossbar): number {
  return phases * Math.max(rowS, columnsPerConverter * conversionS)
}
