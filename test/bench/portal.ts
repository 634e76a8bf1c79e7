/** Bytes a visitor downloads before the first answer: the scripts that index.html asks for, compressed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))

export async function benchPortal(): Promise<{ name: string; value: number; unit: string }[]> {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  const all = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'))
  const kilobytes = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).byteLength, 0) / 1e3
  return [
    { name: 'portal, first load (scripts, gzip)', value: kilobytes(first), unit: 'KB' },
    { name: 'portal, all scripts (gzip)', value: kilobytes(all.map((name) => join('assets', name))), unit: 'KB' },
  ]
}
