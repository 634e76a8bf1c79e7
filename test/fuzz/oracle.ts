/** What must hold for any file: a typed problem or a sound result, through the whole pipeline, in bounded time. */
import { dimensionNames } from '../../simulator/graph/bindings.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { fromBytes, openModel } from '../../simulator/import/index.ts'
import { inspectModel } from '../../simulator/import/inspect.ts'
import { ProblemError } from '../../simulator/problem.ts'

/** Processor time of one case that counts as a hang. */
export const hangS = 2

export type Outcome = 'read' | 'refused'

/** open → bind → inspect → summarize. Throws what is neither a problem nor a sound result. */
export async function judge(content: Uint8Array, name: string | null): Promise<Outcome> {
  try {
    const parsed = await openModel(fromBytes(content), name)
    const dims = Object.fromEntries(dimensionNames(parsed.graph).map((symbol) => [symbol, 2]))
    const inspection = await inspectModel(parsed, { dims })
    JSON.stringify(inspection)
    for (const amount of [inspection.params, inspection.weightBytes, inspection.nodes, inspection.nodesAllGraphs]) {
      requireAmount(amount)
    }
    for (const amount of [inspection.macs, inspection.peakActivationBytes, ...Object.values(inspection.macsByOp)]) {
      if (amount !== null) requireAmount(amount)
    }
    if (!(inspection.coverage >= 0 && inspection.coverage <= 1)) throw new Error(`coverage ${inspection.coverage}`)
    for (const { shape } of Object.values(inspection.tensors)) shape?.forEach(requireSize)
    requireSound(summarize(bindShapes(parsed.graph, { dims }), name ?? ''))
    return 'read'
  } catch (error) {
    if (error instanceof ProblemError) return 'refused'
    throw error
  }
}

function requireSound({ operators, tensors, constants, batch }: GraphSummary): void {
  if (!(batch >= 1)) throw new Error(`batch ${batch}`)
  for (const { shape } of tensors) shape.forEach(requireSize)
  for (const { elements } of constants) requireAmount(elements)
  for (const { macs, vectorOps, gemm, inputs, outputs, constants: own } of operators) {
    for (const amount of [macs, vectorOps, ...Object.values(gemm ?? {})]) if (amount !== null) requireAmount(amount)
    for (const index of [...inputs, ...outputs]) if (tensors[index] === undefined) throw new Error(`no tensor ${index}`)
    for (const index of own) if (constants[index] === undefined) throw new Error(`no constant ${index}`)
  }
}

function requireAmount(amount: number): void {
  if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY)) throw new Error(`amount ${amount}`)
}

function requireSize(size: number): void {
  if (!(Number.isSafeInteger(size) && size >= 0)) throw new Error(`size ${size}`)
}
