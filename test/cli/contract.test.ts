import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemCodes } from '../../simulator/problem.ts'
import { engineVersion } from '../../simulator/version.gen.ts'
import { limits } from '../../worker/contract/limits.ts'
import { modelOf, node, value } from '../support/build-onnx.ts'
import { runEdgefit } from './run-edgefit.ts'

// Every test starts processes, on a machine that may be busy.
const patience = 60_000

let folder: string
let symbolic: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgefit-cli-'))
  symbolic = join(folder, 'symbolic.onnx')
  const dynamic = modelOf({
    nodes: [node('Relu', ['a'], ['b'])],
    inputs: [value('a', ['batch', 3, 'side'])],
    outputs: [value('b', ['batch', 3, 'side'])],
  })
  await writeFile(symbolic, dynamic)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const resnet = ['preset:resnet8-ic', '--device', 'jetson-nano']

describe('help', { timeout: patience }, () => {
  test('goes to stdout when asked for, and lists every command', async () => {
    const { code, stdout, stderr } = await runEdgefit(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const name of ['inspect', 'devices', 'zoo', 'sim', 'fit', 'predict', 'export']) {
      expect(stdout).toContain(`edgefit ${name} `)
    }
  })

  test('of one command shows its options', async () => {
    const { code, stdout } = await runEdgefit(['fit', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--max-latency-ms')
  })

  test('goes to stderr when nothing was asked', async () => {
    const { code, stdout, stderr } = await runEdgefit([])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('edgefit inspect')
  })

  test('the version is that of the engine', async () => {
    expect(await runEdgefit(['--version'])).toEqual({ code: 0, stdout: `${engineVersion}\n`, stderr: '' })
  })
})

describe('a command that is refused', { timeout: patience }, () => {
  test.concurrent.for([
    ['invalid-usage', ['fly']],
    ['invalid-usage', ['sim', 'preset:resnet8-ic']],
    ['invalid-usage', ['sim', ...resnet, '--wings']],
    ['invalid-usage', ['sim', ...resnet, 'surplus']],
    ['invalid-usage', ['sim', ...resnet, '--batch', '0']],
    ['invalid-usage', ['fit', ...resnet]],
    ['invalid-usage', ['fit', ...resnet, '--min-fps', 'many']],
    ['invalid-usage', ['predict', '--pairs', 'in.csv']],
    ['unknown-preset', ['inspect', 'preset:resnet5000']],
    ['unknown-device', ['sim', 'preset:resnet8-ic', '--device', 'jetson-banana']],
    ['unknown-unit', ['sim', ...resnet, '--unit', 'tpu']],
    ['unknown-power-mode', ['sim', ...resnet, '--mode', 'turbo']],
    ['cannot-read', ['inspect', 'no-such-file.onnx']],
    ['cannot-read', ['predict', '--pairs', 'no-such-file.csv', '--out', 'out.csv']],
    ['cannot-write', ['export', 'preset:resnet8-ic', 'no-such-folder/a.onnx']],
  ] as const)('%s: %j', async ([expected, argv], { expect }) => {
    const { code, stdout, stderr } = await runEdgefit([...argv, ...(argv[0] === 'fly' ? ['--json'] : [])])
    expect(code).toBe(3)
    expect(stderr).toMatch(/^edgefit: [^\n]+\n$/)
    expect(stderr).toContain(`edgefit: ${expected}`)
    if (argv[0] !== 'fly') expect(stdout).toBe('')
  })

  test.concurrent.for([
    ['--batch', '99999', `at most ${limits.maxBatch}`],
    ['--batch', '1.5', 'a whole number'],
    ['--threads', '0', 'at least 1'],
    ['--max-latency-ms', '-5', 'more than 0'],
    ['--max-latency-ms', 'NaN', 'a number'],
    ['--max-power-w', '-Infinity', 'a number'],
    ['--max-memory-mb', '1e300', `at most ${limits.maxLimitValue}`],
    ['--fps', '1e9', `at most ${limits.maxRatePerS}`],
  ] as const)('names the option and the bound: %s %s', async ([option, received, expected], { expect }) => {
    const { code, stdout } = await runEdgefit(['fit', ...resnet, '--max-price-usd', '999', option, received, '--json'])
    expect(code).toBe(3)
    const { problem } = JSON.parse(stdout)
    expect(problem).toMatchObject({ code: 'invalid-usage', where: option, expected, received })
  })

  test.concurrent.for([
    ['--try', 'batch=99999'],
    ['--try', 'prune=1'],
    ['--try', 'pad-channels=2'],
    ['--minutes', '2000'],
    ['--ambient-c', '-300'],
  ] as const)('whatif %s %s is outside the bounds of the API', async ([option, received], { expect }) => {
    const { code, stderr } = await runEdgefit(['whatif', ...resnet, option, received])
    expect(code).toBe(3)
    expect(stderr).toContain(`edgefit: invalid-usage at ${option}`)
  })

  test('with --json says why on stdout, in fields', async () => {
    const { code, stdout, stderr } = await runEdgefit(['sim', symbolic, '--device', 'jetson-nano', '--json'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/^edgefit: unbound-dimension at [^\n]*batch[^\n]*\n$/)
    const answer = JSON.parse(stdout)
    expect(Object.keys(answer)).toEqual(['problem'])
    expect(Object.keys(answer.problem)).toEqual(['code', 'where', 'expected', 'received', 'fix'])
    expect(problemCodes).toContain(answer.problem.code)
    expect(answer.problem.where).toContain('side')
  })

  test.for([
    ['empty-file', ''],
    ['wrong-format', '\u0089PNG\r\n\u001a\n'],
    ['wrong-format', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'],
  ] as const)('names what a wrong file is: %s', async ([expected, content]) => {
    const path = join(folder, `${expected}-${content.length}.onnx`)
    await writeFile(path, content, 'latin1')
    const { code, stderr } = await runEdgefit(['inspect', path])
    expect(code).toBe(3)
    expect(stderr).toContain(`edgefit: ${expected}`)
  })
})

describe('inspect', { timeout: patience }, () => {
  test('names every symbol that is open, and still answers', async () => {
    const { code, stdout, stderr } = await runEdgefit(['inspect', symbolic, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const inspection = JSON.parse(stdout)
    expect(inspection).toMatchObject({ format: 'onnx', nodes: 1, params: 0, modelId: null, peakActivationBytes: null })
    expect(inspection.tensors.b).toEqual({ dtype: 'float32', shape: null })
    const [open] = inspection.problems
    expect(open.code).toBe('unbound-dimension')
    expect(open.where).toContain('batch')
    expect(open.where).toContain('side')
  })

  test('takes sizes for symbols and shapes for inputs', async () => {
    const byDims = await runEdgefit(['inspect', symbolic, '--dims', 'batch=2,side=5', '--json'])
    const byShape = await runEdgefit(['inspect', symbolic, '--input-shapes', 'a=2x3x5', '--json'])
    expect(byDims).toEqual(byShape)
    const inspection = JSON.parse(byDims.stdout)
    expect(inspection.tensors.b).toEqual({ dtype: 'float32', shape: [2, 3, 5] })
    expect(inspection.peakActivationBytes).toBe(2 * (2 * 3 * 5 * 4))
    expect(inspection.problems).toEqual([])
  })

  test('takes the values that decide a size', async () => {
    const path = join(folder, 'expand.onnx')
    const expand = modelOf({
      nodes: [node('Expand', ['x', 'size'], ['y'])],
      inputs: [value('x', [1]), value('size', [2], 7)],
      outputs: [value('y')],
    })
    await writeFile(path, expand)
    const open = JSON.parse((await runEdgefit(['inspect', path, '--json'])).stdout)
    expect(open.problems).toMatchObject([{ code: 'data-dependent-shape' }])
    const bound = JSON.parse((await runEdgefit(['inspect', path, '--input-values', 'size=3:4', '--json'])).stdout)
    expect({ y: bound.tensors.y, problems: bound.problems }).toEqual({
      y: { dtype: 'float32', shape: [3, 4] },
      problems: [],
    })
  })

  test('counts an exported preset as it counts the preset', async () => {
    const path = join(folder, 'resnet8.onnx')
    expect((await runEdgefit(['export', 'preset:resnet8-ic', path, '--seed', '7'])).code).toBe(0)
    const ofFile = JSON.parse((await runEdgefit(['inspect', path, '--json'])).stdout)
    const ofPreset = JSON.parse((await runEdgefit(['inspect', 'preset:resnet8-ic', '--json'])).stdout)
    for (const key of [
      'modelId',
      'opset',
      'nodes',
      'params',
      'macs',
      'macsByOp',
      'weightBytes',
      'peakActivationBytes',
    ]) {
      expect([key, ofFile[key]]).toEqual([key, ofPreset[key]])
    }
  })
})

describe('sim and fit', { timeout: patience }, () => {
  test('sim --json is the prediction, the same bytes every time', async () => {
    const [first, second] = await Promise.all([
      runEdgefit(['sim', ...resnet, '--json']),
      runEdgefit(['sim', ...resnet, '--json']),
    ])
    expect(first).toEqual(second)
    expect(first?.code).toBe(0)
    const prediction = JSON.parse(first?.stdout ?? '')
    expect(prediction).toMatchObject({ deviceId: 'jetson-nano', batch: 1, engineVersion, coverage: 1 })
    expect(prediction.kernels.length).toBeGreaterThan(prediction.largestKernels.length)
    const { p50, pi80, pi95 } = prediction.latencyMs
    expect([pi95[0] < pi80[0], pi80[0] < p50, p50 < pi80[1], pi80[1] < pi95[1]]).toEqual([true, true, true, true])
  })

  test('sim in words shows every figure with its intervals, and what it rests on', async () => {
    const { stdout } = await runEdgefit(['sim', ...resnet])
    for (const word of ['latency', 'throughput', 'energy', 'power', 'memory', 'rests on', 'bound by', '80 %', '95 %']) {
      expect(stdout).toContain(word)
    }
  })

  test.for([
    ['fits', 0, '--max-latency-ms', '1e9'],
    ['fails', 1, '--min-fps', '1e12'],
  ] as const)('the exit code of %s is %i', async ([verdict, exitCode, limit, figure]) => {
    const { code, stdout } = await runEdgefit(['fit', ...resnet, limit, figure, '--json'])
    expect(code).toBe(exitCode)
    const answer = JSON.parse(stdout)
    expect(Object.keys(answer)).toEqual(['fit', 'prediction'])
    expect(answer.fit.verdict).toBe(verdict)
    expect(answer.fit.checks).toHaveLength(1)
  })

  test('the exit code of sim is 1 when the model does not fit the memory', async () => {
    const { code, stdout } = await runEdgefit(['sim', 'preset:resnet50', '--device', 'stm32l476rg', '--json'])
    expect(JSON.parse(stdout).warnings).toContainEqual(expect.objectContaining({ code: 'does-not-fit-memory' }))
    expect(code).toBe(1)
  })

  test('the exit code of tight is 2', async () => {
    const { p50 } = JSON.parse((await runEdgefit(['sim', ...resnet, '--json'])).stdout).latencyMs
    const { code, stdout } = await runEdgefit(['fit', ...resnet, '--max-latency-ms', `${p50}`])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^tight, P 0\.50: /)
  })
})

describe('pipes and colour', { timeout: patience }, () => {
  test('a reader that stops early is no error', async () => {
    const { code, stderr } = await runEdgefit(['devices', '--json'], { readOnlyBytes: 1 })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('there is no colour in a pipe, none with NO_COLOR, and some when forced', async () => {
    const fit = ['fit', ...resnet, '--max-latency-ms', '1e9']
    const escapeSequence = '\u001b['
    expect((await runEdgefit(fit)).stdout).not.toContain(escapeSequence)
    expect((await runEdgefit(fit, { env: { NO_COLOR: '1' } })).stdout).not.toContain(escapeSequence)
    expect((await runEdgefit(fit, { env: { FORCE_COLOR: '1' } })).stdout).toContain(escapeSequence)
  })

  test('runs on the Node of the machine, also where that is too old for TypeScript', async ({ skip }) => {
    const [systemNode] = ['/usr/bin/node', '/usr/local/bin/node'].filter((path) => version(path) !== null)
    if (systemNode === undefined) skip('no Node outside the project')
    expect(await runEdgefit(['--version'], { node: systemNode ?? '' })).toMatchObject({
      code: 0,
      stdout: `${engineVersion}\n`,
    })
    expect((await runEdgefit(['fly'], { node: systemNode ?? '' })).code).toBe(3)
  })
})

function version(path: string): string | null {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8' })
  } catch {
    return null
  }
}

describe('predict', { timeout: patience }, () => {
  test('answers every row, keeps the columns of the question, and names what it could not answer', async () => {
    const input = join(folder, 'pairs.csv')
    const output = join(folder, 'answers.csv')
    await writeFile(
      input,
      '\uFEFFdevice_id,latency_ms,note,preset_id,batch\r\n' +
        'jetson-nano,41,"first, ""quoted""",resnet8-ic,\r\n' +
        'jetson-nano,,second,no-such-network,1\r\n' +
        'jetson-nano,,third,resnet8-ic,minus one\r\n',
    )
    const { code, stdout, stderr } = await runEdgefit(['predict', '--pairs', input, '--out', output])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('3 rows, 1 answered')
    const [header, first, second, third] = (await readFile(output, 'utf8')).split('\n')
    expect(header).toMatch(/^device_id,given_latency_ms,note,preset_id,batch,latency_ms,latency_lo80_ms,/)
    expect(first).toMatch(/^jetson-nano,41,"first, ""quoted""",resnet8-ic,,\d/)
    expect(first).toMatch(/,false,$/)
    expect(second).toMatch(/^jetson-nano,,second,no-such-network,1,,+unknown-preset$/)
    expect(third).toMatch(/^jetson-nano,,third,resnet8-ic,minus one,,+invalid-field$/)
  })

  test.for([
    ['without a device column', 'preset_id\nresnet8-ic\n'],
    ['with a torn row', 'preset_id,device_id\nresnet8-ic\n'],
    ['with nothing in it', ''],
  ] as const)('refuses a table %s and writes nothing', async ([name, content]) => {
    const input = join(folder, `${name}.csv`)
    const output = join(folder, `${name}-answers.csv`)
    await writeFile(input, content)
    const { code, stderr } = await runEdgefit(['predict', '--pairs', input, '--out', output])
    expect(code).toBe(3)
    expect(stderr).toContain('edgefit: invalid-csv')
    await expect(readFile(output)).rejects.toThrow('ENOENT')
  })
})
