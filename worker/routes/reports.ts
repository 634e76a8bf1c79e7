import { OpenAPIHono } from '@hono/zod-openapi'
import type { TypedResponse } from 'hono'
import { modelId } from '../../simulator/graph/model-id.ts'
import { canonicalJson } from '../../simulator/json.ts'
import { fail } from '../../simulator/problem.ts'
import type { Report } from '../../simulator/report/format.ts'
import { reportId } from '../../simulator/report/report-id.ts'
import type { AppEnv } from '../bindings.ts'
import { getReport, publishReport } from '../contract/report.ts'
import { notFound } from '../middleware/problem-json.ts'
import { openDatabase } from '../store/database.ts'
import { findReportBody, insertReport } from '../store/reports.ts'

const fileSuffix = '.json'

export const reportRoutes = new OpenAPIHono<AppEnv>()
  .openapi(publishReport, async (c) => {
    const report = c.req.valid('json')
    await requireOwnModelId(report)
    const hash = await reportId(report)
    const stored = { hash, modelId: report.model.id, body: canonicalJson(report) }
    const isNew = await insertReport(openDatabase(c.env.DB), stored)
    return c.json({ hash }, isNew ? 201 : 200)
  })
  .openapi(getReport, async (c) => {
    const { hash: address } = c.req.valid('param')
    const hash = address.replace(fileSuffix, '')
    const body = await findReportBody(openDatabase(c.env.DB), hash)
    if (body === null) throw notFound('hash', hash, 'Check the link; a report is never changed or moved.')
    c.header('etag', `"${hash}"`)
    c.header('cache-control', 'public, max-age=31536000, immutable')
    if (address !== hash) c.header('content-disposition', `attachment; filename="edgefit-${hash.slice(0, 12)}.json"`)
    c.header('content-type', 'application/json')
    return canonicalResponse(c.body(body, 200))
  })

/** A report that names another model than the one it carries would mislead whoever looks only at the id. */
async function requireOwnModelId({ model }: Report): Promise<void> {
  const expected = await modelId(model.summary)
  if (model.id === expected) return
  throw fail('invalid-field', 'Give the id of the summary that the report carries.', {
    where: 'model.id',
    expected,
    received: model.id,
  })
}

/**
 * The stored bytes are the answer: parsing and writing them again could change them, and with them the hash.
 * They were written by `publishReport` from a validated report, so as JSON they are one.
 */
function canonicalResponse(response: Response): Response & TypedResponse<Report, 200, 'json'> {
  return response as Response & TypedResponse<Report, 200, 'json'>
}
