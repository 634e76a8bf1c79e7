/** Every formula that an explanation or a comment names has its place in docs/method. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Explanation } from '../../../simulator/predict/prediction.ts'
import { allDevices } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const formula =
  /\b(?:WORK|LAT|MEM|ALN|FACT|CPU|GPU|NPU|TPU|DF|EU|EUX|SA|SYS|CIM|AR|LLV|MCU|EN|UNC|FIT|NET|FLOOR|HEAT|BAT|WHAT|LM|PLACE|CAL)-\d+\b/g

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
}

const pages = new Map(filesIn('docs/method', '.md').map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')]))
const defined = [...pages.values()].flatMap((page) => [...page.matchAll(/^\*\*([A-Z]+-\d+)/gm)].map(([, id]) => id))

describe('pages of the method', () => {
  it('define each formula once', () => {
    expect(defined.toSorted()).toEqual([...new Set(defined)].toSorted())
  })

  it('define every formula that the simulator names', () => {
    const named = filesIn('simulator', '.ts').flatMap((path) =>
      [...readFileSync(`${root}/${path}`, 'utf8').matchAll(formula)].map(([id]) => id),
    )
    expect([...new Set(named)].filter((id) => !defined.includes(id))).toEqual([])
  })

  it('exist for every page that the simulator names', () => {
    const named = filesIn('simulator', '.ts').flatMap((path) =>
      [...readFileSync(`${root}/${path}`, 'utf8').matchAll(/docs\/method\/[\w-]+\.md/g)].map(([page]) => page),
    )
    expect([...new Set(named)].filter((page) => !pages.has(page))).toEqual([])
  })

  it.each(allDevices)('define every node of an explanation on $id', (device) => {
    const { explanation } = predict({
      summary: residualNet(2),
      modelId: 'm',
      device,
      peers: noPeers,
      catalogVersion: 't',
    })
    expect(idsOf(explanation).filter((id) => !defined.includes(id))).toEqual([])
  })
})

function idsOf({ formula: id, inputs }: Explanation): string[] {
  return [id, ...inputs.flatMap(idsOf)]
}
