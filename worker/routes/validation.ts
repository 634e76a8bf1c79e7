import { OpenAPIHono } from '@hono/zod-openapi'
import { validationReport } from '../../device-catalog/validation.ts'
import type { AppEnv } from '../bindings.ts'
import { getValidation, type ValidationReport, validationSchema } from '../contract/validation.ts'

/** Parsed on first use: a Worker that is asked something else starts without it. */
let parsed: ValidationReport | undefined

export const validationRoutes = new OpenAPIHono<AppEnv>().openapi(getValidation, (c) => {
  parsed ??= validationSchema.parse(validationReport)
  return c.json(parsed, 200)
})
