import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runConformance } from '../../../scripts/conformance/run.ts'
import { graph, model, node, value } from '../../support/build-onnx.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgefit-conformance-'))
  const relu = graph({ nodes: [node('Relu', ['x'], ['y'])], inputs: [value('x', ['n', 4])], outputs: [value('y')] })
  await writeFile(join(folder, 'relu.onnx'), model({ graph: relu }))
  await writeFile(join(folder, 'cut.onnx'), model({ graph: relu }).subarray(0, 20))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.for([
  ['relu.onnx', 'float32:[3x4]', 'float32:[3x4]', null],
  ['relu.onnx', 'float32:[3x4]', 'float32:[4x4]', 'output 0: float32[4x4] expected, float32[3x4] inferred'],
  ['relu.onnx', 'float32:[3x4]', 'int64:[3x4]', 'output 0: int64[3x4] expected, float32[3x4] inferred'],
  ['relu.onnx', '', '', 'output 0: float32[3x4] expected, float32[?x4] inferred'],
  ['relu.onnx', 'float32:[3x5]', 'float32:[3x5]', expect.stringContaining('shape-mismatch')],
  ['cut.onnx', 'float32:[3x4]', 'float32:[3x4]', expect.stringContaining('truncated')],
] as const)('%s given %s against %s', async ([file, inputs, outputs, reason]) => {
  const index = ['model,declared_outputs,actual_inputs,actual_outputs', `${file},y:float32:[3x4],${inputs},${outputs}`]
  await writeFile(join(folder, 'INDEX.csv'), `${index.join('\n')}\n`)
  expect(await runConformance(pathToFileURL(`${folder}/`))).toEqual([{ model: file, reason }])
})
