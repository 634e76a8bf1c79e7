/** The journeys of a visitor, by role and label, in a real browser against the real Worker. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { buildPreset } from '../../simulator/zoo/index.ts'
import { launchBrowser } from './browser.ts'

const base = inject('baseUrl')
const folder = mkdtempSync(join(tmpdir(), 'edgefit-portal-'))
const modelFile = join(folder, 'camera.onnx')
const pngFile = join(folder, 'photo.onnx')
const stepLimitMs = 120_000

let browser: Browser

beforeAll(async () => {
  writeFileSync(modelFile, writeOnnx(buildPreset('mobilenet-v2-1.0'), { seed: 7 }))
  writeFileSync(pngFile, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))
  browser = await launchBrowser()
}, stepLimitMs)

afterAll(async () => {
  await browser.close()
})

async function cleanProfile(options: Parameters<Browser['newContext']>[0] = {}): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(stepLimitMs)
  return [context, page]
}

async function dropModel(page: Page): Promise<void> {
  await page.goto(base)
  await page.getByLabel('Model file').setInputFiles(modelFile)
  await page.getByText('params').first().waitFor()
}

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'inspection under 10 W', exact: true }).click()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('devices checked in').waitFor()
}

describe('from a dropped file to a shared report', () => {
  test('the verdicts come without a weight leaving the tab, and the link shows the same page', {
    timeout: 400_000,
  }, async () => {
    const [context, page] = await cleanProfile()
    const bodies: Buffer[] = []
    page.on('request', (request) => {
      const body = request.postDataBuffer()
      if (body !== null) bodies.push(body)
    })
    await dropModel(page)
    await check(page)
    const finding = await page.getByRole('heading', { level: 1 }).textContent()
    expect(finding).toMatch(/meet|close|budget/)
    expect(bodies, 'checking sends nothing').toEqual([])

    await page.getByRole('button', { name: 'Publish report' }).click()
    await page.waitForURL(/\/r\/[0-9a-z]+/)
    await page.getByRole('heading', { name: 'Verdict' }).waitFor()
    const published = await page.locator('main').innerText()
    const link = page.url()
    expect(bodies.length).toBeGreaterThan(0)
    const weights = readFileSync(modelFile)
    const windows = Array.from({ length: 500 }, (_, i) => {
      const offset = Math.floor(((i + 0.5) / 500) * (weights.length - 16))
      return weights.subarray(offset, offset + 16)
    })
    for (const body of bodies) for (const window of windows) expect(body.includes(window)).toBe(false)
    await context.close()

    const [elsewhere, reader] = await cleanProfile()
    await reader.goto(link)
    await reader.getByRole('heading', { name: 'Verdict' }).waitFor()
    expect(await reader.locator('main').innerText()).toBe(published)
    await elsewhere.close()
  })
})

test('a file that is no model is named for what it is, and the page stays usable', { timeout: 300_000 }, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(base)
  await page.getByLabel('Model file').setInputFiles(pngFile)
  await page.getByText(/PNG/).first().waitFor()
  await page.getByLabel('Model file').setInputFiles(modelFile)
  await check(page)
  await context.close()
})
