/** The API: middleware, routes, and what happens to everything else under `/v1`. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { secureHeaders } from 'hono/secure-headers'
import { engineVersion } from '../simulator/version.gen.ts'
import type { AppEnv } from './bindings.ts'
import { limits } from './contract/limits.ts'
import { revalidate } from './middleware/caching.ts'
import { onBodyTooLarge, onError, onMethodNotAllowed, onNotFound } from './middleware/problem-json.ts'
import { limitWrites } from './middleware/rate-limit.ts'
import { onInvalid } from './middleware/validation.ts'
import { deviceRoutes } from './routes/devices.ts'
import { edgeRunRoutes } from './routes/edge-runs.ts'
import { metaRoutes } from './routes/meta.ts'
import { modelRoutes } from './routes/models.ts'
import { predictionRoutes } from './routes/predictions.ts'
import { reportRoutes } from './routes/reports.ts'
import { validationRoutes } from './routes/validation.ts'
import { whatIfRoutes } from './routes/what-if.ts'

const base = new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })

base.use(
  secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    // Reads are open to every origin, so the answers must be embeddable there.
    crossOriginResourcePolicy: 'cross-origin',
  }),
)
base.use(cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag', 'Retry-After'] }))
base.use(etag())
base.use(revalidate)
base.use(methodNotAllowed({ app: base, onMethodNotAllowed: (c, methods) => onMethodNotAllowed(c, methods) }))
base.use(bodyLimit({ maxSize: limits.maxBodyBytes, onError: () => onBodyTooLarge(limits.maxBodyBytes) }))
base.on('POST', ['/v1/models', '/v1/reports', '/v1/edge-runs'], limitWrites)
base.onError(onError)
base.notFound(onNotFound)

export const app = base
  .route('/', metaRoutes)
  .route('/', deviceRoutes)
  .route('/', modelRoutes)
  .route('/', predictionRoutes)
  .route('/', edgeRunRoutes)
  .route('/', reportRoutes)
  .route('/', validationRoutes)
  .route('/', whatIfRoutes)

export type Api = typeof app

app.doc31('/openapi.json', {
  openapi: '3.1.0',
  info: {
    title: 'edgefit',
    version: engineVersion,
    description: 'Which device runs a network within limits, with what probability, and why. Sizes are in bytes.',
  },
})
