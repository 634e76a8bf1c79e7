/** The journeys of a visitor, by role and label, in a real browser against the real Worker. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { buildPreset } from '../../simulator/zoo/index.ts'
import { launchBrowser, restedAddress } from './browser.ts'

const base = inject('baseUrl')
const folder = mkdtempSync(join(tmpdir(), 'edgefit-portal-'))
const modelFile = join(folder, 'camera.onnx')
const pngFile = join(folder, 'photo.onnx')
const stepLimitMs = 60_000

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
    timeout: 120_000,
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

  test('the address holds the whole question', { timeout: 120_000 }, async () => {
    const [context, page] = await cleanProfile()
    await page.goto(base)
    await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
    await check(page)
    const finding = await page.getByRole('heading', { level: 1 }).textContent()
    const link = await restedAddress(page)
    const [elsewhere, reader] = await cleanProfile()
    await reader.goto(link)
    await reader.getByText('devices checked in').waitFor()
    await expect.poll(() => reader.getByRole('heading', { level: 1 }).textContent()).toBe(finding)
    await elsewhere.close()
    await context.close()
  })
})

test('a file that is no model is named for what it is, and the page stays usable', { timeout: 120_000 }, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(base)
  await page.getByLabel('Model file').setInputFiles(pngFile)
  await page.getByText(/PNG/).first().waitFor()
  await page.getByLabel('Model file').setInputFiles(modelFile)
  await check(page)
  await context.close()
})

test('a network really runs at the edge, beside its prediction', { timeout: 180_000 }, async () => {
  const started = await fetch(`${base}/v1/edge-runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'preset:ds-cnn-kws', precision: 'fp32', repeats: 5 }),
  })
  expect(started.status).toBe(202)
  const { id } = (await started.json()) as { id: string }
  await expect
    .poll(async () => ((await (await fetch(`${base}/v1/edge-runs/${id}`)).json()) as { status: string }).status, {
      timeout: 150_000,
      interval: 1000,
    })
    .toMatch(/done|failed/)
  const run = (await (await fetch(`${base}/v1/edge-runs/${id}`)).json()) as {
    status: string
    valid: boolean
    slopeMs: number
    samples: unknown[]
    problem: { code: string } | null
  }
  expect(run.status, JSON.stringify(run.problem)).toBe('done')
  expect(run.samples.length).toBeGreaterThanOrEqual(20)
  // A busy machine may make the slope unusable; then the run says so instead of giving a number.
  if (run.valid) expect(run.slopeMs).toBeGreaterThan(0)
  else expect(run.problem?.code).toBe('slope-not-linear')
})

test('a measured time narrows the predictions of the tab and travels in the link; a wrong one is named', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(base)
  await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
  await page.getByRole('link', { name: 'Workbench' }).click()
  const result = page.getByRole('complementary', { name: 'Latency per batch' })
  await page.getByRole('combobox', { name: 'Device' }).selectOption('jetson-orin-nano-8gb')
  await result.getByText('calibrated', { exact: true }).waitFor()
  const predictedMs = Number.parseFloat((await result.locator('.text-figure').textContent()) ?? '')

  const list = page.getByRole('region', { name: 'Your measurements' })
  await page.getByText('I measured it here').click()
  await measure(page, predictedMs * 50)
  await list.getByText('implausible-anchor').waitFor()
  await result.getByText('calibrated', { exact: true }).waitFor()
  await list.getByRole('button', { name: /^Remove/ }).click()
  await list.waitFor({ state: 'detached' })

  await measure(page, predictedMs * 1.3)
  await list.getByText(/1 measurement of yours narrows/).waitFor()
  await result.getByText('anchored', { exact: true }).waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
  const shown = await result.innerText()
  const link = await restedAddress(page)
  await context.close()

  const [elsewhere, reader] = await cleanProfile()
  await reader.goto(link)
  const same = reader.getByRole('complementary', { name: 'Latency per batch' })
  await same.getByText('anchored', { exact: true }).waitFor()
  await expect.poll(() => same.innerText()).toBe(shown)
  await elsewhere.close()
})

async function measure(page: Page, latencyMs: number): Promise<void> {
  await page.getByLabel('Measured latency, ms').fill(latencyMs.toFixed(3))
  await page.getByRole('button', { name: 'Use', exact: true }).click()
}

describe.each([
  { width: 1440, theme: 'light' },
  { width: 1440, theme: 'dark' },
  { width: 360, theme: 'light' },
] as const)('at $width px in the $theme theme', ({ width, theme }) => {
  test.each(['/', '/devices', '/validation', '/docs/api', '/docs/method'])(
    '%s has no accessibility violation and no sideways scroll',
    { timeout: 120_000 },
    async (path) => {
      const [context, page] = await cleanProfile({ viewport: { width, height: 800 }, colorScheme: theme })
      await page.goto(`${base}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (path === '/') {
        await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
        await page.getByRole('button', { name: 'Check' }).click()
        await page.getByText('devices checked in').waitFor()
      }
      if (path === '/validation') await page.getByRole('heading', { name: 'Calibration' }).waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
      const overflowPx = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(overflowPx).toBeLessThanOrEqual(0)
      await context.close()
    },
  )
})
