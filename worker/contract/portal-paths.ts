/** The addresses of the portal, known to its router and to the Worker; `$name` stands for one part of a path. */
export const portalPaths = {
  start: '/',
  workbench: '/sim',
  edgeCloud: '/edge-cloud',
  devices: '/devices',
  device: '/devices/$id',
  models: '/models',
  model: '/models/$id',
  modelDiff: '/models/diff',
  validation: '/validation',
  report: '/r/$hash',
  api: '/docs/api',
  method: '/docs/method',
} as const

/** Whether the portal has a page at `pathname`; a slash at the end does not matter. */
export function isPortalPath(pathname: string): boolean {
  const parts = partsOf(pathname)
  return Object.values(portalPaths).some((path) => {
    const expected = partsOf(path)
    return expected.length === parts.length && expected.every((part, at) => part.startsWith('$') || part === parts[at])
  })
}

function partsOf(path: string): string[] {
  return path
    .replace(/([^/])\/$/, '$1')
    .slice(1)
    .split('/')
}
