/** SCALE-Sim's configuration file: INI with `:` or `=`, keys in any case, sections and unknown keys ignored. */
import { fail } from '../simulator/problem.ts'
import { bytesFromKib } from '../simulator/quantities.ts'
import type { ScaleSimArray } from './scale-sim.ts'

interface Setting {
  readonly value: string
  readonly line: number
}

/**
 * Reads the array, its dataflow, the read buffers and the bandwidth mode.
 *
 * Throws `ProblemError` `invalid-field` with the line: a line that is no setting, a key set twice, a missing or wrong
 * value, and what changes cycles in ways that are not reproduced (sparsity, DRAM latencies from a trace).
 */
export function parseScaleSimConfig(text: string): ScaleSimArray {
  const settings = readSettings(text)
  refuse(settings, 'SparsitySupport', 'Sparse layers are not reproduced: set SparsitySupport: false.')
  const isUser = oneOf(settings, 'InterfaceBandwidth', ['calc', 'user']) === 'user'
  if (isUser) refuse(settings, 'UseRamulatorTrace', 'Latencies from a trace are not reproduced: set it to False.')
  return {
    rows: count(settings, ['ArrayHeight']),
    columns: count(settings, ['ArrayWidth']),
    dataflow: oneOf(settings, 'Dataflow', ['os', 'ws', 'is']),
    ifmapSramWords: bytesFromKib(count(settings, ['IfmapSramSzkB', 'IfmapSramSz'])),
    filterSramWords: bytesFromKib(count(settings, ['FilterSramSzkB', 'FilterSramSz'])),
    dramWordsPerCycle: isUser ? count(settings, ['Bandwidth']) : null,
  }
}

function readSettings(text: string): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>()
  let section = ''
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content = raw.trim()
    if (content === '' || /^[#;]/.test(content)) continue
    if (/^\[.*\]$/.test(content)) {
      section = content
      continue
    }
    const line = index + 1
    const separator = content.search(/[:=]/)
    if (separator <= 0) {
      throw fail('invalid-field', 'Write every setting as KEY : VALUE.', { where: `line ${line}`, received: content })
    }
    const key = content.slice(0, separator).trim()
    if (settings.has(`${section}${key.toLowerCase()}`)) {
      throw fail('invalid-field', `Set ${key} once.`, { where: `line ${line}`, received: content })
    }
    const setting = { value: content.slice(separator + 1).trim(), line }
    settings.set(`${section}${key.toLowerCase()}`, setting)
    if (!settings.has(key.toLowerCase())) settings.set(key.toLowerCase(), setting)
  }
  return settings
}

function setting(settings: ReadonlyMap<string, Setting>, keys: readonly string[]): Setting {
  for (const key of keys) {
    const found = settings.get(key.toLowerCase())
    if (found !== undefined) return found
  }
  throw fail('invalid-field', `Add ${keys[0]} to the configuration.`, { where: keys[0] ?? 'configuration' })
}

function oneOf<Choice extends string>(
  settings: ReadonlyMap<string, Setting>,
  key: string,
  choices: readonly Choice[],
): Choice {
  const { value, line } = setting(settings, [key])
  const choice = choices.find((each) => each === value.toLowerCase())
  if (choice !== undefined) return choice
  throw fail('invalid-field', `Give ${key} one of ${choices.join(', ')}.`, {
    where: `line ${line}`,
    expected: choices.join(', '),
    received: value,
  })
}

/** A positive whole number; of a list, as bandwidths are, the first. */
function count(settings: ReadonlyMap<string, Setting>, keys: readonly string[]): number {
  const { value, line } = setting(settings, keys)
  const [first = ''] = value.split(',')
  const number = /^\d+$/.test(first.trim()) ? Number(first) : 0
  if (Number.isSafeInteger(number) && number > 0) return number
  throw fail('invalid-field', `Give ${keys[0]} a whole number above 0.`, {
    where: `line ${line}`,
    expected: 'a whole number above 0',
    received: value,
  })
}

function refuse(settings: ReadonlyMap<string, Setting>, key: string, fix: string): void {
  const found = settings.get(key.toLowerCase())
  if (found?.value.toLowerCase() === 'true') {
    throw fail('invalid-field', fix, { where: `line ${found.line}`, expected: 'false', received: found.value })
  }
}
