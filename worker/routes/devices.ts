import { OpenAPIHono } from '@hono/zod-openapi'
import { deviceEntry, publishedDevices } from '../../device-catalog/index.ts'
import type { PublishedDevice } from '../../device-catalog/published-form.ts'
import type { DeviceEntry } from '../../device-catalog/schema.ts'
import { isSourceId, sources } from '../../device-catalog/sources.ts'
import type { AppEnv } from '../bindings.ts'
import { type DeviceSources, getDevice, getDeviceSources, listDevices } from '../contract/device.ts'
import { notFound } from '../middleware/problem-json.ts'
import { pageAfter } from './page.ts'

export const deviceRoutes = new OpenAPIHono<AppEnv>()
  .openapi(listDevices, (c) => {
    const { q, segment, limit, cursor } = c.req.valid('query')
    const words = (q ?? '').toLowerCase().split(/\s+/)
    const found = publishedDevices.filter(
      (device) => (segment === undefined || device.segment === segment) && matches(device, words),
    )
    return c.json({ ...pageAfter(found, cursor, limit), total: found.length }, 200)
  })
  .openapi(getDevice, (c) => {
    const { id } = c.req.valid('param')
    const device = publishedDevices.find((each) => each.id === id)
    if (device === undefined) throw notFound('id', id, 'List the devices: GET /v1/devices?q=…')
    return c.json(device, 200)
  })
  .openapi(getDeviceSources, (c) => {
    const { id } = c.req.valid('param')
    const entry = deviceEntry(id)
    if (entry === null) throw notFound('id', id, 'List the devices: GET /v1/devices?q=…')
    return c.json({ entry, sources: sourcesOf(entry) }, 200)
  })

function matches(device: PublishedDevice, words: readonly string[]): boolean {
  const text = [device.id, device.name, device.vendor, device.chip].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** By id; every fact of the entry, however deep, names its own. */
function sourcesOf(entry: DeviceEntry): DeviceSources['sources'] {
  const ids = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('sourceIds' in value && Array.isArray(value.sourceIds)) for (const id of value.sourceIds) ids.add(String(id))
    for (const part of Object.values(value)) collect(part)
  }
  collect(entry)
  return [...ids].sort().flatMap((id) => (isSourceId(id) ? [{ id, ...sources[id] }] : []))
}
