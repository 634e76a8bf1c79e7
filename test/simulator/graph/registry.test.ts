import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runtimes } from '../../../device-catalog/index.ts'
import { operations } from '../../../simulator/graph/operations.ts'
import { unknownOperator } from '../../../simulator/graph/operator-entry.ts'
import { factsOf, findOperator, operatorKeys } from '../../../simulator/graph/operators.ts'
import { coremlDialect } from '../../../simulator/import/coreml/dialect.ts'
import { onnxDialect } from '../../../simulator/import/onnx/dialect.ts'
import { tfliteDialect } from '../../../simulator/import/tflite/dialect.ts'
import { inferOperator, type Operand, workOf } from './build-graph.ts'

const keys = operatorKeys()

describe('every entry of the registry', () => {
  test.each(keys)('%s says everything about its operator', (key) => {
    const entry = findOperator(key)
    expect(Object.keys(entry ?? {})).toEqual(
      expect.arrayContaining(['class', 'infer', 'work', ...Object.keys(unknownOperator)]),
    )
    expect(key).toMatch(/^[A-Z][A-Za-z0-9]*$/)
  })

  test('every operation of the support tables is that of some operator', () => {
    const used = new Set(keys.map((key) => factsOf(key).support))
    // Convolutions over time, by their window; what the registry does not hold.
    const byFunction = ['volumetric-convolution', 'custom']
    expect(operations.filter((operation) => !used.has(operation))).toEqual(byFunction)
  })

  test('dialects lower to operators of the registry', () => {
    const named = [coremlDialect, onnxDialect, tfliteDialect].flatMap(({ operators }) =>
      [...operators.values()].map(({ op }) => op),
    )
    const fixed = named.filter((op) => typeof op === 'string')
    expect(fixed.length).toBeGreaterThan(100)
    expect(fixed.filter((op) => findOperator(op) === null)).toEqual([])
  })
})

describe('operators whose effort depends on the data', () => {
  const float = (...shape: number[]): Operand => ({ shape })
  test.each([
    ['NonMaxSuppression', [float(1, 100, 4), float(1, 80, 100), { shape: [1], dtype: 'int64' }], {}],
    ['TopK', [float(1, 8400), { shape: [1], dtype: 'int64' }], {}],
    ['RoiAlign', [float(1, 256, 50, 50), float(100, 4), float(100)], { output_height: 7, output_width: 7 }],
    ['MaxRoiPool', [float(1, 256, 50, 50), float(100, 5)], { pooled_shape: [7, 7] }],
    ['GridSample', [float(1, 64, 40, 40), float(1, 40, 40, 2)], {}],
    ['DeformConv', [float(1, 8, 10, 10), float(16, 8, 3, 3), float(1, 18, 8, 8)], { kernel_shape: [3, 3] }],
  ] as const)('%s has a bound, and a place under every runtime', (key, operands, attributes) => {
    expect(workOf(key, operands, attributes).vectorOps).toBeGreaterThan(0)
    const operation = factsOf(key).support
    if (operation === null) throw new Error(`${key} is in no row of the support tables`)
    for (const { supported, unsupported, unlisted, fallbackRuntimes } of runtimes.flatMap(({ support }) => support)) {
      const runs = supported.includes(operation) || (unsupported[operation] === undefined && unlisted === 'supported')
      expect(runs || fallbackRuntimes === null || fallbackRuntimes.length > 0).toBe(true)
    }
  })

  test('a region at worst covers the whole input', () => {
    const [shape] = inferOperator('RoiAlign', [float(1, 2, 14, 14), float(3, 4), float(3)], {
      output_height: 7,
      output_width: 7,
    })
    expect(shape?.shape).toEqual([3, 2, 7, 7])
    const adaptive = workOf('RoiAlign', [float(1, 2, 14, 14), float(3, 4), float(3)], {
      output_height: 7,
      output_width: 7,
    })
    const fixed = workOf('RoiAlign', [float(1, 2, 14, 14), float(3, 4), float(3)], {
      output_height: 7,
      output_width: 7,
      sampling_ratio: 2,
    })
    expect(adaptive).toEqual(fixed)
  })
})

const simulator = fileURLToPath(new URL('../../../simulator', import.meta.url))

/** Readers, and the writer that names what ONNX Runtime contributes. */
const speaksFormats = (path: string) => path.startsWith('import/') || path === 'export/contributed.ts'

/** Names that only files spell so: with a domain, or in the capitals of TFLite's schema. */
const formatName =
  /'(?:(?:tflite|coreml|mil|com\.microsoft|ai\.onnx)\.[^']*|com\.microsoft|QLinear\w*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g

test('nothing behind the readers spells an operator as a file does', () => {
  const paths = readdirSync(simulator, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !speaksFormats(path),
  )
  expect(paths.length).toBeGreaterThan(100)
  const spelled = paths.flatMap((path) =>
    [...readFileSync(`${simulator}/${path}`, 'utf8').matchAll(formatName)].map(([name]) => `${path}: ${name}`),
  )
  expect(spelled).toEqual([])
})
