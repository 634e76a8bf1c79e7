/** The document of the portal at every address that it has, and with status 404 at any other: its router says so there. */
import { isPortalPath } from './contract/portal-paths.ts'

/** Whether a request that no asset answers is for a page; everything else is for the API. */
export function isPageRequest({ method, url }: Request): boolean {
  const [, first = ''] = new URL(url).pathname.split('/')
  return (method === 'GET' || method === 'HEAD') && first !== 'v1' && first !== 'openapi.json'
}

export async function portalPage(request: Request, assets: Pick<Fetcher, 'fetch'>): Promise<Response> {
  const { pathname } = new URL(request.url)
  const document = new URL('/', request.url)
  if (isPortalPath(pathname)) return assets.fetch(new Request(document, request))
  // Without the conditions of the request: an unknown address is never "not modified".
  const page = await assets.fetch(new Request(document, { method: request.method }))
  return new Response(page.body, { status: 404, headers: page.headers })
}
