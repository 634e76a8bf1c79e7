/** Columns of the answer, and how the columns of the question are kept beside them. */

export const figureColumns = [
  'latency_ms',
  'latency_lo80_ms',
  'latency_hi80_ms',
  'latency_lo95_ms',
  'latency_hi95_ms',
  'throughput_per_s',
  'throughput_lo80_per_s',
  'throughput_hi80_per_s',
  'ttft_ms',
  'tokens_per_s',
  'peak_memory_mb',
  'energy_mj',
  'power_w',
  'bound',
  'evidence',
  'basis',
  'ood',
  'problem',
] as const

type FigureColumn = (typeof figureColumns)[number]

/** A missing figure is an empty cell, never 0. */
export type Figures = Partial<Readonly<Record<FigureColumn, string>>>

/**
 * The input columns, then the figures. An input column with a figure's name becomes `given_NAME`, with one more
 * `given_` where that name is taken too (an answer asked about again).
 */
export function outputHeader(inputHeader: readonly string[]): string[] {
  const taken = new Set<string>([...inputHeader, ...figureColumns])
  const figures: ReadonlySet<string> = new Set(figureColumns)
  const given = inputHeader.map((name) => {
    if (!figures.has(name)) return name
    let renamed = `given_${name}`
    while (taken.has(renamed)) renamed = `given_${renamed}`
    taken.add(renamed)
    return renamed
  })
  return [...given, ...figureColumns]
}

export function figureCells(figures: Figures): string[] {
  return figureColumns.map((column) => figures[column] ?? '')
}
