/** The tools that measure, by runtime; of each the first that fits a kind of unit counts. */
import { runtimeEntries, runtimeIds } from './index.ts'
import type { MeasureTool } from './schema.ts'

export const measureTools: Readonly<Record<string, readonly MeasureTool[]>> = Object.fromEntries(
  runtimeIds.flatMap((id) => {
    const { measure } = runtimeEntries[id]
    return measure.length === 0 ? [] : [[id, measure]]
  }),
)
