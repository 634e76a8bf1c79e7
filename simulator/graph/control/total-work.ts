/** Work of many nodes together. */
import type { BoundNode } from '../bound.ts'
import { noWork, type Work } from '../operator.ts'

/** Sum over nodes; work done once on weights is not part of a run. */
export function totalWork(nodes: readonly BoundNode[]): Work {
  let macs: number | null = 0
  let vectorOps: number | null = 0
  for (const node of nodes) {
    if (node.isWeight) continue
    macs = macs === null || node.work.macs === null ? null : macs + node.work.macs
    vectorOps = vectorOps === null || node.work.vectorOps === null ? null : vectorOps + node.work.vectorOps
  }
  return { macs, vectorOps, gemm: null, window: null }
}

/** `rounds` times the same work; a number of rounds that is not known makes the total unknown. */
export function repeatedWork(work: Work, rounds: number | null): Work {
  if (rounds === 0) return noWork
  const total = (amount: number | null) => (amount === null || rounds === null ? null : amount * rounds)
  return { macs: total(work.macs), vectorOps: total(work.vectorOps), gemm: null, window: null }
}
