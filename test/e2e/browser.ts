/** Debian's Chromium, with the flags that a headless root session on a closed network needs. */
import { type Browser, chromium, type Page } from 'playwright-core'

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

const restMs = 1000

/** The address once it holds a question and has not changed for a second: it waits until the page rests, then encodes. */
export async function restedAddress(page: Page): Promise<string> {
  await page.waitForURL(/#v=\d+&s=/)
  for (let address = page.url(); ; address = page.url()) {
    await page.waitForTimeout(restMs)
    if (page.url() === address) return address
  }
}
