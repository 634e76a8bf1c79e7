/** Limits per client address for what is stored or occupies a processor. */
import { createMiddleware } from 'hono/factory'
import { fail } from '../../simulator/problem.ts'
import type { AppEnv } from '../bindings.ts'

export const limitWrites = createMiddleware<AppEnv>(async (c, next) => {
  // Set by the platform on every deployed request; absent on a developer's machine.
  const client = c.req.header('cf-connecting-ip') ?? 'local'
  const { success } = await c.env.WRITES.limit({ key: client })
  if (!success) throw fail('rate-limited', 'Wait a minute, then send fewer requests.', { where: c.req.path })
  await next()
})
