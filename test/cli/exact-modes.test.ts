/** Commands that answer tables of others' programs: files in, one whole file out. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readGolden } from '../golden/read-golden.ts'
import { runEdgefit } from './run-edgefit.ts'

// Every test starts processes, on a machine that may be busy.
const patience = 60_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgefit-exact-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const config = `[architecture_presets]
ArrayHeight: 32
ArrayWidth: 32
IfmapSramSzkB: 64
FilterSramSzkB: 64
OfmapSramSzkB: 64
Dataflow: ws
[run_presets]
InterfaceBandwidth: CALC
`

describe('systolic', { timeout: patience }, () => {
  test('writes one row per layer, in the order of the topology', async () => {
    const out = join(folder, 'systolic.csv')
    const { code, stdout } = await runEdgefit([
      'systolic',
      ...['--config', await fileOf('array.cfg', config)],
      ...['--topology', await fileOf('layers.csv', 'Layer, M, N, K,\nMLP_FC3, 1, 8, 16,\nsame, 1, 8, 16,\n')],
      ...['--out', out],
    ])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    const [header, first, second] = (await readFile(out, 'utf8')).split('\n')
    expect(header).toBe(
      'layer,total_cycles,compute_cycles,stall_cycles,overall_util_pct,mapping_eff_pct,compute_util_pct,' +
        'ifmap_sram_reads,filter_sram_reads,ofmap_sram_writes',
    )
    // SCALE-Sim v3, NCF MLP_FC3 on 32×32, weight stationary.
    expect(first).toBe('MLP_FC3,94,94,0,0.13297872340425532,12.5,0.0992063492063492,16,128,8')
    expect(second).toBe(first?.replace('MLP_FC3', 'same'))
  })

  test('says which file and which line is wrong, and writes nothing', async () => {
    const out = join(folder, 'nothing.csv')
    const topology = await fileOf('wrong-layers.csv', 'Layer, M, N, K,\na, 1, 8, 16,\nb, 1, eight, 16,\n')
    const files = ['--config', await fileOf('array.cfg', config), '--topology', topology, '--out', out]
    const { code, stderr } = await runEdgefit(['systolic', ...files])
    expect(code).toBe(3)
    expect(stderr).toContain(`edgefit: invalid-csv at ${topology}: line 3`)
    expect(await readdir(folder)).not.toContain('nothing.csv')
  })
})

describe('ethos-u', { timeout: patience }, () => {
  test('writes the cycles of every operator, in order', async () => {
    const rows = readGolden('vela')
    const figures = ['npu', 'sram', 'dram', 'onflash', 'offflash', 'total'].map((name) => `${name}_cycles`)
    const columns = Object.keys(rows[0] ?? {}).filter((column) => !figures.includes(column) && column !== 'source')
    const text = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(
      (row) => `${row.join(',')}\n`,
    )
    const out = join(folder, 'ethos-u.csv')
    const { code } = await runEdgefit(['ethos-u', '--ops', await fileOf('ops.csv', text.join('')), '--out', out])
    expect(code).toBe(0)
    const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect(header).toBe(figures.join(','))
    // Weights of one of them come in slices, whose bytes the table does not have.
    const exact = rows.flatMap(({ weights_buffered }, index) => (weights_buffered === '2' ? [] : index))
    expect(lines.length).toBe(rows.length)
    expect(exact.map((index) => Number(lines[index]?.split(',')[0]))).toEqual(
      exact.map((index) => Number(rows[index]?.npu_cycles)),
    )
  })

  test('says which columns are missing', async () => {
    const ops = await fileOf('few.csv', 'accelerator,ifm\nethos-u55-128,1x1x1x1\n')
    const { code, stderr } = await runEdgefit(['ethos-u', '--ops', ops, '--out', join(folder, 'few-out.csv')])
    expect(code).toBe(3)
    expect(stderr).toContain('ofm_block')
  })
})

describe('arena', { timeout: patience }, () => {
  const input = 'instance,buffer,aligned_bytes,first_used,last_used\na,0,16,0,1\nb,0,32,0,3\na,1,16,1,2\n'

  test('adds an offset to every row and says how good the plan is', async () => {
    const out = join(folder, 'arena.csv')
    const buffers = await fileOf('buffers.csv', input)
    const { code, stdout } = await runEdgefit(['arena', '--buffers', buffers, '--planner', 'tflm', '--out', out])
    expect(code).toBe(0)
    expect(await readFile(out, 'utf8')).toBe(
      'instance,buffer,aligned_bytes,first_used,last_used,offset\na,0,16,0,1,16\nb,0,32,0,3,0\na,1,16,1,2,0\n',
    )
    expect(stdout).toMatch(/^instance +lower bound +arena +above\na +32 +32 +0\.0 %\nb +32 +32 +0\.0 %\n$/)
  })

  test('with the bound alone leaves offsets open', async () => {
    const out = join(folder, 'bound.csv')
    const buffers = await fileOf('buffers.csv', input)
    await runEdgefit(['arena', '--buffers', buffers, '--planner', 'lower-bound', '--out', out])
    expect(await readFile(out, 'utf8')).toContain('\na,0,16,0,1,\n')
  })

  test.for([
    ['a planner it does not have', 'best', input, '--planner'],
    ['a life that ends before it starts', 'tflm', input.replace('0,1\n', '2,1\n'), 'row 1, last_used'],
    ['a size that is no number', 'tflm', input.replace('32', 'big'), 'row 2, aligned_bytes'],
  ] as const)('refuses %s', async ([, planner, content, where]) => {
    const buffers = await fileOf('wrong-buffers.csv', content)
    const out = join(folder, 'wrong.csv')
    const { code, stderr } = await runEdgefit(['arena', '--buffers', buffers, '--planner', planner, '--out', out])
    expect(code).toBe(3)
    expect(stderr).toContain(where)
    expect(await readdir(folder)).not.toContain('wrong.csv')
  })
})
