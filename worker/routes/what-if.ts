import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../bindings.ts'
import { whatIf } from '../contract/what-if.ts'
import { answerWhatIf } from '../models/what-if.ts'
import { openDatabase } from '../store/database.ts'

export const whatIfRoutes = new OpenAPIHono<AppEnv>().openapi(whatIf, async (c) =>
  c.json(await answerWhatIf(openDatabase(c.env.DB), c.req.valid('json')), 200),
)
