/** Cloudflare Workers: one thread of WebAssembly SIMD, 128 MB for everything. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed } from '../facts.ts'
import { isolate } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Cloudflare',
  segment: 'serverless',
} as const satisfies Partial<DeviceSpec>

export const workers: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'cloudflare-worker',
    name: 'Cloudflare Worker isolate (paid)',
    chip: 'EPYC (Gen 11/12 servers)',
    sources: ['cloudflare-workers-limits'],
    units: [
      cpu(isolate, [cluster(1, 'WASM SIMD', assumed(3000, 'not published; server processors of the network'))], {
        architecture: 'V8 isolate, 1 thread, WASM SIMD128',
      }),
    ],
    dram: { type: 'isolate heap cap 128 MB', gib: confirmed(0.125) },
    note: '128 MB hold the JavaScript heap and the WebAssembly memory; clock and rates are guesses until measured.',
  }),
  defineDevice({
    ...base,
    id: 'cloudflare-worker-free',
    name: 'Cloudflare Worker isolate (free)',
    chip: 'EPYC (Gen 11/12 servers)',
    sources: ['cloudflare-workers-limits'],
    units: [
      cpu(isolate, [cluster(1, 'WASM SIMD', assumed(3000, 'not published; server processors of the network'))], {
        architecture: 'V8 isolate, 1 thread, WASM SIMD128',
      }),
    ],
    dram: { type: 'isolate heap cap 128 MB', gib: confirmed(0.125) },
    note: '10 ms of CPU time per request.',
  }),
  defineDevice({
    ...base,
    id: 'cloudflare-workers-ai',
    name: 'Cloudflare Workers AI (serverless GPU)',
    chip: 'NVIDIA L4/L40S/H100-class (undisclosed mix)',
    sources: ['cloudflare-workers-ai-pricing'],
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'undisclosed-gpu',
        architecture: 'not published',
        structuredSparsity: false,
        runtimes: { 'workers-ai': ['fp16'] },
      },
    ],
    note: 'Hardware not published; sold per neuron.',
  }),
]
