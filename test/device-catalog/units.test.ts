import { describe, expect, test } from 'vitest'
import { catalog, deviceEntries } from '../../device-catalog/index.ts'
import { runtimeEntries, runtimeIds } from '../../device-catalog/runtimes/index.ts'
import { families } from '../../device-catalog/vocabulary.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'

const units = deviceEntries.flatMap((entry) => entry.units.map((unit) => ({ entry, unit })))

describe('the units of the catalog', () => {
  test('are one per id on a device', () => {
    for (const { id, units: own } of deviceEntries)
      expect(new Set(own.map((unit) => unit.id)).size, id).toBe(own.length)
  })

  test('put the CPU behind whatever accelerates it, which the GPU of a Raspberry Pi does not', () => {
    const early = deviceEntries.filter(({ units: own }) => {
      const cpu = own.findIndex(({ id }) => id === 'cpu')
      return cpu >= 0 && own.slice(cpu + 1).some(({ runtimes }) => runtimes.length > 0)
    })
    expect(early.map(({ id }) => id)).toEqual(['raspberry-pi-3b-plus', 'raspberry-pi-4b', 'raspberry-pi-5'])
  })

  test('answer the default question: the first unit has a runtime with a precision', () => {
    const mute = catalog.filter((device) => {
      try {
        resolveTarget(device)
        return false
      } catch {
        return true
      }
    })
    // its 16-bit fixed point is no precision of the simulator
    expect(mute.map(({ id }) => id)).toEqual(['cim-isaac2016'])
  })

  test('use every family and every runtime of the vocabulary', () => {
    const usedFamilies = new Set<string>(units.map(({ unit }) => unit.family))
    expect(families.filter((family) => !usedFamilies.has(family))).toEqual([])
    const usedRuntimes = new Set<string>(units.flatMap(({ unit }) => unit.runtimes.map(({ id }) => id)))
    // Portable compilers, which what-ifs try on any unit of their kinds.
    expect(runtimeIds.filter((id) => !usedRuntimes.has(id))).toEqual(['iree', 'tvm'])
  })

  test('have runtimes that the translation of names leads to, or that only results name', () => {
    const unnamed = runtimeIds.filter((id) => runtimeEntries[id].aliases.length === 0).toSorted()
    // measured, but in none of the device tables
    expect(unnamed).toEqual([
      'armnn-neon',
      'armnn-opencl',
      'bosch-hale',
      'executorch-vulkan',
      'executorch-xnnpack-kleidiai',
      'iree',
      'mnn',
      'onnc',
      'onnxruntime',
      'ort-qnn-ctx',
      'paddlepaddle',
      'pplnn',
      'pytorch-compile-nchw',
      'pytorch-eager-nchw',
      'pytorch-eager-nhwc',
      'rknn-python',
      'tf-graphdef',
      'tf-savedmodel',
      'tflite-ruy',
      'torchscript',
      'tvm',
      'tvm-cpu',
      'xnnpack',
    ])
  })
})

describe('the cores of a CPU', () => {
  const inOrder = (id: string) =>
    catalog
      .find((device) => device.id === id)
      ?.units.flatMap(({ clusters }) => clusters.map((cluster) => [cluster.core, cluster.inOrder]))

  test('say whether they run in order, where anybody can know', () => {
    expect(inOrder('rk3588')).toEqual([
      ['Cortex-A76', false],
      ['Cortex-A55', true],
    ])
    expect(inOrder('sg2002')).toEqual([['C906', true]])
    expect(inOrder('cloudflare-worker')).toEqual([['WASM SIMD', null]])
  })
})

describe('precisions follow the hardware', () => {
  const precisionsOf = (kind: string): Set<string> =>
    new Set(
      units
        .filter(({ unit }) => unit.kind === kind)
        .flatMap(({ unit }) => unit.runtimes.flatMap(({ precisions }) => precisions)),
    )

  test('an Edge TPU takes int8 and nothing else', () => {
    expect([...precisionsOf('edge-tpu')]).toEqual(['int8'])
  })

  test.each(['fpga-dpu', 'dsp', 'ethos-u'])('a unit of kind %s takes integers only', (kind) => {
    const floats = [...precisionsOf(kind)].filter((precision) => /^(fp|bf)/.test(precision))
    expect(precisionsOf(kind).size).toBeGreaterThan(0)
    expect(floats).toEqual([])
  })

  test('Hailo takes integers only', () => {
    const hailo = units.filter(({ entry }) => entry.vendor === 'Hailo' && entry.units.length > 0)
    const npus = hailo.filter(({ unit }) => unit.id === 'npu')
    expect(npus.length).toBeGreaterThan(8)
    for (const { unit } of npus) {
      for (const { precisions } of unit.runtimes) expect(precisions.filter((id) => /^(fp|bf)/.test(id))).toEqual([])
    }
  })

  test('Hexagon before v69 has no half precision, from v69 on it has', () => {
    const hexagons = units.filter(({ unit }) => unit.kind === 'hexagon-htp')
    expect(hexagons.length).toBeGreaterThan(20)
    for (const { entry, unit } of hexagons) {
      const version = Number(/hexagon-v(\d+)/.exec(unit.family)?.[1])
      const hasHalf = unit.runtimes.some(({ precisions }) => precisions.includes('fp16'))
      expect(hasHalf, entry.id).toBe(version >= 69)
    }
  })

  test('TensorRT has no int8 on Maxwell and Pascal modules', () => {
    for (const id of ['jetson-nano', 'jetson-tx2']) {
      const gpu = catalog.find((device) => device.id === id)?.units.find((unit) => unit.id === 'gpu')
      expect(gpu?.runtimes.find((runtime) => runtime.id === 'tensorrt')?.precisions).toEqual(['fp16', 'fp32'])
    }
  })

  test('bf16 and fp8 peaks belong to runtimes that take them', () => {
    for (const { entry, unit } of units.filter(({ unit: { kind } }) => kind === 'systolic')) {
      if (unit.densePeak.bf16 === undefined || unit.runtimes.length === 0) continue
      expect(unit.runtimes[0]?.precisions, entry.id).toContain('bf16')
    }
  })
})
