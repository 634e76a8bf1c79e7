/** `virtual:catalog`: the address of the catalog as one JSON file, named by the hash of its content. */
import type { Plugin } from 'vite'
import { catalogVersion, publishedDevices, runtimes } from '../device-catalog/index.ts'
import { networks } from '../device-catalog/networks.ts'
import { publishRuntimes } from '../device-catalog/published-form.ts'
import type { CatalogFile } from './app/workers/device-store.ts'

const name = 'virtual:catalog'
const resolvedName = `\0${name}`
const devAddress = '/catalog.json'

export function catalogPlugin(): Plugin {
  let isBuild = true
  return {
    name: 'edgefit-catalog',
    configResolved(config) {
      isBuild = config.command === 'build'
    },
    configureServer(server) {
      server.middlewares.use(devAddress, (_, response) => {
        response.setHeader('content-type', 'application/json')
        response.end(catalogJson())
      })
    },
    resolveId: (id) => (id === name ? resolvedName : undefined),
    load(id) {
      if (id !== resolvedName) return undefined
      if (!isBuild) return `export const catalogUrl = ${JSON.stringify(devAddress)}`
      const reference = this.emitFile({ type: 'asset', name: 'catalog.json', source: catalogJson() })
      return `export const catalogUrl = import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}

export function catalogJson(): string {
  const software = publishRuntimes(runtimes)
  const file = { catalogVersion, ...software, devices: publishedDevices, networks } satisfies CatalogFile
  return JSON.stringify(file)
}
