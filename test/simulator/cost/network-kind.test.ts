import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readEvidence } from '../../../calibration/evidence/read.ts'
import { runtimes } from '../../../device-catalog/index.ts'
import { buildPreset, presetDecoder } from '../../../model-zoo/index.ts'
import { networkKind } from '../../../simulator/cost/network-kind.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { takesNetwork } from '../../../simulator/hardware/runtime.ts'

const origins = new URL('../../../device-catalog/evidence/origins/', import.meta.url)

const kindOf = (preset: string) => networkKind(summarize(bindShapes(buildPreset(preset), {}), preset))

test.for([
  ['llama-3.2-1b', 'language'],
  ['gemma-2b', 'language'],
  ['qwen2-0.5b', 'language'],
  // Reads tokens, writes none.
  ['bert-base', 'other'],
  // Writes tokens, of what it hears.
  ['whisper-tiny-decoder', 'other'],
  ['mobilenet-v2-1.0', 'other'],
] as const)('%s is a network of the kind %s', ([preset, kind]) => {
  expect(kindOf(preset)).toBe(kind)
})

test('no published result contradicts what a runtime is said to take', () => {
  const rows = readdirSync(origins).flatMap((name) => readEvidence(readFileSync(new URL(name, origins), 'utf8')))
  const contradicting = rows.filter(({ presetId, pair }) => {
    const runtime = runtimes.find(({ id }) => id === pair.runtime)
    return runtime !== undefined && !takesNetwork(runtime, presetDecoder(presetId) === null ? 'other' : 'language')
  })
  expect(rows.length).toBeGreaterThan(10_000)
  expect([...new Set(contradicting.map(({ presetId, pair }) => `${presetId} on ${pair.runtime}`))]).toEqual([])
})
