import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { explanationLines, formulaPages } from '../../../simulator/report/explain-text.ts'
import { allDevices, browserDevice, edgeTpuDevice, npuDevice } from '../../support/devices.ts'
import { residualNet, separableNet } from '../../support/summaries.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const linesOn = (device: (typeof allDevices)[number], summary = separableNet(3, 64, 20)) =>
  explanationLines(
    predict({ summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't', kernels: true, explain: 'largest' }),
  )

describe('an explanation as a tree', () => {
  it('names what binds a kernel, what idles, and how sure its constants are', () => {
    const text = linesOn(npuDevice).join('\n')
    expect(text).toMatch(/^LAT-5 latency [\d.]+ µs/)
    expect(text).toMatch(/LAT-1 conv_\S+ .* binds$/m)
    expect(text).toMatch(/output channels 20 → 32: 37.5 % of the hardware idle/)
    expect(text).toMatch(/FACT-1 peak 2000 GMAC\/s \(unit\.peakMacsPerS\.int8 vendor, from the device: test\)/)
    expect(text).toMatch(/LAT-2 efficiency of .* \(law\.efficiency\.convolution (default|calibrated)\)/)
    expect(text).toMatch(/MEM-4 memory .* of 4.29 GB/)
  })

  it('has the link where there is one', () => {
    expect(linesOn(edgeTpuDevice).join('\n')).toMatch(
      /LAT-4 inputs and outputs over the link .*device\.link\.bytesPerS vendor/,
    )
  })

  it('says which fact is missing where energy is not known', () => {
    expect(linesOn(browserDevice)).toContain('EN-1 energy: not known, needs device.tdpW')
  })

  it.each(allDevices)('names pages that exist and define every formula: $id', (device) => {
    const pages = linesOn(device, residualNet(2)).filter((line) => line.startsWith('docs/method/'))
    expect(pages.length).toBeGreaterThan(3)
    for (const line of pages) {
      const [path = '', ids = ''] = line.split(': ')
      const page = readFileSync(`${root}/${path}`, 'utf8')
      for (const id of ids.split(', ')) expect(page).toMatch(new RegExp(`^\\*\\*${id}\\b`, 'm'))
    }
  })

  it('knows a page for every family of formulas it may meet', () => {
    expect(Object.values(formulaPages).filter((page) => !existsSync(`${root}/docs/method/${page}.md`))).toEqual([])
  })
})
