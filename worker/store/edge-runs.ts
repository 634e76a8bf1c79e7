/** Edge runs and what came of them. */
import { and, eq, inArray } from 'drizzle-orm'
import { canonicalJson } from '../../simulator/json.ts'
import type { EdgeRun } from '../contract/edge-run.ts'
import type { Database } from './database.ts'
import { edgeRuns } from './schema.ts'

/** What was asked for. */
export type EdgeRunOrder = Pick<EdgeRun, 'id' | 'precision' | 'repeats' | 'colo'> & { readonly presetId: string }

/** What came of it. */
export type EdgeRunResult = Pick<
  EdgeRun,
  'valid' | 'method' | 'slopeMs' | 'interceptMs' | 'r2' | 'samples' | 'outputs' | 'versions' | 'problem'
>

const noResult: EdgeRunResult = {
  valid: false,
  method: '',
  slopeMs: null,
  interceptMs: null,
  r2: null,
  samples: [],
  outputs: [],
  versions: {},
  problem: null,
}

export async function insertEdgeRun(db: Database, order: EdgeRunOrder): Promise<void> {
  await db.insert(edgeRuns).values({ ...order, status: 'queued', createdAtMs: Date.now() })
}

/** Marks a run as running; `false` when it has ended already, so a repeated delivery does nothing. */
export async function startEdgeRun(db: Database, id: string): Promise<boolean> {
  const started = await db
    .update(edgeRuns)
    .set({ status: 'running' })
    .where(and(eq(edgeRuns.id, id), inArray(edgeRuns.status, ['queued', 'running'])))
    .returning({ id: edgeRuns.id })
  return started.length > 0
}

export async function finishEdgeRun(
  db: Database,
  id: string,
  status: 'done' | 'failed',
  result: Partial<EdgeRunResult>,
): Promise<void> {
  await db
    .update(edgeRuns)
    .set({ status, body: canonicalJson({ ...noResult, ...result }) })
    .where(eq(edgeRuns.id, id))
}

export async function findEdgeRun(db: Database, id: string): Promise<EdgeRun | null> {
  const [row] = await db.select().from(edgeRuns).where(eq(edgeRuns.id, id))
  if (row === undefined) return null
  // The body was written by `finishEdgeRun` from an EdgeRunResult.
  const result = row.body === null ? noResult : (JSON.parse(row.body) as EdgeRunResult)
  return {
    id,
    status: row.status,
    model: `preset:${row.presetId}`,
    precision: row.precision,
    repeats: row.repeats,
    colo: row.colo,
    ...result,
  }
}
