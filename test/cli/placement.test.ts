import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { modelOf, node, value } from '../support/build-onnx.ts'
import { runEdgefit } from './run-edgefit.ts'

const patience = 60_000
const coral = ['preset:mobilenet-v3-large', '--device', 'coral-dev-board', '--unit', 'tpu']

const answerSchema = z.object({
  latencyMs: z.object({ p50: z.number() }),
  placement: z.object({
    support: z.object({ lacks: z.array(z.object({ op: z.string() })) }),
    partitions: z.array(z.object({ unitId: z.string() })),
    lanes: z.array(z.object({ id: z.string() })),
    crossings: z.array(z.object({ reason: z.string() })),
    oneAfterAnotherMs: z.number(),
    endToEnd: z.object({ stages: z.array(z.object({ id: z.string(), timeMs: z.number() })) }),
  }),
})

describe('edgefit sim', { timeout: patience }, () => {
  test('says in JSON where a network runs', async () => {
    const { code, stdout } = await runEdgefit([
      'sim',
      ...coral,
      '--stage',
      'resize=2.5',
      '--stage',
      'nms:100',
      '--json',
    ])
    expect(code).toBe(0)
    const { latencyMs, placement } = answerSchema.parse(JSON.parse(stdout))
    expect(new Set(placement.support.lacks.map(({ op }) => op))).toContain('HardSwish')
    expect(placement.partitions.map(({ unitId }) => unitId)).toEqual(['tpu', 'cpu'])
    expect(placement.crossings.map(({ reason }) => reason)).toEqual(['HardSwish: the compiler has no such operation'])
    expect(placement.oneAfterAnotherMs).toBeCloseTo(latencyMs.p50, 6)
    expect(placement.endToEnd.stages.find(({ id }) => id === 'resize')).toMatchObject({ timeMs: 2.5 })
  })

  test('draws the lanes where there are several, and frames per second in any case', async () => {
    const several = await runEdgefit(['sim', ...coral])
    expect(several.stdout).toMatch(/^lane +busy$/m)
    expect(several.stdout).toMatch(/^1 → 2 .*HardSwish/m)
    const one = await runEdgefit(['sim', 'preset:mobilenet-v1-1.0', ...coral.slice(1)])
    expect(one.stdout).not.toMatch(/^lane /m)
    expect(one.stdout).toMatch(/^end to end /m)
    expect(one.stdout).toMatch(/^first answer /m)
  })

  test.for([
    ['--stage', 'dance'],
    ['--stage', 'resize=soon'],
    ['--camera', '1280'],
  ])('refuses %s %s', async (extra) => {
    const { code, stderr } = await runEdgefit(['sim', ...coral, ...extra])
    expect(code).toBe(3)
    expect(stderr).toContain('invalid-usage')
  })
})

test('a row about a network that its runtime cannot run carries the code and no figure', {
  timeout: patience,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edgefit-placement-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [model, pairs, out] = ['dynamic.onnx', 'pairs.csv', 'out.csv'].map((name) => join(folder, name))
  if (model === undefined || pairs === undefined || out === undefined) throw new Error('three paths')
  const outputs = ['q', 'scale', 'zero']
  const bytes = modelOf({
    nodes: [node('DynamicQuantizeLinear', ['a'], outputs)],
    inputs: [value('a', [1, 64])],
    outputs: [value('q', [1, 64])],
  })
  await writeFile(model, bytes)
  await writeFile(pairs, `model,device_id,runtime\n${model},jetson-orin-nano-8gb,tensorrt\n`)
  expect((await runEdgefit(['predict', '--pairs', pairs, '--out', out])).code).toBe(0)
  expect(await readFile(out, 'utf8')).toMatch(/,operator-unsupported,|,operator-unsupported$/m)
})

test('a network of which no work is known has no time of any kind in the answer', { timeout: patience }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edgefit-placement-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const model = join(folder, 'compiled.onnx')
  const nodes = [node('Compiled', ['a'], ['y'], { domain: 'com.example' })]
  await writeFile(model, modelOf({ nodes, inputs: [value('a', [1, 64])], outputs: [value('y', [1, 10])] }))
  const { code, stdout } = await runEdgefit(['sim', model, '--device', 'coral-usb-accelerator'])
  expect(code).toBe(0)
  expect(stdout).toContain('needs work of com.example.Compiled')
  expect(stdout).not.toMatch(/first answer|model alone/)
})
