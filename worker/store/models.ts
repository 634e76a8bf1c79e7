/** Registered graph summaries. */
import { eq } from 'drizzle-orm'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { canonicalJson } from '../../simulator/json.ts'
import type { Database } from './database.ts'
import { models } from './schema.ts'

/** `false` when the model was there already; the first name given to it stays. */
export async function insertModel(db: Database, id: string, summary: GraphSummary): Promise<boolean> {
  const inserted = await db
    .insert(models)
    .values({ id, name: summary.name, body: canonicalJson(summary), createdAtMs: Date.now() })
    .onConflictDoNothing()
    .returning({ id: models.id })
  return inserted.length > 0
}

export async function findModel(db: Database, id: string): Promise<GraphSummary | null> {
  const [row] = await db.select({ body: models.body }).from(models).where(eq(models.id, id))
  // The body was written by `insertModel` from a GraphSummary.
  return row === undefined ? null : (JSON.parse(row.body) as GraphSummary)
}
