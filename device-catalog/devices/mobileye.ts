/** Mobileye EyeQ. */
import { defineDevice } from '../define.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const eyeq = {
  id: 'npu',
  kind: 'npu',
  family: 'eyeq',
  architecture: 'XNN/PMA/VMP/MPC accelerators',
  runtimes: { vendor: ['int8'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Mobileye',
  segment: 'automotive',
  sources: ['mobileye-pages'],
} as const satisfies Partial<DeviceSpec>

export const mobileye: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'mobileye-eyeq5h',
    name: 'Mobileye EyeQ5H',
    chip: 'EyeQ5H',
    processNm: 7,
    units: [{ ...eyeq, note: 'No TOPS printed.' }],
    tdpW: 10,
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'mobileye-eyeq6l',
    name: 'Mobileye EyeQ6L',
    chip: 'EyeQ6L',
    processNm: 7,
    units: [{ ...eyeq, denseTops: { int8: 5 } }],
    tdpW: 3,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'mobileye-eyeq6h',
    name: 'Mobileye EyeQ6H',
    chip: 'EyeQ6H',
    processNm: 7,
    units: [{ ...eyeq, denseTops: { int8: 34 } }],
    tdpW: 33,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'mobileye-eyeq-ultra',
    name: 'Mobileye EyeQ Ultra',
    chip: 'EyeQ Ultra',
    processNm: 5,
    units: [{ ...eyeq, denseTops: { int8: 176 } }],
    tdpW: 100,
    releaseYear: 2025,
  }),
]
