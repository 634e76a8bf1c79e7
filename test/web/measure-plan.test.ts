import { describe, expect, test } from 'vitest'
import { catalog } from '../../device-catalog/index.ts'
import { measureTools } from '../../device-catalog/runtimes/measure-tools.ts'
import { measurePlan } from '../../web/app/answer/measure-plan.ts'
import { separableNet } from '../support/summaries.ts'

const targets = catalog.flatMap((device) =>
  device.units.flatMap((unit) =>
    unit.runtimes.flatMap(({ id, precisions }) =>
      precisions.map((precision) => ({ device, unit, asked: { runtimeId: id, precision, batch: 1 } })),
    ),
  ),
)
const unitOf = (device: string, id: string) => {
  const unit = catalog.find((each) => each.id === device)?.units.find((each) => each.id === id)
  if (unit === undefined) throw new Error(`no ${id} on ${device}`)
  return unit
}
const summary = { ...separableNet(), name: 'my net.onnx' }

describe('commands that measure a target', () => {
  test('are whole for every target of the catalog, whatever the precision and the unit', () => {
    const open = targets.flatMap(({ device, unit, asked }) => {
      const plan = measurePlan(measureTools, unit, asked, summary)
      if (plan === null) return []
      const text = [plan.needs, plan.reads, ...plan.commands].join('\n')
      const tool = measureTools[asked.runtimeId]?.find(({ kinds }) => kinds?.includes(unit.kind) ?? true)
      // What a unit or a precision decides is said for each that the catalog has.
      const isDecided =
        tool?.precisionFlags?.[asked.precision] !== undefined || tool?.kindFlags?.[unit.kind] !== undefined
      const decides = tool?.commands.some((line) => line.includes('{flags}')) ?? false
      const isOpen = /\{(model|batch|threads|dims|ncnnShape|tokens|flags)\}/.test(text) || (decides && !isDecided)
      return isOpen ? [`${device.id} ${unit.id} ${JSON.stringify(asked)}: ${text}`] : []
    })
    expect(open).toEqual([])
  })

  test('exist for most targets, each tool for a runtime of the catalog and with a source', () => {
    const known = targets.filter(({ unit, asked }) => measurePlan(measureTools, unit, asked, summary) !== null)
    expect(known.length / targets.length).toBeGreaterThan(0.8)
    const inCatalog = new Set(targets.map(({ asked }) => asked.runtimeId))
    expect(Object.keys(measureTools).filter((id) => !inCatalog.has(id))).toEqual([])
    for (const { source } of Object.values(measureTools).flat()) expect(source).toMatch(/^https:\/\/\S+$/)
  })

  test('name the precision, the unit and the file as the tool spells them', () => {
    const commands = (device: string, unit: string, runtimeId: string, precision: 'int8' | 'fp16' | 'fp32') =>
      measurePlan(measureTools, unitOf(device, unit), { runtimeId, precision, batch: 1 }, summary)?.commands
    expect(commands('jetson-orin-nano-8gb', 'gpu', 'tensorrt', 'int8')).toEqual([
      'trtexec --onnx=my-net.onnx --int8 --fp16 --warmUp=2000 --duration=30 --useSpinWait --noDataTransfers',
    ])
    expect(commands('rk3588', 'cpu', 'tflite', 'int8')).toEqual([
      'benchmark_model --graph=my-net.tflite --num_threads=4 --use_xnnpack=true --warmup_runs=20 --num_runs=200',
    ])
    expect(commands('coral-dev-board', 'tpu', 'tflite-edgetpu', 'int8')?.[0]).toContain('libedgetpu.so.1')
  })
})
