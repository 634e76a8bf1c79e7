/** Versions and limits of this deployment. */
import { createRoute, z } from '@hono/zod-openapi'
import { count, json, readProblems } from './common.ts'
import { limits } from './limits.ts'

// Every limit is a count; the keys come from the table itself.
const limitsSchema = z.strictObject(
  Object.fromEntries(Object.keys(limits).map((name) => [name, count()])) as Record<
    keyof typeof limits,
    ReturnType<typeof count>
  >,
)

export const getMeta = createRoute({
  method: 'get',
  path: '/v1/meta',
  operationId: 'getMeta',
  tags: ['meta'],
  summary: 'Versions and limits',
  responses: {
    200: json(
      'What answers here.',
      z.strictObject({
        engineVersion: z.string(),
        catalogVersion: z.string(),
        devices: count(),
        presets: count(),
        limits: limitsSchema,
      }),
    ),
    500: readProblems[500],
  },
})
