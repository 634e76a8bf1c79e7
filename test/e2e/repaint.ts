/** How long a slider takes from its input to the frame that shows the new answer, measured inside the page. */
import type { Page } from 'playwright-core'

/**
 * Moves the slider to each of the values, one after the other. A sample is the time from the `input` event to the end of
 * the first frame after the latency was written anew, in ms.
 */
export async function repaintTimesMs(page: Page, slider: string, values: readonly number[]): Promise<number[]> {
  const id = await page.getByRole('slider', { name: slider, exact: true }).getAttribute('id')
  const samples: number[] = []
  for (const value of values) samples.push(await page.evaluate(`(${move})(${JSON.stringify(id)}, ${value})`))
  return samples
}

const move = `async (id, value) => {
  const input = document.getElementById(id)
  const shown = document.querySelector('.workbench-result')
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
  const painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => resolve(performance.now())
        channel.port2.postMessage(null)
      })
    })
    observer.observe(shown, { subtree: true, childList: true, characterData: true })
  })
  const start = performance.now()
  set.call(input, String(value))
  input.dispatchEvent(new Event('input', { bubbles: true }))
  return (await painted) - start
}`
