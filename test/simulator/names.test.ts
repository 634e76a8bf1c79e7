/** The simulator is told about products; it names none. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deviceEntries } from '../../device-catalog/index.ts'
import { runtimeIds } from '../../device-catalog/runtimes/index.ts'

const folder = new URL('../../simulator/', import.meta.url)

/** Words that are something else as well. */
const allowed: Readonly<Record<string, string>> = {
  vendor: 'status of a fact, and of sources',
  tflite: 'format of files',
  coreml: 'format of files',
  browser: 'segment of devices',
  research: 'segment of devices',
  // Arm's compiler names the sizes of its block so, and the catalog its reference designs.
  'ethos-u55-32': 'size of an Ethos-U',
  'ethos-u55-64': 'size of an Ethos-U',
  'ethos-u55-128': 'size of an Ethos-U',
  'ethos-u55-256': 'size of an Ethos-U',
  'ethos-u65-256': 'size of an Ethos-U',
  'ethos-u65-512': 'size of an Ethos-U',
}

/** Strings as written, without those of comments. */
function literals(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  )
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

describe('no string of the simulator', () => {
  test.each([
    ['runtime', runtimeIds as readonly string[]],
    ['vendor', deviceEntries.map(({ vendor }) => vendor)],
    ['device', deviceEntries.map(({ id }) => id)],
  ] as const)('is the name of a %s', (_, names) => {
    const known = new Set(names)
    const found = files.flatMap((name) =>
      literals(readFileSync(new URL(name, folder), 'utf8')).flatMap((text) =>
        known.has(text) && allowed[text] === undefined ? [`${name}: ${text}`] : [],
      ),
    )
    expect(found).toEqual([])
  })

  test('is allowed without need', () => {
    const written = new Set(files.flatMap((name) => literals(readFileSync(new URL(name, folder), 'utf8'))))
    expect(Object.keys(allowed).filter((text) => !written.has(text))).toEqual([])
  })
})
