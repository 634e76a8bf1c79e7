import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { segments } from '../../simulator/hardware/device.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { emptyState, type PortalState, workbenchViews } from '../../web/app/state/portal-state.ts'
import { decodeState, encodeState } from '../../web/app/state/url-state.ts'

const smallGraph: GraphSummary = {
  version: 2,
  name: 'one-convolution',
  batch: 1,
  tensors: [
    { role: 'input', dtype: 'float32', shape: [1, 3, 8, 8] },
    { role: 'output', dtype: 'float32', shape: [1, 4, 8, 8] },
  ],
  constants: [{ dtype: 'float32', elements: 108 }],
  operators: [
    {
      name: 'conv',
      op: 'Conv',
      origins: ['Conv'],
      class: 'convolution',
      inputs: [0],
      outputs: [1],
      constants: [0],
      macs: 6912,
      vectorOps: 0,
      gemm: { m: 64, n: 4, k: 27, repeat: 1 },
      window: { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 1, inputChannels: 3, outputChannels: 4 },
    },
  ],
}

const anyModel = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }).map((id) => ({ kind: 'preset' as const, id })),
  fc.constant({ kind: 'summary' as const, summary: smallGraph }),
  fc
    .tuple(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }))
    .map(([modelId, name]) => ({ kind: 'file' as const, modelId, name })),
)
const limit = fc.double({ min: 0.001, max: 1e9, noNaN: true }).map((value) => Number(value.toPrecision(6)))
const word = fc.string({ minLength: 1, maxLength: 30 })
const anyWhatIf = fc.record(
  {
    width: limit,
    resolution: limit,
    prune: limit,
    clock: limit,
    bandwidth: limit,
    ratePerS: limit,
    ambientC: fc.integer({ min: -60, max: 125 }),
    battery: word,
    endToEnd: fc.constant(true as const),
    stageMs: fc.record({ resize: fc.nat(99), nms: fc.nat(99) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
)
const anyState: fc.Arbitrary<PortalState> = fc.record({
  model: fc.option(anyModel),
  budget: fc.record(
    {
      maxLatencyMs: limit,
      minThroughputPerS: limit,
      maxPowerW: limit,
      maxMemoryBytes: limit,
      maxEnergyMj: limit,
      maxPriceUsd: limit,
    },
    { requiredKeys: [] },
  ),
  segments: fc.uniqueArray(fc.constantFrom(...segments)),
  target: fc.record(
    {
      device: word,
      unit: word,
      runtime: word,
      precision: word,
      powerMode: word,
      batch: fc.integer({ min: 1, max: 64 }),
    },
    { requiredKeys: [] },
  ),
  network: fc.option(word),
  places: fc.record({ browser: word, worker: word, cloud: word }, { requiredKeys: [] }),
  view: fc.option(fc.constantFrom(...workbenchViews)),
  ownResults: fc.array(
    fc.record({
      modelId: word,
      preset: fc.option(word),
      device: word,
      latencyMs: limit,
      unit: word,
      batch: fc.nat(8).map((n) => n + 1),
    }),
    { maxLength: 3 },
  ),
  whatIf: anyWhatIf,
  pinned: fc.option(
    fc.record({
      modelId: word,
      model: anyModel,
      target: fc.record({ device: word, unit: word }, { requiredKeys: ['device'] }),
      whatIf: anyWhatIf,
    }),
  ),
})

describe('the question in a link', () => {
  it.prop([anyState])('comes back as it was', async (state) => {
    expect(await decodeState(await encodeState(state, null))).toEqual(state)
  })

  test('an empty question leaves the address bare, and a bare address is an empty question', async () => {
    expect(await encodeState(emptyState, null)).toBe('')
    expect(await decodeState('')).toEqual(emptyState)
    expect(await decodeState('#')).toEqual(emptyState)
  })

  test('a small graph travels; a large one stays behind and is asked for by its id', async () => {
    const model = { kind: 'summary', summary: smallGraph } as const
    expect((await decodeState(await encodeState({ ...emptyState, model }, 'id'))).model).toEqual(model)

    let seed = 1
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed
    }
    const operators = smallGraph.operators.flatMap((operator) =>
      Array.from({ length: 2000 }, () => ({ ...operator, name: `conv_${next()}`, macs: next() })),
    )
    const large = { kind: 'summary', summary: { ...smallGraph, name: 'large.onnx', operators } } as const
    const fragment = await encodeState({ ...emptyState, model: large }, 'abcdefgh')
    expect(fragment.length).toBeLessThan(500)
    expect((await decodeState(fragment)).model).toEqual({ kind: 'file', modelId: 'abcdefgh', name: 'large.onnx' })
  })
})

describe('links that exist', () => {
  /** One link per version, kept forever: whoever shared it may still open it. Never edit an entry. */
  test('version 1', async () => {
    const shared =
      'v=1&s=NY_NasMwEITfZc5ycOwEgo49N5BL6SH0IEtLslg_RlonNcbvXpS2e9tvZneYFcPsbiTQK4L5fjdC0S7nAt33u15VdqaQ8vK2CBXoffs_L-2SnpQ_K_5dM1v6KA66O7abQkiOfH3NDhohDewpkjSPrtnvWiiMHKsyZSok2BQiyTPlERpeqJFlYms8FCZvbM1fYX2a640_VH-hW6AoBfoKCgM5Rw4Kwc74UhCT_7oNRuwdulNw9GBL0MjJjvbOU5PH_ng61ZBMlgunCA2OUlGeo3B42ccYsW0_'
    expect(await decodeState(shared)).toEqual({
      model: { kind: 'preset', id: 'mobilenet-v2-1.0' },
      budget: { maxLatencyMs: 33.3, maxPowerW: 10, maxMemoryBytes: 1e9, maxPriceUsd: 250 },
      segments: ['embedded', 'mcu'],
      target: { device: 'rockchip-rk3588', runtime: 'rknn', precision: 'int8', batch: 2 },
      network: 'lte-typical',
      places: { cloud: 'l4' },
      whatIf: {},
      view: null,
      ownResults: [],
      pinned: null,
    })
  })

  test('version 2 adds the sliders of the workbench', async () => {
    const shared =
      'v=2&s=FY1BDoIwFETvMuuWVLAx6daVOxNPUOwXGqEl5QMSwt3NX07em5kDYw40wB2IAQ5jbuNAiVivtb5UBgrfmIRMhWZinArsS0cslUBrfBMcOj_4367n-irC1nt-fETwYxsp8R1OW4XWM1PZZazPibQ1Rg6msiSCM1WjUDzTk8oLrjEKheY8LBxzEnyzClsM3Euw5_kH'
    expect(await decodeState(shared)).toEqual({
      ...emptyState,
      model: { kind: 'preset', id: 'mobilenet-v2-1.0' },
      target: { device: 'galaxy-s24' },
      whatIf: { resolution: 0.75, width: 0.5, prune: 0.3, ratePerS: 30, ambientC: -5, battery: 'phone-5000' },
      view: null,
    })
  })

  test('version 3 adds the steps of the application, a pinned question and two views', async () => {
    const shared =
      'v=3&s=bY-xDsIwDET_5eaAkABRZWdgYOMH0sSUqK1TOWkRoPw7MgwsrHfvnuUXxhRogH0hBlg80pCWhmHQR9ZgEspUUA2myExByc_kpK1rfaBrd4NBcdJR0TrQEj3BQvrtvmlgIDOXOH4jZpXdb66crkpPMjPBbtbbWv9afBI3rAItqzY5CbpeIt1h0Ymb9PRP5ofke5UdDIjDJR31iSIzGeTiOjpnxXjMsBsDoRyfBLurtb4B'
    const model = { kind: 'preset', id: 'yolov8n' } as const
    expect(await decodeState(shared)).toEqual({
      ...emptyState,
      model,
      target: { device: 'coral-dev-board' },
      view: 'graph',
      whatIf: { clock: 0.7, endToEnd: true, stageMs: { resize: 4, nms: 0 } },
      pinned: { modelId: 'abcdefgh', model, target: { device: 'rk3588', runtime: 'rknn' }, whatIf: { prune: 0.3 } },
    })
  })

  test('are of the oldest version that can say them', async () => {
    const model = { kind: 'preset', id: 'resnet50' } as const
    expect(await encodeState({ ...emptyState, model }, null)).toMatch(/^v=1&/)
    expect(await encodeState({ ...emptyState, model, whatIf: { prune: 0.3 } }, null)).toMatch(/^v=2&/)
    expect(await encodeState({ ...emptyState, model, view: 'memory' }, null)).toMatch(/^v=2&/)
    expect(await encodeState({ ...emptyState, model, view: 'graph' }, null)).toMatch(/^v=3&/)
    expect(await encodeState({ ...emptyState, model, whatIf: { stageMs: { nms: 2 } } }, null)).toMatch(/^v=3&/)
  })
})

describe('a damaged link', () => {
  const valid = encodeState(
    { ...emptyState, model: { kind: 'preset', id: 'resnet50' }, budget: { maxPowerW: 10 } },
    null,
  )

  test('that was cut is a problem, not a crash', async () => {
    const fragment = await valid
    await expect(decodeState(fragment.slice(0, -6))).rejects.toThrow(ProblemError)
    await expect(decodeState('v=1&s=%%%')).rejects.toThrow(ProblemError)
  })

  test('of a later version says so', async () => {
    await expect(decodeState('v=9&s=abc')).rejects.toMatchObject({
      problem: { code: 'invalid-field', expected: 'v=1 or v=2 or v=3' },
    })
  })

  test.for([
    [{ budget: { maxPowerW: 'ten' } }, 'budget.maxPowerW'],
    [{ budget: { maxPowerW: -1 } }, 'budget.maxPowerW'],
    [{ segments: ['moon'] }, 'segments'],
    [{ segments: 'phone' }, 'segments'],
    [{ model: { kind: 'url' } }, 'model.kind'],
    [{ target: { device: 7 } }, 'target.device'],
    [
      {
        model: {
          kind: 'summary',
          summary: { ...smallGraph, operators: [{ ...smallGraph.operators[0], inputs: [9] }] },
        },
      },
      'summary.operators[0].inputs',
    ],
    [
      {
        model: {
          kind: 'summary',
          summary: { ...smallGraph, tensors: [{ role: 'input', dtype: 'float33', shape: [] }] },
        },
      },
      'summary.tensors[0].dtype',
    ],
    [{ whatIf: { ambientC: 'warm' } }, 'whatIf.ambientC'],
    [{ whatIf: { prune: 0 } }, 'whatIf.prune'],
    [{ whatIf: { battery: 5 } }, 'whatIf.battery'],
    [{ whatIf: { clock: -1 } }, 'whatIf.clock'],
    [{ whatIf: { endToEnd: 1 } }, 'whatIf.endToEnd'],
    [{ whatIf: { stageMs: { nms: -1 } } }, 'whatIf.stageMs.nms'],
    [{ whatIf: { stageMs: { paint: 1 } } }, 'whatIf.stageMs'],
    [{ pinned: { modelId: 'm', target: { device: 'd' } } }, 'pinned.model'],
    [{ model: { kind: 'preset', id: 'm' }, pinned: { modelId: 'm', target: {} } }, 'pinned.target.device'],
    [{ view: 'cellar' }, 'view'],
    [{ ownResults: 'fast' }, 'ownResults'],
    [{ ownResults: [{ modelId: 'm', preset: null, device: 'd', latencyMs: 0 }] }, 'ownResults[0].latencyMs'],
    [{ ownResults: [{ modelId: 'm', preset: null, device: 'd', latencyMs: 1, unit: 3 }] }, 'ownResults[0].unit'],
    [[], 'link'],
  ] as const)('%j names the field', async ([content, where]) => {
    const stream = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
    const packed = Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url')
    await expect(decodeState(`v=3&s=${packed}`)).rejects.toMatchObject({ problem: { code: 'invalid-field', where } })
  })

  test('that unpacks to more than it should is refused early', async () => {
    const stream = new Blob(['"', 'a'.repeat(8_000_000), '"'])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'))
    const packed = Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url')
    expect(packed.length).toBeLessThan(16_000)
    await expect(decodeState(`v=1&s=${packed}`)).rejects.toThrow(ProblemError)
  })
})
