import { describe, expect, test } from 'vitest'
import { catalog, deviceEntries, deviceEntry } from '../../device-catalog/index.ts'
import type { CatalogFact } from '../../device-catalog/schema.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { likeTarget } from '../../web/app/answer/device-evidence.ts'
import { confirmedShare, conflictsIn, isFact, specificationOf } from '../../web/app/answer/device-facts.ts'
import { deviceSupport } from '../../web/app/answer/device-support.ts'
import { modeRoofs, ridgeOf } from '../../web/app/answer/mode-roofs.ts'
import { nearestDevices } from '../../web/app/answer/nearest-devices.ts'
import { en } from '../../web/app/i18n/en.ts'
import { deviceEvidence } from '../../web/evidence-plugin.ts'

const peers = makePeerFacts(catalog)

function deviceOf(id: string) {
  const device = catalog.find((each) => each.id === id)
  if (device === undefined) throw new Error(`no ${id}`)
  return device
}

describe('the specification', () => {
  test('shows every fact of every device once, but those of the power modes, which have their table', () => {
    for (const { powerModes: _, ...entry } of deviceEntries) {
      const stated: CatalogFact[] = []
      const collect = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return
        if ('sourceIds' in value) stated.push(value as CatalogFact)
        else for (const part of Object.values(value)) collect(part)
      }
      collect(entry)
      const groups = specificationOf({ ...entry, powerModes: [] }, en)
      const shown = groups.flatMap(({ lines }) => lines.flatMap(({ value }) => (isFact(value) ? [value] : [])))
      expect(new Set(shown), entry.id).toEqual(new Set(stated))
      expect(confirmedShare(groups)).toEqual({
        all: stated.length,
        confirmed: stated.filter(({ confirmed }) => confirmed).length,
      })
    }
  })

  test('has no two lines of one name in a group, or an opened line would be another one', () => {
    for (const entry of deviceEntries) {
      for (const { title, lines } of specificationOf(entry, en)) {
        const labels = lines.map(({ label }) => label)
        expect(new Set(labels).size, `${entry.id}, ${title}: ${labels.join('; ')}`).toBe(labels.length)
      }
    }
  })

  test('keeps both values where sources disagree', () => {
    const entry = deviceEntry('coral-usb-accelerator')
    if (entry === null) throw new Error('no such device')
    const [conflict] = conflictsIn(specificationOf(entry, en))
    expect(conflict?.label).toBe('Compute, TPU, INT8, dense')
    expect(conflict?.fact.conflict?.map(({ value }) => value)).toEqual([4])
  })
})

test('roofs fall with the clocks of the modes, and end where memory stops being what bounds', () => {
  const made = modeRoofs(deviceOf('jetson-orin-nano-8gb-super'), peers)
  expect(made?.precision).toBe('int8')
  const of = (mode: string) => made?.roofs.find((roof) => roof.mode === mode)
  expect((of('MAXN_SUPER')?.opsPerS ?? 0) / 1e12).toBeCloseTo(33.4, 1)
  expect((of('25W')?.opsPerS ?? 0) / (of('MAXN_SUPER')?.opsPerS ?? 1)).toBeCloseTo(918 / 1020, 2)
  const low = of('15W')
  if (low === undefined) throw new Error('no 15W')
  expect(ridgeOf(low)).toBeCloseTo(low.opsPerS / 68.256e9, 0)
})

test('every device that software can drive has roofs', () => {
  for (const device of catalog) {
    const made = modeRoofs(device, peers)
    if (made === null) {
      expect(device.units.flatMap(({ runtimes }) => runtimes)).toEqual([])
      continue
    }
    expect(made.roofs.length, device.id).toBe(Math.max(1, device.powerModes.length))
    for (const { opsPerS } of made.roofs) expect(opsPerS, device.id).toBeGreaterThan(0)
  }
})

test('the nearest devices are of the same kind, and the same silicon in other memory comes first', () => {
  const device = deviceOf('rk3588')
  for (const near of nearestDevices(device, catalog, 5)) {
    expect(near.id).not.toBe(device.id)
    expect(near.units[0]?.kind).toBe(device.units[0]?.kind)
  }
  expect(nearestDevices(deviceOf('hailo-8'), catalog, 3).some(({ id }) => id.startsWith('hailo-8'))).toBe(true)
})

test('operations are those of the tables of the runtimes, and nothing else', () => {
  const { tables, rows } = deviceSupport(deviceOf('coral-dev-board'))
  expect(tables.map(({ id }) => id)).toContain('edgetpu-compiler')
  expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length)
  const cell = (operation: string) => rows.find((row) => row.operation === operation)?.cells[0]
  expect(cell('convolution')?.state).toBe('yes')
  expect(cell('hard-swish')).toEqual({ state: 'no', reason: 'the compiler has no such operation' })
})

test('the evidence of a device is its rows, each with a source that may be named, held-out predictions first', () => {
  const byDevice = deviceEvidence()
  expect([...byDevice.values()].reduce((sum, { rows }) => sum + rows.length, 0)).toBeGreaterThan(10_000)
  for (const [id, { rows, sources }] of byDevice) {
    expect(
      catalog.some((device) => device.id === id),
      id,
    ).toBe(true)
    const known = new Set(sources.map((source) => source.id))
    for (const row of rows) expect(known).toContain(row.sourceId)
    const firstWithout = rows.findIndex(({ heldOut }) => heldOut === null)
    if (firstWithout >= 0) expect(rows.slice(firstWithout).every(({ heldOut }) => heldOut === null)).toBe(true)
    for (const { attribution } of sources) expect(attribution).toContain('Licence: ')
  }
})

test('of the rows of a device those of the preset come, on the same unit, the same runtime and precision first', () => {
  const evidence = deviceEvidence().get('rk3588')
  if (evidence === undefined) throw new Error('no evidence')
  const target = { unitId: 'npu', runtimeId: 'rknn', precision: 'int8' } as const
  const like = likeTarget(evidence, 'mobilenet-v2-1.0', target)
  expect(like.length).toBeGreaterThan(0)
  expect(like[0]).toMatchObject({ runtime: 'rknn', precision: 'int8' })
  for (const { presetId, unit } of like)
    expect([presetId, ['', 'npu'].includes(unit)]).toEqual(['mobilenet-v2-1.0', true])
  expect(likeTarget(evidence, 'no-such-preset', target)).toEqual([])
})
