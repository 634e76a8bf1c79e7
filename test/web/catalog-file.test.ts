import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { catalog, catalogVersion, runtimes } from '../../device-catalog/index.ts'
import { networks } from '../../device-catalog/networks.ts'
import { sources } from '../../device-catalog/sources.ts'
import { makeDeviceStore } from '../../web/app/workers/device-store.ts'
import { catalogJson } from '../../web/catalog-plugin.ts'

/** What a visitor downloads before the first answer, besides the scripts. */
const limitBytes = 60_000

test('the catalog as it is fetched fits its limit, says all that is simulated with, and sources by id only', () => {
  const json = catalogJson()
  expect(gzipSync(json).byteLength).toBeLessThanOrEqual(limitBytes)
  const { devices, peers, ...rest } = makeDeviceStore(JSON.parse(json))
  expect(rest).toMatchObject({ catalogVersion, networks })
  expect(devices).toEqual(JSON.parse(JSON.stringify(catalog)))
  expect([...peers.runtimeById.keys()].toSorted()).toEqual(runtimes.map(({ id }) => id).toSorted())
  for (const { title, locator } of Object.values(sources)) {
    // A title that is one word may well be the name of a device.
    if (title.includes(' ') && title.length > 20) expect(json).not.toContain(title)
    if (locator.length > 20) expect(json).not.toContain(locator)
  }
})
