/** The list of devices as CSV: each figure with its source class and sources. */
import type { Fact } from '../../../simulator/hardware/device.ts'
import { gbsFromBytesPerS, topsFromMacsPerS } from '../../../simulator/quantities.ts'
import { csvText } from '../../../simulator/report/csv.ts'
import { type DeviceRow, int8Peak } from './device-list.ts'

const same = (value: number): number => value

type FactColumn = readonly [name: string, fact: (row: DeviceRow) => Fact | null, show: (value: number) => number]

const factColumns: readonly FactColumn[] = [
  ['int8_peak_tops', ({ device }) => int8Peak(device)?.fact ?? null, topsFromMacsPerS],
  ['dram_bytes', ({ device }) => device.dramBytes, same],
  ['flash_bytes', ({ device }) => device.flashBytes, same],
  ['dram_gb_per_s', ({ device }) => device.dramBytesPerS, gbsFromBytesPerS],
  ['tdp_w', ({ device }) => device.tdpW, same],
  ['idle_w', ({ device }) => device.idleW, same],
  ['price_usd', ({ device }) => device.priceUsd, same],
  ['price_per_hour_usd', ({ device }) => device.pricePerHourUsd, same],
]

/** In the order of the list; what is not known is empty, never 0. */
export function devicesCsv(rows: readonly DeviceRow[]): string {
  return csvText([
    [
      ...['device_id', 'name', 'vendor', 'chip', 'segment', 'units', 'power_modes', 'int8_peak_unit'],
      ...factColumns.flatMap(([name]) => [name, `${name}_status`, `${name}_sources`]),
      'measured_rows',
    ],
    ...rows.map((row) => {
      const { id, name, vendor, chip, segment, units, powerModes } = row.device
      return [
        ...[id, name, vendor, chip, segment],
        units.map((unit) => unit.id).join(' '),
        powerModes.map((mode) => mode.id).join(' '),
        int8Peak(row.device)?.unitId ?? '',
        ...factColumns.flatMap(([, factOf, show]) => {
          const fact = factOf(row)
          return fact === null ? ['', '', ''] : [String(show(fact.value)), fact.status, fact.sourceIds.join(' ')]
        }),
        String(row.measuredRows),
      ]
    }),
  ])
}
