/** The journeys of a visitor, by role and label, in a real browser against the real Worker. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { buildPreset } from '../../model-zoo/index.ts'
import { writeOnnx } from '../../simulator/export/onnx.ts'
import { bytesOf, modelOf, node, tensor, value } from '../support/build-onnx.ts'
import { launchBrowser, restedAddress } from './browser.ts'

const base = inject('baseUrl')
const folder = mkdtempSync(join(tmpdir(), 'edgefit-portal-'))
const modelFile = join(folder, 'camera.onnx')
const pngFile = join(folder, 'photo.onnx')
const splitModelFile = join(folder, 'split.onnx')
const splitDataFile = join(folder, 'split.onnx.data')
/** A quantized network as it is published; not part of the project. */
const publishedModelFile = fileURLToPath(
  new URL('../../../shared/models/mobilenetv2-1.0-224-qoperator.onnx', import.meta.url),
)
const builtFile = (path: string): string => fileURLToPath(new URL(`../../web/dist${path}`, import.meta.url))
const stepLimitMs = 60_000

let browser: Browser

beforeAll(async () => {
  writeFileSync(modelFile, writeOnnx(buildPreset('mobilenet-v2-1.0'), { seed: 7 }))
  writeFileSync(pngFile, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))
  // x [2, 6] reshaped to what stands in the file beside the model from byte 8 on.
  const target = { name: 'target', type: 7, dims: [2], external: { location: 'data/split.onnx.data', offset: '8' } }
  const split = {
    name: 'split',
    inputs: [value('x', [2, 6])],
    outputs: [value('y')],
    initializers: [tensor(target)],
    nodes: [node('Reshape', ['x', 'target'], ['z']), node('Relu', ['z'], ['y'])],
  }
  writeFileSync(splitModelFile, modelOf(split))
  writeFileSync(splitDataFile, bytesOf(BigInt64Array.from([99n, 3n, 4n])))
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

async function dropModel(page: Page, file = modelFile): Promise<void> {
  await page.goto(base)
  await page.getByRole('button', { name: 'Check' }).waitFor()
  await dropFiles(page, [file])
  await page.getByText('params').first().waitFor()
}

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'inspection under 10 W', exact: true }).click()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('devices checked in').waitFor()
}

describe('from a dropped file to a shared report', () => {
  // The second file is skipped where it is not there.
  test.for([modelFile, ...(existsSync(publishedModelFile) ? [publishedModelFile] : [])])(
    'the verdicts for %s come without a weight leaving the tab, and the link shows the same page',
    { timeout: 120_000 },
    async (file) => {
      const [context, page] = await cleanProfile()
      const bodies: Buffer[] = []
      context.on('request', (request) => {
        const body = request.postDataBuffer()
        if (body !== null) bodies.push(body)
      })
      await dropModel(page, file)
      await page.getByLabel(/^Latency/).fill('33')
      await page.getByLabel(/^Power/).fill('10')
      await page.getByRole('button', { name: 'Check' }).click()
      await page.getByText('devices checked in').waitFor()
      const finding = await page.getByRole('heading', { level: 1 }).textContent()
      expect(finding).toMatch(/meet|close|budget/)
      expect(bodies, 'checking sends nothing').toEqual([])

      await page.getByRole('button', { name: 'Publish report' }).click()
      await page.waitForURL(/\/r\/[0-9a-z]+/)
      await page.getByRole('heading', { name: 'Verdict' }).waitFor()
      const shown = await page.locator('main').innerText()
      expect(shown).toMatch(/33 ms/)
      const link = page.url()
      expect(bodies.length).toBeGreaterThan(0)
      const weights = readFileSync(file)
      const windows = Array.from({ length: 500 }, (_, i) => {
        const offset = Math.floor(((i + 0.5) / 500) * (weights.length - 16))
        return weights.subarray(offset, offset + 16)
      })
      for (const body of bodies) for (const window of windows) expect(body.includes(window)).toBe(false)
      await context.close()

      const [elsewhere, reader] = await cleanProfile()
      await reader.goto(link)
      await reader.getByRole('heading', { name: 'Verdict' }).waitFor()
      expect(await reader.locator('main').innerText()).toBe(shown)
      await elsewhere.close()
    },
  )

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

test('a model and its external data are dropped together; alone, the model names the file that it lacks', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(base)
  await page.getByRole('button', { name: 'Check' }).waitFor()
  await dropFiles(page, [splitModelFile])
  await page.getByText('data/split.onnx.data').first().waitFor()
  await dropFiles(page, [splitDataFile, splitModelFile])
  await page.getByText('data/split.onnx.data').first().waitFor({ state: 'detached' })
  await page.getByText('params · 0 MAC · 2×6').waitFor()
  await check(page)
  await context.close()
})

/** As the file manager of a desktop drops them: through the browser's own drag and drop. */
async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
  }
  await session.detach()
}

test('the first page fetches no catalog; the first question fetches it once, as a small file', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  const paths: string[] = []
  // The context sees what the worker of the tab asks for, too.
  context.on('response', (response) => paths.push(new URL(response.url()).pathname))
  // Read from the build, which is what the server sends: a body read from the browser may come after its page has closed.
  const bytesOf = (pattern: RegExp): number[] =>
    paths.filter((path) => pattern.test(path)).map((path) => gzipSync(readFileSync(builtFile(path))).byteLength)
  await page.goto(base)
  await page.getByRole('button', { name: 'Check' }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(paths.filter((path) => /catalog-|worker/.test(path))).toEqual([])
  const firstLoad = bytesOf(/\.js$/)
  expect(firstLoad.length).toBeGreaterThan(0)
  expect(firstLoad.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(180_000)

  await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
  await check(page)
  const [catalogBytes = Number.POSITIVE_INFINITY, ...more] = bytesOf(/\/catalog-[\w-]+\.json$/)
  expect(more).toEqual([])
  expect(catalogBytes).toBeLessThanOrEqual(60_000)
  await context.close()
})

test('a file is read while catalog and calibration do not come', { timeout: 120_000 }, async () => {
  const [context, page] = await cleanProfile()
  let release = (): void => {}
  const gate = new Promise<void>((open) => {
    release = open
  })
  const held: string[] = []
  await context.route(/\/assets\/(catalog|calibration)-/, async (route) => {
    held.push(route.request().url())
    await gate
    await route.continue()
  })
  await page.goto(base)
  await page.getByLabel('Model file').setInputFiles(modelFile)
  await page.getByText('params').first().waitFor()
  expect(held.length).toBeGreaterThan(0)
  release()
  await check(page)
  await context.close()
})

test('a device is found by its words, with every variant and mode, and says where each figure comes from', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(`${base}/devices`)
  await page.getByRole('searchbox').fill('orin nano')
  await page.getByText('4 of 335').waitFor()
  const modes = page.getByRole('list', { name: /^Power modes of .*8GB \(Super/ })
  expect(await modes.getByRole('listitem').allTextContents()).toEqual(['25W', 'MAXN_SUPER', '15W', '7W'])
  await page.getByRole('checkbox', { name: /^20 rows or more/ }).check()
  await page.getByText('2 of 335').waitFor()
  expect(page.url()).toContain('evidence')
  const list = page.url()
  await page.reload()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ])
  expect(
    readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(3)
  await page.getByText('2 of 335').waitFor()
  expect(page.url()).toBe(list)

  await page.getByRole('link', { name: /8GB \(Super/ }).click()
  await page.getByRole('heading', { level: 1, name: /Orin Nano 8GB/ }).waitFor()
  const specification = page.getByRole('region', { name: 'Specification' })
  await specification.getByText('recalled', { exact: true }).first().waitFor()
  const power = specification.getByRole('group').filter({ hasText: 'Design power' })
  await power.getByText('Design power').click()
  await power.getByText(/Seen there on \d{4}-\d\d-\d\d/).waitFor()
  const evidence = page.getByRole('region', { name: 'Evidence' })
  await evidence.getByRole('button', { name: 'Show all' }).click()
  const source = evidence.getByRole('row').last().getByRole('link').last()
  expect(await source.getAttribute('href')).toMatch(/^https:/)

  await page.goto(`${base}/devices/core-ultra-7-258v`)
  const conflict = page.locator('.conflict').first()
  await conflict.waitFor()
  expect(await conflict.innerText()).toMatch(/47 TOPS[\s\S]*48 TOPS/)
  await context.close()
})

test('the accuracy page shows every part of the validation, for either way of holding out', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(`${base}/validation`)
  const table = (name: string) => page.getByRole('table', { name })
  await table('One measured result of your own').waitFor()
  const whole = ['All networks together', 'Reliability of verdicts', 'Language models and energy', 'By evidence']
  for (const name of [...whole, 'What the fit can bend']) {
    expect(await table(name).getByRole('rowheader').count(), name).toBeGreaterThan(1)
  }
  // Lists of exceptions, which may be empty.
  for (const name of ['Targets with less than 93 % inside', 'Farther out than twice the 95 % band']) {
    await table(name).waitFor()
  }
  const median = table('All networks together').getByRole('row', { name: /^Median error/ })
  const ofNewModels = await median.textContent()
  await page.getByRole('radiogroup', { name: 'Held out' }).getByText('new device').click()
  await expect.poll(() => median.textContent()).not.toBe(ofNewModels)

  const families = page.getByRole('region', { name: 'By family, runtime and precision' })
  await page.getByLabel('State').selectOption({ label: await noBetterOption(page) })
  const rows = await families
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
    .allTextContents()
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toContain('no better than a baseline')

  // The table behind the chart opens the source of every point.
  await page.getByRole('button', { name: /^Table.*Predicted and measured/ }).click()
  const points = table('Predicted and measured')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  expect(await points.count()).toBe(await points.getByRole('link').count())
  await context.close()
})

async function noBetterOption(page: Page): Promise<string> {
  const options = await page.getByLabel('State').getByRole('option').allTextContents()
  return options.find((option) => option.startsWith('no better than a baseline')) ?? ''
}

test('a file of the visitor has its own page, and is registered by its graph alone', { timeout: 120_000 }, async () => {
  const [context, page] = await cleanProfile()
  await page.goto(`${base}/models`)
  await page.getByLabel('Model file').setInputFiles(modelFile)
  await page.getByRole('link', { name: /camera\.onnx/ }).click()
  await page.getByRole('heading', { level: 1, name: 'camera.onnx' }).waitFor()
  const summary = page.getByRole('region', { name: 'Graph summary' })
  const [request] = await Promise.all([
    page.waitForRequest(/\/v1\/models$/),
    summary.getByRole('button', { name: 'Register at the server' }).click(),
  ])
  expect(request.postData()?.length ?? 0).toBeLessThan(200_000)
  await summary.getByText('Registered as').waitFor()
  const [id] = /[a-z2-7]{26}/.exec(await summary.getByRole('status').innerText()) ?? []
  const answer = await fetch(`${base}/v1/simulate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: id, device: 'jetson-orin-nano-8gb' }),
  })
  expect(answer.status).toBe(200)
  await context.close()
})

test('an unknown address is a 404 with the page that says so; known ones open directly', {
  timeout: 120_000,
}, async () => {
  const [context, page] = await cleanProfile()
  for (const path of ['/devices/jetson-nano', '/models/resnet50', `/r/${'0'.repeat(64)}`, '/docs/api']) {
    expect([path, (await page.goto(`${base}${path}`))?.status()]).toEqual([path, 200])
  }
  expect((await page.goto(`${base}/no/such/page`))?.status()).toBe(404)
  await page.getByRole('heading', { level: 1, name: 'This page does not exist' }).waitFor()
  expect((await fetch(`${base}/assets/gone.js`)).status).toBe(404)
  await context.close()
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
  await result.getByText('transferred', { exact: true }).waitFor()
  const predictedMs = Number.parseFloat((await result.locator('.text-figure').textContent()) ?? '')

  const list = page.getByRole('region', { name: 'Your measurements' })
  await page.getByText('I measured it here').click()
  await measure(page, predictedMs * 50)
  await list.getByText('implausible-anchor').waitFor()
  await result.getByText('transferred', { exact: true }).waitFor()
  await list.getByRole('button', { name: /^Remove/ }).click()
  await list.waitFor({ state: 'detached' })

  await measure(page, predictedMs * 1.3)
  await list.getByText(/1 measurement of yours narrows/).waitFor()
  await result.getByText('transferred, anchored', { exact: true }).waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
  const shown = await result.innerText()
  const link = await restedAddress(page)
  await context.close()

  const [elsewhere, reader] = await cleanProfile()
  await reader.goto(link)
  const same = reader.getByRole('complementary', { name: 'Latency per batch' })
  await same.getByText('transferred, anchored', { exact: true }).waitFor()
  await expect.poll(() => same.innerText()).toBe(shown)
  await elsewhere.close()
})

async function measure(page: Page, latencyMs: number): Promise<void> {
  await page.getByLabel('Measured latency, ms').fill(latencyMs.toFixed(3))
  await page.getByRole('button', { name: 'Use', exact: true }).click()
}

/** Each page as a visitor sees it once it is complete. */
const pages: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async start(page) {
    await page.goto(base)
    await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('devices checked in').waitFor()
  },
  async devices(page) {
    await page.goto(`${base}/devices`)
    await page.getByRole('rowheader').first().waitFor()
  },
  async 'devices, none found'(page) {
    await page.goto(`${base}/devices?vendor=Apple&segment=mcu`)
    await page
      .getByRole('button', { name: /Without the filter/ })
      .first()
      .waitFor()
  },
  async device(page) {
    await page.goto(`${base}/devices/core-ultra-7-258v`)
    await page.getByRole('heading', { name: 'Specification' }).waitFor()
    await page.getByText('Sources and licences').waitFor()
  },
  async 'no device'(page) {
    await page.goto(`${base}/devices/no-such-device`)
    await page.getByText('No such device').waitFor()
  },
  async models(page) {
    await page.goto(`${base}/models`)
    await page.getByRole('rowheader').first().waitFor()
  },
  async model(page) {
    await page.goto(`${base}/models/mobilenet-v2-1.0`)
    await page.getByRole('heading', { name: 'Graph summary' }).waitFor()
  },
  async 'model diff'(page) {
    await page.goto(`${base}/models/diff?old=mobilenet-v1-0.25&new=mobilenet-v2-1.0`)
    await page.getByRole('heading', { name: 'Totals' }).waitFor()
  },
  async 'edge-cloud'(page) {
    await page.goto(`${base}/edge-cloud`)
    await page.getByLabel('Preset model').selectOption('mobilenet-v1-0.25')
    await page.getByRole('heading', { name: 'All four places' }).waitFor()
  },
  async accuracy(page) {
    await page.goto(`${base}/validation`)
    await page.getByRole('heading', { name: 'Calibration' }).waitFor()
  },
  async report(page) {
    await page.goto(await publishedReport())
    await page.getByRole('heading', { name: 'Verdict' }).waitFor()
  },
  async 'no report'(page) {
    await page.goto(`${base}/r/${'0'.repeat(64)}`)
    await page.getByText('No report to show').waitFor()
  },
  async 'API reference'(page) {
    await page.goto(`${base}/docs/api`)
    await page.getByRole('heading', { name: 'GET /v1/meta' }).waitFor()
  },
  async method(page) {
    await page.goto(`${base}/docs/method`)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()
  },
}

let published: Promise<string> | undefined

/** Its address; published once. */
function publishedReport(): Promise<string> {
  published ??= (async () => {
    const [context, page] = await cleanProfile()
    await dropModel(page)
    await check(page)
    await page.getByRole('button', { name: 'Publish report' }).click()
    await page.waitForURL(/\/r\/[0-9a-z]+/)
    const address = page.url()
    await context.close()
    return address
  })()
  return published
}

// Both themes and both widths, without every combination: what differs by theme does so at any width.
describe.each([
  { width: 1440, theme: 'dark' },
  { width: 360, theme: 'light' },
] as const)('at $width px in the $theme theme', ({ width, theme }) => {
  test.each(Object.keys(pages))(
    '%s has no accessibility violation and no sideways scroll',
    { timeout: 120_000 },
    async (name) => {
      const [context, page] = await cleanProfile({ viewport: { width, height: 800 }, colorScheme: theme })
      await pages[name]?.(page)
      await page.getByRole('heading', { level: 1 }).waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
      const overflowPx = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(overflowPx).toBeLessThanOrEqual(0)
      await context.close()
    },
  )
})
