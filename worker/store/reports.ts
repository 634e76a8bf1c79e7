/** Published reports: bytes under their own hash. */
import { eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { reports } from './schema.ts'

export interface StoredReport {
  readonly hash: string
  readonly modelId: string
  /** Canonical JSON. */
  readonly body: string
}

/** `false` when the report was there already. */
export async function insertReport(db: Database, report: StoredReport): Promise<boolean> {
  const inserted = await db
    .insert(reports)
    .values({ ...report, createdAtMs: Date.now() })
    .onConflictDoNothing()
    .returning({ hash: reports.hash })
  return inserted.length > 0
}

export async function findReportBody(db: Database, hash: string): Promise<string | null> {
  const [row] = await db.select({ body: reports.body }).from(reports).where(eq(reports.hash, hash))
  return row?.body ?? null
}
