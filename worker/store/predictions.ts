/** Predictions, stored once per question. */
import { and, asc, eq, gt, type SQL } from 'drizzle-orm'
import { canonicalJson } from '../../simulator/json.ts'
import type { Prediction, TargetKey } from '../../simulator/predict/prediction.ts'
import type { Database } from './database.ts'
import { predictions } from './schema.ts'

/** What makes two questions the same one. */
export type Question = TargetKey & Pick<Prediction, 'engineVersion' | 'catalogVersion'>

const questionColumns = [
  'modelId',
  'deviceId',
  'unitId',
  'runtimeId',
  'precision',
  'batch',
  'powerMode',
  'engineVersion',
  'catalogVersion',
] as const satisfies readonly (keyof Question)[]

/** The stored answers in the order of the questions; `null` where there is none. One round trip. */
export async function findPredictions(
  db: Database,
  questions: readonly Question[],
): Promise<readonly (Prediction | null)[]> {
  const [first, ...rest] = questions.map((question) =>
    db
      .select({ body: predictions.body })
      .from(predictions)
      .where(and(...questionColumns.map((column) => eq(predictions[column], question[column])))),
  )
  if (first === undefined) return []
  const found = await db.batch([first, ...rest])
  return found.map(([row]) => (row === undefined ? null : parseBody(row.body)))
}

/** A row of D1 holds 2 MB; the answer about a graph of thousands of kernels may exceed it and is computed each time. */
const maxBodyBytes = 1_900_000

/** Keeps what is there: an answer never changes. One round trip. */
export async function insertPredictions(db: Database, answers: readonly Prediction[]): Promise<void> {
  const [first, ...rest] = answers.flatMap((prediction) => {
    const body = canonicalJson(prediction)
    if (new TextEncoder().encode(body).byteLength > maxBodyBytes) return []
    const { modelId, deviceId, unitId, runtimeId, precision, batch, powerMode, engineVersion, catalogVersion } =
      prediction
    const question: Question = {
      modelId,
      deviceId,
      unitId,
      runtimeId,
      precision,
      batch,
      powerMode,
      engineVersion,
      catalogVersion,
    }
    return [
      db
        .insert(predictions)
        .values({ ...question, body, createdAtMs: Date.now() })
        .onConflictDoNothing(),
    ]
  })
  if (first !== undefined) await db.batch([first, ...rest])
}

export interface PredictionPage {
  readonly items: readonly Prediction[]
  /** Row to continue after; `null` on the last page. */
  readonly nextRow: number | null
}

export async function listPredictions(
  db: Database,
  filter: {
    readonly modelId: string
    readonly deviceId: string | undefined
    readonly afterRow: number
    readonly limit: number
  },
): Promise<PredictionPage> {
  const conditions: SQL[] = [eq(predictions.modelId, filter.modelId), gt(predictions.id, filter.afterRow)]
  if (filter.deviceId !== undefined) conditions.push(eq(predictions.deviceId, filter.deviceId))
  const rows = await db
    .select({ id: predictions.id, body: predictions.body })
    .from(predictions)
    .where(and(...conditions))
    .orderBy(asc(predictions.id))
    .limit(filter.limit + 1)
  const shown = rows.slice(0, filter.limit)
  return {
    items: shown.map(({ body }) => parseBody(body)),
    nextRow: rows.length > filter.limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** The body was written by `canonicalJson` from a Prediction. */
function parseBody(body: string): Prediction {
  return JSON.parse(body) as Prediction
}
