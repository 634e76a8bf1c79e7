import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { fitCommand } from '../../web/app/answer/reproduce.ts'
import { sampleFit, samplePrediction, sampleReport } from '../simulator/report/sample-report.ts'

const row = {
  deviceName: 'Board',
  prediction: samplePrediction('rk3588', 4, { powerMode: '15W' }),
  fit: sampleFit('fits', 1),
}
const budget = { maxLatencyMs: 33, maxMemoryBytes: 1.5e9 }

function commandFor(name: string, presets: readonly string[] = []): string {
  const { model } = sampleReport()
  return fitCommand({ model: { ...model, name }, budget }, row, presets)
}

test('the command asks the same question, in the units of the command line', () => {
  expect(commandFor('resnet50', ['resnet50'])).toBe(
    'npx edgefit fit preset:resnet50 --device rk3588 --unit npu --runtime tflite --precision int8 --mode 15W --max-latency-ms 33 --max-memory-mb 1500',
  )
})

test('the name of a model stays one word of the shell, whoever wrote it', () => {
  for (const name of ["it's.onnx", '$(reboot).onnx', 'a b;c.onnx', '`x`\n|y']) {
    const words = commandFor(name).replace('npx edgefit fit', 'printf "%s\\0"')
    expect(execFileSync('sh', ['-c', words], { encoding: 'utf8' }).split('\0')[0]).toBe(name)
  }
})
