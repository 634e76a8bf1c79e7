/** Fetches the catalog once: its address holds the hash of its content, so a browser keeps it across releases. */
import { catalogUrl } from 'virtual:catalog'
import { fail } from '../../../simulator/problem.ts'
import type { CatalogFile } from './device-store.ts'

/** Throws `network-unreachable`. */
export async function loadCatalog(): Promise<CatalogFile> {
  const response = await fetch(catalogUrl).catch(() => null)
  if (response === null || !response.ok) {
    throw fail('network-unreachable', 'Check the connection, then ask again: the list of devices did not load.', {
      where: catalogUrl,
      ...(response === null ? {} : { received: String(response.status) }),
    })
  }
  return response.json()
}
