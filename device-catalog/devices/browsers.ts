/** Browser tabs. Clocks and rates are those of typical machines of the year: guesses until a tab is measured. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, derived } from '../facts.ts'
import { wasm, webGl, webGpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const webgpu = {
  id: 'gpu',
  kind: 'gpu',
  family: 'webgpu',
  structuredSparsity: false,
  runtimes: { ...webGpu, ...webGl },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'browser',
  chip: 'not stated',
  segment: 'browser',
  sources: ['browser-derivation', 'in-browser-inference-2024', 'tfjs-wasm-2020'],
} as const satisfies Partial<DeviceSpec>

export const browsers: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'browser-laptop2020-wasm1',
    name: 'Browser, 2020 laptop (i5-1035G/Ryzen 4500U class), WASM SIMD 1T',
    units: [
      cpu(wasm, [cluster(1, 'WASM SIMD', assumed(3600, 'typical machine of the year'))], {
        architecture: '1 core 128-bit',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(2, 'share of the system memory a tab gets'),
      gbPerS: assumed(20, 'share a tab reaches'),
    },
    tdpW: assumed(15, 'machine under load from one tab'),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'browser-laptop2020-wasm4',
    name: 'Browser, 2020 laptop, WASM SIMD 4T',
    units: [
      cpu(wasm, [cluster(4, 'WASM SIMD', assumed(3200, 'typical machine of the year'))], {
        architecture: '4 cores 128-bit',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(2, 'share of the system memory a tab gets'),
      gbPerS: assumed(30, 'share a tab reaches'),
    },
    tdpW: assumed(20, 'machine under load from one tab'),
    releaseYear: 2020,
    note: 'Needs cross-origin isolation for threads.',
  }),
  defineDevice({
    ...base,
    id: 'browser-laptop2024-wasm1',
    name: 'Browser, 2024 laptop (M3 / Core Ultra class), WASM SIMD 1T',
    units: [
      cpu(wasm, [cluster(1, 'WASM SIMD, wide core', assumed(4200, 'typical machine of the year'))], {
        architecture: '1 P-core 128-bit (4 SIMD pipes)',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(4, 'share of the system memory a tab gets'),
      gbPerS: assumed(60, 'share a tab reaches'),
    },
    tdpW: assumed(10, 'machine under load from one tab'),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'browser-laptop2024-wasm4',
    name: 'Browser, 2024 laptop, WASM SIMD 4T',
    units: [
      cpu(wasm, [cluster(4, 'WASM SIMD, wide core', assumed(4000, 'typical machine of the year'))], {
        architecture: '4 P-cores',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(4, 'share of the system memory a tab gets'),
      gbPerS: assumed(90, 'share a tab reaches'),
    },
    tdpW: assumed(25, 'machine under load from one tab'),
    releaseYear: 2024,
    note: 'Needs cross-origin isolation for threads.',
  }),
  defineDevice({
    ...base,
    id: 'browser-phone2020-wasm1',
    name: 'Browser, 2020 phone (Snapdragon 865 class), WASM SIMD 1T',
    units: [
      cpu(wasm, [cluster(1, 'WASM SIMD', assumed(2840, 'typical machine of the year'))], {
        architecture: 'Cortex-A77 2x128',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(1, 'share of the system memory a tab gets'),
      gbPerS: assumed(15, 'share a tab reaches'),
    },
    tdpW: assumed(2, 'machine under load from one tab'),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'browser-phone2024-wasm1',
    name: 'Browser, 2024 phone (Snapdragon 8 Gen 3 / A17 class), WASM SIMD 1T',
    units: [
      cpu(wasm, [cluster(1, 'WASM SIMD, wide core', assumed(3300, 'typical machine of the year'))], {
        architecture: 'Cortex-X4 4x128',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(1.5, 'share of the system memory a tab gets'),
      gbPerS: assumed(25, 'share a tab reaches'),
    },
    tdpW: assumed(3, 'machine under load from one tab'),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'browser-phone2024-wasm4',
    name: 'Browser, 2024 phone, WASM SIMD 4T',
    units: [
      cpu(wasm, [cluster(4, 'WASM SIMD, wide core', assumed(3000, 'typical machine of the year'))], {
        architecture: '4 big cores',
      }),
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(1.5, 'share of the system memory a tab gets'),
      gbPerS: assumed(40, 'share a tab reaches'),
    },
    tdpW: assumed(5, 'machine under load from one tab'),
    releaseYear: 2024,
    note: 'Throttles after one to three minutes.',
  }),
  defineDevice({
    ...base,
    id: 'browser-laptop2020-webgpu',
    name: 'Browser, 2020 laptop iGPU (Iris Plus / Vega), WebGPU',
    units: [
      {
        ...webgpu,
        architecture: 'iGPU',
        clockMhz: assumed(1100, 'typical machine of the year'),
        denseTops: { fp32: derived(1.1, '2 × ALUs × clock of a GPU of the year') },
      },
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(2, 'share of the system memory a tab gets'),
      gbPerS: assumed(40, 'share a tab reaches'),
    },
    tdpW: assumed(15, 'machine under load from one tab'),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'browser-laptop2024-webgpu',
    name: 'Browser, 2024 laptop (M3 10-core / Arc iGPU), WebGPU',
    units: [
      {
        ...webgpu,
        architecture: 'iGPU',
        clockMhz: assumed(1400, 'typical machine of the year'),
        denseTops: {
          fp16: derived(3.5, '2 × ALUs × clock of a GPU of the year'),
          fp32: derived(3.5, '2 × ALUs × clock of a GPU of the year'),
        },
      },
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(8, 'share of the system memory a tab gets'),
      gbPerS: assumed(100, 'share a tab reaches'),
    },
    tdpW: assumed(20, 'machine under load from one tab'),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'browser-desktop-rtx4090-webgpu',
    name: 'Browser, desktop RTX 4090, WebGPU',
    units: [
      {
        ...webgpu,
        architecture: 'dGPU no tensor cores',
        clockMhz: assumed(2520, 'typical machine of the year'),
        denseTops: {
          fp16: derived(82.6, '2 × ALUs × clock of a GPU of the year'),
          fp32: derived(82.6, '2 × ALUs × clock of a GPU of the year'),
        },
        note: 'Matrix units are out of reach of WebGPU.',
      },
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(20, 'share of the system memory a tab gets'),
      gbPerS: assumed(1008, 'share a tab reaches'),
    },
    tdpW: assumed(350, 'machine under load from one tab'),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'browser-phone2020-webgpu',
    name: 'Browser, 2020 phone (Adreno 650), WebGPU/WebGL',
    units: [
      {
        ...webgpu,
        architecture: 'mobile GPU',
        clockMhz: assumed(587, 'typical machine of the year'),
        denseTops: {
          fp16: derived(2.4, '2 × ALUs × clock of a GPU of the year'),
          fp32: derived(1.2, '2 × ALUs × clock of a GPU of the year'),
        },
      },
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(1, 'share of the system memory a tab gets'),
      gbPerS: assumed(30, 'share a tab reaches'),
    },
    tdpW: assumed(3, 'machine under load from one tab'),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'browser-phone2024-webgpu',
    name: 'Browser, 2024 phone (Adreno 750 / A17), WebGPU',
    units: [
      {
        ...webgpu,
        architecture: 'mobile GPU',
        clockMhz: assumed(900, 'typical machine of the year'),
        denseTops: {
          fp16: derived(5.5, '2 × ALUs × clock of a GPU of the year'),
          fp32: derived(2.8, '2 × ALUs × clock of a GPU of the year'),
        },
      },
    ],
    dram: {
      type: 'shared system RAM',
      gib: assumed(1.5, 'share of the system memory a tab gets'),
      gbPerS: assumed(60, 'share a tab reaches'),
    },
    tdpW: assumed(4, 'machine under load from one tab'),
    releaseYear: 2024,
  }),
]
