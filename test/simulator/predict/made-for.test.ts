import { describe, expect, it } from 'vitest'
import { denseDecoder } from '../../../simulator/build/transformer/dense-decoder.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { predictLanguageModel } from '../../../simulator/predict/language-model.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { makeDevice, makeUnit } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const decoder = denseDecoder({
  vocabulary: 32_000,
  width: 64,
  depth: 1,
  heads: 2,
  keyHeads: 1,
  hidden: 128,
  contextLength: 512,
})
const under = (...runtimes: string[]) =>
  makeDevice(
    runtimes.map((runtime, index) => makeUnit({ id: `npu${index}`, kind: 'npu', peak: { int8: 2e12 }, runtime })),
  )
const context = { peers: noPeers, catalogVersion: 't' }

async function warningsOfDecoder(device: ReturnType<typeof under>, runtime?: string) {
  const { warnings } = await predictLanguageModel({
    model: { name: 'decoder', config: decoder },
    device,
    runtime,
    ...context,
  })
  return warnings
}

describe('a language model', () => {
  it('warns where the device has no runtime made for such models, and keeps its figures', async () => {
    const model = { name: 'decoder', config: decoder }
    const { warnings, msPerToken } = await predictLanguageModel({ model, device: under('rknn'), ...context })
    expect(warnings).toEqual([
      {
        code: 'runtime-not-for-network',
        where: 'runtime',
        expected: 'language models',
        received: 'rknn',
        fix: 'Choose a device with a runtime that takes language models; this one has none.',
      },
    ])
    expect(msPerToken.availability).toBe('available')
  })

  it('names the runtimes that are made for it where another one is asked for', async () => {
    expect(await warningsOfDecoder(under('rknn', 'rkllm'))).toEqual([])
    expect(await warningsOfDecoder(under('rknn', 'rkllm'), 'rknn')).toMatchObject([
      { code: 'runtime-not-for-network', fix: 'Choose a runtime that takes language models: rkllm.' },
    ])
  })

  it('runs without a word where nothing is known against the runtime', async () => {
    expect(await warningsOfDecoder(under('vendor'))).toEqual([])
  })
})

describe('another network', () => {
  it('warns under a runtime that is made for language models alone', () => {
    const warningsUnder = (runtime: string) =>
      predict({ summary: residualNet(2), modelId: 'm', device: under(runtime), ...context }).warnings
    expect(warningsUnder('rkllm')).toMatchObject([
      { code: 'runtime-not-for-network', expected: 'networks that are no language models' },
    ])
    expect(warningsUnder('rknn')).toEqual([])
  })
})
