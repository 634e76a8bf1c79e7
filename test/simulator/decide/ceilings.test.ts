import { describe, expect, it } from 'vitest'
import { ceilingsOf } from '../../../simulator/decide/ceilings.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { opsFromMacs, sFromMs } from '../../../simulator/quantities.ts'
import { allDevices, edgeTpuDevice, fact, gpuDevice, makeDevice, makeUnit } from '../../support/devices.ts'
import { separableNet } from '../../support/summaries.ts'

const ceilings = (...target: Parameters<typeof resolveTarget>) => ceilingsOf(resolveTarget(...target), noPeers)

describe('the roofs over a target', () => {
  it.each(allDevices.map((device) => [device.id, device] as const))('lie over every kernel on %s', (_, device) => {
    const { compute, memory } = ceilings(device)
    const peak = compute[0]?.opsPerS ?? Number.NaN
    const onchip = memory.find(({ level }) => level === 'onchip')?.bytesPerS
    const request = { summary: separableNet(9, 224), modelId: 'm', device, peers: noPeers, catalogVersion: 't' }
    for (const kernel of predict({ ...request, kernels: true }).kernels) {
      if (!kernel.macs || kernel.arithmeticIntensity === null) continue
      const opsPerS = opsFromMacs(kernel.macs) / sFromMs(kernel.timeMs)
      expect(opsPerS).toBeLessThanOrEqual(peak * (1 + 1e-9))
      if (onchip === undefined) continue
      expect(opsPerS).toBeLessThanOrEqual(opsFromMacs(kernel.arithmeticIntensity) * onchip * (1 + 1e-9))
    }
  })

  it('are one per peak: precisions that share a peak share a roof, the one in use first', () => {
    const unit = makeUnit({
      kind: 'npu',
      precisions: ['fp16', 'int8', 'int8-mixed-int16'],
      peak: { int8: 4e12, fp16: 1e12 },
    })
    expect(ceilings(makeDevice([unit]), { precision: 'fp16' }).compute).toMatchObject([
      { precisions: ['fp16'], opsPerS: 2e12, isInUse: true },
      { precisions: ['int8', 'int8-mixed-int16'], opsPerS: 8e12, isInUse: false },
    ])
  })

  it('follow the power mode', () => {
    const [shipped, fastest] = ['15W', 'MAXN'].map((powerMode) => ceilings(gpuDevice, { powerMode }))
    expect(shipped?.compute[0]?.opsPerS).toBeCloseTo((fastest?.compute[0]?.opsPerS ?? Number.NaN) * 0.6, 0)
    expect(shipped?.memory.find(({ level }) => level === 'dram')?.bytesPerS).toBe(15e9)
  })

  it('show cores that one model leaves idle', () => {
    const cores = { total: fact(3), perModel: fact(1) }
    const unit = { ...makeUnit({ kind: 'npu', precisions: ['int8'], peak: { int8: 3e12 } }), cores }
    expect(ceilings(makeDevice([unit])).compute).toMatchObject([
      { opsPerS: 2e12, isInUse: true, cores: null },
      { opsPerS: 6e12, isInUse: false, cores: 3 },
    ])
  })

  it('have the link as a level only where nothing nearer holds the data', () => {
    expect(ceilings(edgeTpuDevice).memory.map(({ level }) => level)).toEqual(['onchip', 'link'])
    expect(ceilings(gpuDevice).memory.map(({ level }) => level)).toEqual(['onchip', 'dram'])
  })
})
