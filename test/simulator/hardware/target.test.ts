import { describe, expect, it } from 'vitest'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { gpuDevice, makeDevice, makeUnit, npuDevice } from '../../support/devices.ts'

const twoUnits = makeDevice([
  makeUnit({ id: 'npu', kind: 'npu', runtime: 'rknn', precisions: ['int8', 'fp16'] }),
  makeUnit({ id: 'cpu', kind: 'cpu-simd', runtime: 'ncnn', precisions: ['fp32', 'bf16'] }),
])

function problemOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('no problem')
}

describe('a target', () => {
  it('takes what the device prefers', () => {
    const { unit, runtime, precision, powerModeId } = resolveTarget(twoUnits)
    expect([unit.id, runtime.id, precision, powerModeId]).toEqual(['npu', 'rknn', 'int8', 'default'])
  })

  it('finds the unit that has the wished runtime or precision', () => {
    expect(resolveTarget(twoUnits, { runtime: 'ncnn' }).unit.id).toBe('cpu')
    expect(resolveTarget(twoUnits, { precision: 'bf16' }).unit.id).toBe('cpu')
    expect(resolveTarget(twoUnits, { precision: 'fp16' }).unit.id).toBe('npu')
  })

  it('takes a runtime that is made for such networks, where nothing else is wished and one is', () => {
    const both = makeDevice([
      makeUnit({ id: 'npu', kind: 'npu', runtime: 'rknn' }),
      makeUnit({ id: 'cpu', kind: 'cpu-simd', runtime: 'llama.cpp-cpu' }),
    ])
    expect(resolveTarget(both, { network: 'language' }).runtime.id).toBe('llama.cpp-cpu')
    expect(resolveTarget(both, { network: 'other' }).runtime.id).toBe('rknn')
    expect(resolveTarget(both, { network: 'language', runtime: 'rknn' }).runtime.id).toBe('rknn')
    expect(resolveTarget(both, { network: 'language', unit: 'npu' }).runtime.id).toBe('rknn')
  })

  it('starts in the mode the device ships in', () => {
    expect(resolveTarget(gpuDevice).powerMode?.id).toBe('15W')
    expect(resolveTarget(gpuDevice, { powerMode: 'MAXN' }).powerModeId).toBe('MAXN')
    expect(resolveTarget(npuDevice, { powerMode: 'default' }).powerMode).toBeNull()
  })

  it.each([
    ['v9.0.0 v9.0.0', '9.0'],
    ['v9.0.0', '9.0'],
    ['9.0', '9.0'],
    ['v9', '9.0'],
    ['9', '9.0'],
    ['8.3.51', '8.3'],
    ['2023.05', '2023.05'],
    ['JetPack 6', '6.0'],
    ['as shipped', null],
  ])('counts version "%s" as release %s', (runtimeVersion, release) => {
    expect(resolveTarget(npuDevice, { runtimeVersion }).release).toBe(release)
    expect(resolveTarget(npuDevice).release).toBeNull()
  })

  it.each([
    [{ unit: 'dsp' }, 'unknown-unit', 'npu, cpu'],
    [{ unit: 'npu', runtime: 'ncnn' }, 'runtime-not-on-unit', 'rknn'],
    [{ precision: 'int3' }, 'unknown-precision', 'int8, fp16, fp32, bf16'],
    [{ unit: 'npu', precision: 'fp32' }, 'precision-not-on-unit', 'int8, fp16'],
    [{ powerMode: '15W' }, 'unknown-power-mode', 'default'],
    [{ threads: 0 }, 'invalid-field', null],
  ] as const)('refuses %j with %s and says what there is', (wishes, code, expected) => {
    const problem = problemOf(() => resolveTarget(twoUnits, wishes))
    expect(problem.code).toBe(code)
    expect(problem.expected).toBe(expected)
  })

  it('says when no software drives a unit', () => {
    const paperDesign = makeDevice([{ ...makeUnit({ kind: 'compute-in-memory' }), runtimes: [] }])
    expect(problemOf(() => resolveTarget(paperDesign))).toMatchObject({
      code: 'runtime-not-on-unit',
      fix: 'No known software drives this unit.',
    })
  })
})
