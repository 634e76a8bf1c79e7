/** Reads may be kept by anyone as long as they are revalidated; a route that knows better says so itself. */
import { createMiddleware } from 'hono/factory'

export const revalidate = createMiddleware(async (c, next) => {
  await next()
  if (c.req.method === 'GET' && c.res.ok && !c.res.headers.has('cache-control')) {
    c.res.headers.set('cache-control', 'no-cache')
  }
})
