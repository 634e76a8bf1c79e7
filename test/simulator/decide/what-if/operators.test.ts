import { describe, expect, it } from 'vitest'
import { buildPreset } from '../../../../model-zoo/index.ts'
import { clampActivations, dropTransposes } from '../../../../simulator/decide/what-if/operator-changes.ts'
import { padTo } from '../../../../simulator/decide/what-if/padding.ts'
import { type Scenario, summaryOnly } from '../../../../simulator/decide/what-if/scenario.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { summarize } from '../../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../../simulator/graph/summary.ts'
import { noPeers } from '../../../../simulator/hardware/missing.ts'
import { npuDevice } from '../../../support/devices.ts'
import { SummaryBuilder } from '../../../support/summaries.ts'

function scenarioOf(summary: GraphSummary): Scenario {
  return {
    origin: summaryOnly,
    request: { summary, modelId: 'm', device: npuDevice, peers: noPeers, catalogVersion: 't' },
  }
}
const presetSummary = (id: string) => summarize(bindShapes(buildPreset(id), {}), id)

describe('smooth activations', () => {
  it('of SiLU, two operators, become one clamp that the next layer reads', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 16, 16]), 8)
    const gate = b.operator('Sigmoid', 'activation', [x], [1, 8, 16, 16], { vectorOps: 20480 })
    const y = b.operator('Mul', 'elementwise', [x, gate], [1, 8, 16, 16], { vectorOps: 2048 })
    const step = clampActivations(scenarioOf(b.build('silu', [b.conv(y, 4)])))
    const { operators } = step.scenario?.request.summary ?? { operators: [] }
    expect(operators.map(({ op }) => op)).toEqual(['Conv', 'Clip', 'Conv'])
    expect(operators[1]).toMatchObject({ inputs: [x], outputs: [y], vectorOps: 2 * 2048 })
    expect(step.hindrance === null && step.notes).toEqual([{ code: 'activations-replaced', count: 1, of: null }])
  })

  it('leave the gate of squeeze and excitation alone: it scales another value', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 16, 16]), 8)
    const gate = b.operator('Sigmoid', 'activation', [b.globalPool(x)], [1, 8, 1, 1], { vectorOps: 80 })
    const summary = b.build('se', [b.operator('Mul', 'elementwise', [x, gate], [1, 8, 16, 16])])
    expect(clampActivations(scenarioOf(summary)).hindrance?.code).toBe('none-found')
  })

  it('are all found in a YOLO: 57 convolutions with SiLU', () => {
    const step = clampActivations(scenarioOf(presetSummary('yolov8n')))
    if (step.hindrance !== null) throw new Error(step.hindrance.code)
    expect(step.notes[0]?.count).toBe(57)
  })
})

describe('transposes between layouts', () => {
  function transposed(shapes: readonly (readonly number[])[]) {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 16, 8]), 6)
    const last = shapes.reduce<number>((input, shape) => b.operator('Transpose', 'layout', [input], shape), x)
    return { summary: b.build('t', [b.relu(last)]), x }
  }

  it('go, and their readers read what was transposed', () => {
    const { summary, x } = transposed([
      [1, 16, 8, 6],
      [1, 6, 16, 8],
    ])
    const step = dropTransposes(scenarioOf(summary))
    const { operators } = step.scenario?.request.summary ?? { operators: [] }
    expect(operators.map(({ op }) => op)).toEqual(['Conv', 'Relu'])
    expect(operators[1]?.inputs).toEqual([x])
  })

  it('that reorder anything else stay', () => {
    const { summary } = transposed([[1, 8, 16, 6]])
    expect(dropTransposes(scenarioOf(summary)).hindrance).toEqual({
      code: 'none-found',
      detail: '1 that compute something',
    })
  })
})

describe('padded channels', () => {
  it('follow concatenations, depthwise windows and residuals, and end before the output', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 8, 8]), 10)
    const wide = b.operator('Concat', 'layout', [x, b.conv(x, 20)], [1, 30, 8, 8])
    const deep = b.conv(wide, 30, 3, 1, 30)
    const out = b.conv(b.add(deep, wide), 5)
    const { summary, padded } = padTo(b.build('p', [out]), 16)
    const channels = (tensor: number) => summary.tensors[tensor]?.shape[1]
    expect([x, wide, deep, out].map(channels)).toEqual([16, 16 + 32, 48, 5])
    expect(padded).toBe(3)
    const depthwise = summary.operators.find(({ class: each }) => each === 'depthwise-convolution')
    expect(depthwise?.window).toMatchObject({ groups: 48, inputChannels: 48, outputChannels: 48 })
    expect(depthwise?.macs).toBe(64 * 9 * 48)
    expect(summary.operators.at(-1)?.macs).toBe(64 * 9 * 48 * 5)
  })

  it('that are aligned already change nothing', () => {
    const summary = presetSummary('mobilenet-v1-1.0')
    const result = padTo(summary, 8)
    expect(result.padded).toBe(0)
    expect(result.summary).toEqual(summary)
  })
})
