/** Tables. What is queried is a column; what is only handed back is canonical JSON in `body`. */
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { PrecisionId } from '../../simulator/graph/precision.ts'
import type { EdgeRun } from '../contract/edge-run.ts'

const createdAtMs = () => integer('created_at_ms').notNull()

/** Registered graph summaries, by the hash of the graph. */
export const models = sqliteTable('models', {
  id: text().primaryKey(),
  name: text().notNull(),
  body: text().notNull(),
  createdAtMs: createdAtMs(),
})

/** One row per question ever asked: the target, and the versions that answered. */
export const predictions = sqliteTable(
  'predictions',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    modelId: text('model_id').notNull(),
    deviceId: text('device_id').notNull(),
    unitId: text('unit_id').notNull(),
    runtimeId: text('runtime_id').notNull(),
    precision: text().$type<PrecisionId>().notNull(),
    batch: integer().notNull(),
    powerMode: text('power_mode').notNull(),
    engineVersion: text('engine_version').notNull(),
    catalogVersion: text('catalog_version').notNull(),
    body: text().notNull(),
    createdAtMs: createdAtMs(),
  },
  (table) => [
    uniqueIndex('predictions_question').on(
      table.modelId,
      table.deviceId,
      table.unitId,
      table.runtimeId,
      table.precision,
      table.batch,
      table.powerMode,
      table.engineVersion,
      table.catalogVersion,
    ),
  ],
)

/** Published reports, immutable, by the SHA-256 of `body`. */
export const reports = sqliteTable('reports', {
  hash: text().primaryKey(),
  modelId: text('model_id').notNull(),
  body: text().notNull(),
  createdAtMs: createdAtMs(),
})

/** Runs of real inference. */
export const edgeRuns = sqliteTable('edge_runs', {
  id: text().primaryKey(),
  presetId: text('preset_id').notNull(),
  precision: text().$type<PrecisionId>().notNull(),
  repeats: integer().notNull(),
  colo: text(),
  status: text().$type<EdgeRun['status']>().notNull(),
  /** Measurement or problem, once there is one. */
  body: text(),
  createdAtMs: createdAtMs(),
})
