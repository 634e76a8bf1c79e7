import { OpenAPIHono } from '@hono/zod-openapi'
import { canonicalJson } from '../../simulator/json.ts'
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
    // The stored bytes are the answer: parsing and writing them again would risk the hash.
    return c.body(body, 200) as never
  })
