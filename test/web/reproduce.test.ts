import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { fitCommand } from '../../web/app/answer/reproduce.ts'

const target = {
  deviceId: 'rk3588',
  unitId: 'npu',
  runtimeId: 'rknn',
  precision: 'int8',
  batch: 1,
  powerMode: '15W',
} as const
const budget = { maxLatencyMs: 33, maxMemoryBytes: 1.5e9 }
const commandFor = (name: string, presets: readonly string[] = []) => fitCommand({ name, budget }, target, presets)

test('the command asks the same question, in the units of the command line', () => {
  expect(commandFor('resnet50', ['resnet50'])).toBe(
    'npx edgefit fit preset:resnet50 --device rk3588 --unit npu --runtime rknn --precision int8 --mode 15W --max-latency-ms 33 --max-memory-mb 1500',
  )
})

test('the name of a model stays one word of the shell, whoever wrote it', () => {
  for (const name of ["it's.onnx", '$(reboot).onnx', 'a b;c.onnx', '`x`\n|y']) {
    const words = commandFor(name).replace('npx edgefit fit', 'printf "%s\\0"')
    expect(execFileSync('sh', ['-c', words], { encoding: 'utf8' }).split('\0')[0]).toBe(name)
  }
})
