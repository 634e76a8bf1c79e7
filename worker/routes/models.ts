import { OpenAPIHono } from '@hono/zod-openapi'
import { presets } from '../../model-zoo/index.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import type { AppEnv } from '../bindings.ts'
import { getModel, listPresets, registerModel } from '../contract/model.ts'
import { notFound } from '../middleware/problem-json.ts'
import { describeModel } from '../models/describe.ts'
import { describePreset } from '../models/presets.ts'
import { openDatabase } from '../store/database.ts'
import { findModel, insertModel } from '../store/models.ts'
import { pageAfter } from './page.ts'

export const modelRoutes = new OpenAPIHono<AppEnv>()
  .openapi(registerModel, async (c) => {
    const { summary } = c.req.valid('json')
    const id = await modelId(summary)
    const isNew = await insertModel(openDatabase(c.env.DB), id, summary)
    return c.json(describeModel(id, summary), isNew ? 201 : 200)
  })
  .openapi(getModel, async (c) => {
    const { id } = c.req.valid('param')
    const summary = await findModel(openDatabase(c.env.DB), id)
    if (summary === null) throw notFound('id', id, 'Register the model: POST /v1/models.')
    return c.json({ ...describeModel(id, summary), summary }, 200)
  })
  .openapi(listPresets, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const listed = [...presets].map(([id, info]) => ({ id, info }))
    const { items, nextCursor } = pageAfter(listed, cursor, limit)
    return c.json({ items: await Promise.all(items.map(({ id, info }) => describePreset(id, info))), nextCursor }, 200)
  })
