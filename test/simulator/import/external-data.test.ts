import { describe, expect, test } from 'vitest'
import { isSafePath, parseExternalData } from '../../../simulator/import/external-data.ts'
import { problemOf } from './problem-of.ts'

describe('paths of external data', () => {
  test.each([
    'weights.bin',
    'data/weights.bin',
    './w',
    'a..b',
    '..hidden',
    'model.onnx.data',
    'onnx__Conv_650',
    'gewichte ü.bin',
  ])('%s stays in the folder of the model', (path) => {
    expect(isSafePath(path)).toBe(true)
  })

  test.each([
    '../weights.bin',
    'a/../../etc/passwd',
    '..',
    'data/..',
    '..\\weights.bin',
    'a\\..\\b',
    '/etc/passwd',
    '\\\\server\\share\\w',
    '\\w',
    'C:\\w',
    'c:w',
    'file:///etc/passwd',
    'https://example.org/w',
    'w\0.bin',
    '.. /w',
    '.../w',
  ])('%s is refused', (path) => {
    expect(isSafePath(path)).toBe(false)
    const entries = new Map([['location', path]])
    expect(problemOf(() => parseExternalData(entries, 'w'))).toMatchObject({
      code: 'unsafe-path',
      received: path,
      where: 'w',
    })
  })

  test.each(['-1', '1e9', '0x10', '9007199254740993', '99999999999999999999', ' 1', ''])(
    'offset "%s" is refused',
    (offset) => {
      const entries = new Map([
        ['location', 'w'],
        ['offset', offset],
      ])
      expect(problemOf(() => parseExternalData(entries, 'w'))).toMatchObject({ code: 'malformed', where: 'w' })
    },
  )

  test('a location is required', () => {
    expect(problemOf(() => parseExternalData(new Map(), 'w'))).toMatchObject({ code: 'malformed', where: 'w' })
  })
})
