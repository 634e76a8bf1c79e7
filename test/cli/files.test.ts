import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withFileSource } from '../../cli/file-source.ts'
import { writeFileWhole } from '../../cli/write-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgefit-files-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const codeOf = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })

describe('a model file', () => {
  test('is read range by range', async () => {
    const path = join(folder, 'bytes')
    await writeFile(
      path,
      Uint8Array.from({ length: 100 }, (_, index) => index),
    )
    await withFileSource(path, async (source) => {
      expect(source.size).toBe(100)
      expect([...(await source.read(10, 3))]).toEqual([10, 11, 12])
      expect(await source.read(100, 0)).toHaveLength(0)
      await expect(source.read(98, 3)).rejects.toThrow(RangeError)
      await expect(source.read(-1, 1)).rejects.toThrow(RangeError)
    })
  })

  test('that is a folder, a pipe or nothing at all is refused', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const read = (path: string) => withFileSource(path, async () => undefined)
    await expect(read(folder)).rejects.toThrow(codeOf('cannot-read'))
    await expect(read(pipe)).rejects.toThrow(codeOf('cannot-read'))
    await expect(read(join(folder, 'absent'))).rejects.toThrow(codeOf('cannot-read'))
    await expect(read('nul\0byte')).rejects.toThrow(codeOf('cannot-read'))
  })
})

describe('a file that is written', () => {
  test('replaces the old one and leaves no draft behind', async () => {
    const own = await mkdtemp(join(folder, 'out-'))
    const path = join(own, 'out.csv')
    await writeFileWhole(path, 'old')
    await writeFileWhole(path, 'new')
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readdir(own)).toEqual(['out.csv'])
  })

  test('follows a link to the file that it stands for', async () => {
    const target = join(folder, 'target.csv')
    const link = join(folder, 'link.csv')
    await writeFile(target, 'old')
    await symlink(target, link)
    await writeFileWhole(link, 'new')
    expect(await readFile(target, 'utf8')).toBe('new')
  })

  test('where there is no folder is refused', async () => {
    await expect(writeFileWhole(join(folder, 'absent', 'out.csv'), '')).rejects.toThrow(codeOf('cannot-write'))
    await expect(writeFileWhole(folder, '')).rejects.toThrow(codeOf('cannot-write'))
  })
})
