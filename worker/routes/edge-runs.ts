import { OpenAPIHono } from '@hono/zod-openapi'
import { presetIdOf } from '../../model-zoo/preset-name.ts'
import { fail } from '../../simulator/problem.ts'
import type { AppEnv } from '../bindings.ts'
import { getEdgeRun, startEdgeRun } from '../contract/edge-run.ts'
import { requireEdgeRunnable } from '../inference/edge-model.ts'
import { notFound } from '../middleware/problem-json.ts'
import { openDatabase } from '../store/database.ts'
import { findEdgeRun } from '../store/edge-runs.ts'

export const edgeRunRoutes = new OpenAPIHono<AppEnv>()
  .openapi(startEdgeRun, async (c) => {
    const { model, precision, repeats } = c.req.valid('json')
    const presetId = presetIdOf(model) ?? ''
    requireEdgeRunnable(presetId, precision)
    const colo = coloOf(c.req.header('cf-ray'))
    const id = crypto.randomUUID()
    // One coordinator and one runner per data centre: made near whoever asks there first, one run at a time.
    const coordinator = c.env.COORDINATOR.getByName(colo ?? 'local')
    if (!(await coordinator.enqueue({ id, presetId, precision, repeats, colo }))) {
      throw fail('rate-limited', 'The queue of edge runs is full; try again in a minute.', { where: c.req.path })
    }
    return c.json({ id, status: 'queued' } as const, 202)
  })
  .openapi(getEdgeRun, async (c) => {
    const { id } = c.req.valid('param')
    const run = await findEdgeRun(openDatabase(c.env.DB), id)
    if (run === null) throw notFound('id', id, 'Start a run: POST /v1/edge-runs.')
    return c.json(run, 200)
  })

/** The platform names the data centre at the end of its ray id, `8f2…-AMS`; a local server has no ray. */
function coloOf(ray: string | undefined): string | null {
  return ray?.match(/-([A-Z]{3})$/)?.[1] ?? null
}
