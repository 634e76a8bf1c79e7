/** `virtual:evidence`: measured rows per device, counted at build time; the rows are a file per device, read when its page opens. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { measurementsOf } from '../calibration/evidence/measurements.ts'
import { attributionOf, type EvidenceRow, readEvidence, readSources } from '../calibration/evidence/read.ts'
import { validationReport } from '../device-catalog/validation.ts'
import { validationSchema } from '../worker/contract/validation.ts'
import type { DeviceEvidence, HeldOut, MeasuredRow } from './app/answer/device-evidence.ts'

const name = 'virtual:evidence'
const resolvedName = `\0${name}`
const devAddress = '/evidence/'
const folder = new URL('../device-catalog/evidence/', import.meta.url)

export function evidencePlugin(): Plugin {
  let isBuild = true
  return {
    name: 'edgefit-evidence',
    configResolved(config) {
      isBuild = config.command === 'build'
    },
    configureServer(server) {
      const files = deviceEvidence()
      server.middlewares.use(devAddress, (request, response) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(files.get((request.url ?? '').slice(1))))
      })
    },
    resolveId: (id) => (id === name ? resolvedName : undefined),
    load(id) {
      if (id !== resolvedName) return undefined
      const entries = [...deviceEvidence()].map(([device, file]) => {
        const url = isBuild
          ? `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name: `${device}.json`, source: JSON.stringify(file) })}`
          : JSON.stringify(devAddress + device)
        return `${JSON.stringify(device)}: { rows: ${file.rows.length}, url: ${url} }`
      })
      return `export const evidence = { ${entries.join(', ')} }`
    },
  }
}

/** By device, most often measured networks first. */
export function deviceEvidence(): Map<string, DeviceEvidence> {
  const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')
  const sources = new Map(readSources(read('sources.csv')).map((source) => [source.id, source]))
  const heldOut = new Map<string, HeldOut>(
    validationSchema.parse(validationReport).points.map(({ rowId, predicted, pi80 }) => [rowId, { predicted, pi80 }]),
  )
  const byDevice = new Map<string, MeasuredRow[]>()
  for (const file of readdirSync(new URL('origins/', folder)).sort()) {
    for (const row of readEvidence(read(`origins/${file}`))) {
      const rows = byDevice.get(row.pair.deviceId) ?? []
      byDevice.set(row.pair.deviceId, rows)
      const measured = rowOf(row, heldOut)
      if (measured !== null) rows.push(measured)
    }
  }
  return new Map(
    [...byDevice].map(([device, rows]) => {
      const used = [...new Set(rows.map(({ sourceId }) => sourceId))].flatMap((id) => sources.get(id) ?? [])
      return [
        device,
        {
          // Rows with a held-out prediction beside them say the most, so they come first.
          rows: rows.toSorted((a, b) => Number(a.heldOut === null) - Number(b.heldOut === null)),
          sources: used.map((source) => ({
            id: source.id,
            title: source.title,
            locator: source.locator,
            attribution: attributionOf(source),
          })),
        },
      ] as const
    }),
  )
}

/** `null` = the row publishes memory or power alone. */
function rowOf(row: EvidenceRow, heldOut: ReadonlyMap<string, HeldOut>): MeasuredRow | null {
  const [main] = measurementsOf(row)
  if (main === undefined) return null
  const { unit, runtime, precision, powerMode, batch } = row.pair
  return {
    rowId: row.rowId,
    presetId: row.presetId,
    ...{ unit, runtime, precision, powerMode, batch },
    quantity: main.quantity,
    measured: main.value,
    sourceId: row.sourceId,
    heldOut: heldOut.get(row.rowId) ?? null,
  }
}
