import { describe, expect, test } from 'vitest'
import { portalPaths } from '../../worker/contract/portal-paths.ts'
import { isPageRequest, portalPage } from '../../worker/portal-page.ts'

const etag = '"start"'
/** The assets of a built portal: one document, revalidated. */
const assets = {
  async fetch(input: RequestInfo | URL): Promise<Response> {
    const request = new Request(input)
    if (new URL(request.url).pathname !== '/') return new Response(null, { status: 404 })
    const isKnown = request.headers.get('if-none-match') === etag
    return new Response(isKnown ? null : '<html>', { status: isKnown ? 304 : 200, headers: { etag } })
  },
}

const open = (path: string, init?: RequestInit) => portalPage(new Request(`http://edgefit.test${path}`, init), assets)

describe('an address of the portal', () => {
  test.for(Object.values(portalPaths))('%s opens directly', async (pattern) => {
    const path = pattern.replace(/\$\w+/, 'jetson-nano')
    for (const address of [path, `${path}?q=1`, path === '/' ? path : `${path}/`]) {
      const response = await open(address)
      expect([address, response.status, await response.text()]).toEqual([address, 200, '<html>'])
    }
  })

  test('that the browser has is not sent again', async () => {
    expect((await open('/devices', { headers: { 'if-none-match': etag } })).status).toBe(304)
  })
})

test.for(['/nothing', '/devices/jetson-nano/more', '/r', '/docs', '/docs/other', '/assets/gone.js', '//', '/sim/x'])(
  '%s is a 404 with the document of the portal',
  async (path) => {
    const response = await open(path, { headers: { 'if-none-match': etag } })
    expect([response.status, await response.text()]).toEqual([404, '<html>'])
  },
)

test.for([
  [true, 'GET', '/nothing'],
  [true, 'HEAD', '/devices'],
  [false, 'POST', '/devices'],
  [false, 'GET', '/v1/nothing'],
  [false, 'GET', '/v1'],
  [false, 'GET', '/openapi.json'],
] as const)('%s: %s %s is for a page', ([expected, method, path]) => {
  expect(isPageRequest(new Request(`http://edgefit.test${path}`, { method }))).toBe(expected)
})
