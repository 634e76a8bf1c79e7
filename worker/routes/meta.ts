import { OpenAPIHono } from '@hono/zod-openapi'
import { catalog, catalogVersion } from '../../device-catalog/index.ts'
import { presets } from '../../model-zoo/index.ts'
import { engineVersion } from '../../simulator/version.gen.ts'
import type { AppEnv } from '../bindings.ts'
import { limits } from '../contract/limits.ts'
import { getMeta } from '../contract/meta.ts'

export const metaRoutes = new OpenAPIHono<AppEnv>().openapi(getMeta, (c) =>
  c.json({ engineVersion, catalogVersion, devices: catalog.length, presets: presets.size, limits }, 200),
)
