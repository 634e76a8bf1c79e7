/** The simulator in Chromium, as one script, on files that it builds there. */
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { expect, inject, test } from 'vitest'
import { digestAll } from '../isomorphic/analyses.ts'
import { launchBrowser } from './browser.ts'

const timeLimitMs = 60_000

test('fifty files are built and analysed to the same bytes as under Node', { timeout: timeLimitMs }, async () => {
  const script = await bundle(fileURLToPath(new URL('../isomorphic/analyses.ts', import.meta.url)))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    // SHA-256 is there on the pages of a server only.
    await page.goto(inject('baseUrl'))
    const inChromium = await page.evaluate(`(async () => { ${script}\nreturn isomorphic.digestAll() })()`)
    expect(inChromium).toEqual(await digestAll())
  } finally {
    await browser.close()
  }
})

/** The exports of a module as the global `isomorphic`. */
async function bundle(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2023', lib: { entry, name: 'isomorphic', formats: ['iife'] } },
  })
  const [{ output } = { output: [] }] = Array.isArray(made) ? made : [made as Rollup.RollupOutput]
  const [chunk] = output
  if (chunk === undefined) throw new Error('nothing was bundled')
  return chunk.code
}
