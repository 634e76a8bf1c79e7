/** Every path and command that CONTRIBUTING.md and the tables of the READMEs name exists. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inner = '']) => inner)
const packageJson: { version: string; scripts: Record<string, string> } = JSON.parse(textOf('package.json'))

const guide = textOf('CONTRIBUTING.md')

test('every path that CONTRIBUTING names exists', () => {
  const paths = quoted(guide).filter((inner) => /^[\w.-]+(\/[\w.-]*)+$/.test(inner))
  expect(paths.length).toBeGreaterThan(15)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every command that CONTRIBUTING and README name is one', () => {
  const commands = [...`${guide}\n${textOf('README.md')}`.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map(
    ([, name = '']) => name,
  )
  const ofNpmItself = ['ci']
  expect(commands.length).toBeGreaterThan(5)
  expect(commands.filter((name) => !(name in packageJson.scripts) && !ofNpmItself.includes(name))).toEqual([])
  for (const script of guide.matchAll(/node (scripts\/[\w.-]+)/g))
    expect(existsSync(join(root, script[1] ?? ''))).toBe(true)
})

test('every file that decision 1 names exists', () => {
  const files = [...textOf('docs/adr/0001-architecture.md').matchAll(/`([\w-]+\/[\w/.-]+)`/g)].map(
    ([, path = '']) => path,
  )
  expect(files.length).toBeGreaterThan(15)
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

const folders = [
  'calibration',
  'cli',
  'device-catalog',
  'migrations',
  'model-zoo',
  'scripts',
  'simulator',
  'test',
  'web',
  'worker',
]
const readmes = folders.map((folder) => join(folder, 'README.md')).filter((path) => existsSync(join(root, path)))

describe.for(readmes)('%s', (readme) => {
  test('has only files and folders that exist in the first column of its tables', () => {
    const base = readme === join('web', 'README.md') ? join(root, 'web', 'app') : join(root, dirname(readme))
    const cells = textOf(readme)
      .split('\n')
      .flatMap((line) => (line.startsWith('| `') ? [line.split('|')[1] ?? ''] : []))
    const paths = cells.flatMap(quoted).filter((inner) => /^[\w.-]+(\.(ts|mjs|css|csv)|\/)$/.test(inner))
    expect(paths.filter((path) => !existsSync(join(base, path)))).toEqual([])
  })
})
