import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { confirmedFacts } from '../../device-catalog/confirmed.ts'
import { catalog, deviceEntries } from '../../device-catalog/index.ts'
import { shownStatus } from '../../device-catalog/simulator-form.ts'

describe('facts that nobody saw in their source', () => {
  it('are counted in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
    const { confirmed, all } = confirmedFacts(deviceEntries)
    const grouped = (count: number) => count.toLocaleString('en-US')
    expect(readme).toContain(`${grouped(confirmed)} of its ${grouped(all)} device figures were seen in their source`)
  })

  it('are recalled wherever they are shown, and those that were seen are the vendor’s', () => {
    expect(shownStatus({ status: 'vendor', confirmed: false })).toBe('recalled')
    expect(shownStatus({ status: 'vendor', confirmed: true })).toBe('vendor')
    expect(shownStatus({ status: 'derived', confirmed: false })).toBe('derived')
    deviceEntries.forEach(({ tdp }, index) => {
      if (tdp !== null) expect(catalog[index]?.tdpW?.status).toBe(shownStatus(tdp))
    })
  })
})
