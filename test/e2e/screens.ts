/**
 * One screenshot per screen, theme and width, to be looked at beside the design: `node test/e2e/screens.ts [URL] [NAME…]`.
 *
 * Needs a running edgefit (default http://127.0.0.1:8787) and Chromium (CHROMIUM_PATH, default /usr/bin/chromium).
 * Writes `test/e2e/screenshots/NAME-WIDTH-THEME.png`.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'

const [base = 'http://127.0.0.1:8787', ...wanted] = process.argv.slice(2)
const folder = fileURLToPath(new URL('./screenshots/', import.meta.url))
const widths = [1440, 360] as const
const themes = ['light', 'dark'] as const

/** How each screen is reached, as a visitor would. */
const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async empty(page) {
    await page.goto(base)
    await page.getByRole('heading', { level: 1 }).waitFor()
  },
  async start(page) {
    await ask(page)
  },
  async workbench(page) {
    await ask(page)
    await openDetail(page, 'Open in workbench')
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    await page.getByText('change of latency, 80 % band').waitFor()
  },
  async 'workbench-fallback'(page) {
    await openView(page, 'Timeline')
    await page.getByRole('button', { name: 'Pin as baseline' }).click()
    await page.getByRole('radiogroup', { name: 'Pre- and post-processing' }).getByText('on', { exact: true }).click()
    await page.getByRole('slider', { name: 'Clock of the unit' }).fill('0.7')
    await page.getByRole('region', { name: 'Compared with the baseline' }).getByText(/%/).first().waitFor()
  },
  async 'workbench-graph'(page) {
    await openView(page, 'Graph')
    await page.getByRole('listbox', { name: 'Graph' }).focus()
    await page.keyboard.press('End')
    await page.getByText('Reads from').waitFor()
  },
  async 'workbench-verify'(page) {
    await openView(page, 'Verify')
    await page.getByRole('button', { name: 'Enter what you measured' }).waitFor()
  },
  async 'edge-cloud'(page) {
    await ask(page)
    await openDetail(page, 'Compare with the cloud')
    await page.getByRole('heading', { name: 'Where the time goes' }).waitFor()
  },
  async devices(page) {
    await page.goto(`${base}/devices`)
    await page.getByRole('rowheader').first().waitFor()
  },
  async 'devices-found'(page) {
    await page.goto(`${base}/devices?q=orin%20nano`)
    await page.getByRole('rowheader').first().waitFor()
  },
  async device(page) {
    await page.goto(`${base}/devices/jetson-orin-nano-8gb-super`)
    await page.getByRole('heading', { name: 'Specification' }).waitFor()
    await page.getByRole('heading', { name: 'Evidence' }).waitFor()
    await page.getByText('Sources and licences').waitFor()
  },
  async models(page) {
    await page.goto(`${base}/models`)
    await page.getByRole('rowheader').first().waitFor()
  },
  async model(page) {
    await page.goto(`${base}/models/mobilenet-v2-1.0`)
    await page.getByRole('heading', { name: 'Layers' }).waitFor()
  },
  async accuracy(page) {
    await page.goto(`${base}/validation`)
    await page.getByRole('heading', { name: 'Calibration' }).waitFor()
    await page.getByRole('row').first().waitFor()
  },
  async report(page) {
    await ask(page)
    await page.getByRole('button', { name: 'Publish report' }).click()
    await page.getByRole('heading', { name: 'Verdict' }).waitFor()
  },
  async api(page) {
    await page.goto(`${base}/docs/api`)
    await page.getByRole('heading', { name: 'GET /v1/meta' }).waitFor()
  },
  async method(page) {
    await page.goto(`${base}/docs/method`)
    await page.getByRole('heading', { name: 'Latency' }).waitFor()
  },
}

async function ask(page: Page): Promise<void> {
  await page.goto(base)
  await page.getByLabel('Preset model').selectOption('mobilenet-v2-1.0')
  await page.getByRole('button', { name: 'inspection under 10 W', exact: true }).click()
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('devices checked in').waitFor()
}

/** Of a network that falls back in part. */
async function openView(page: Page, view: string): Promise<void> {
  await page.goto(`${base}/sim`)
  await page.getByLabel('Preset model').selectOption('yolov8n')
  await page.getByLabel('Device', { exact: true }).selectOption('coral-dev-board')
  await page.getByRole('tab', { name: view, exact: true }).click()
}

async function openDetail(page: Page, link: string): Promise<void> {
  const target = page.getByRole('link', { name: link })
  if (!(await target.isVisible())) await page.locator('.row-button').first().click()
  await target.click()
}

async function shoot(browser: Browser, name: string, width: number, theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: width < 640 ? 780 : 900 }, colorScheme: theme })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${name}: ${message.text()}`)
  })
  page.setDefaultTimeout(20_000)
  try {
    await screens[name]?.(page)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    await page.screenshot({ path: `${folder}${name}-${width}-${theme}.png`, fullPage: true })
  } catch (error) {
    console.error(`${name} at ${width} ${theme}: ${error instanceof Error ? error.message : String(error)}`)
    await page.screenshot({ path: `${folder}${name}-${width}-${theme}-failed.png`, fullPage: true })
    process.exitCode = 1
  }
  await context.close()
}

await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
for (const name of wanted.length > 0 ? wanted : Object.keys(screens)) {
  for (const theme of themes) for (const width of widths) await shoot(browser, name, width, theme)
}
await browser.close()
