import { describe, expect, test } from 'vitest'
import { problemLine } from '../../../cli/output/problem.ts'
import { tableLines } from '../../../cli/output/table.ts'
import { printable } from '../../../cli/output/terminal.ts'
import { problem } from '../../../simulator/problem.ts'

describe('a text table', () => {
  test('has columns as wide as their widest cell and no blanks at line ends', () => {
    const lines = tableLines(
      [{ title: 'name' }, { title: 'ms', align: 'right' }, { title: 'note' }],
      [
        ['a', '1', ''],
        ['long name', '100', 'x'],
      ],
    )
    expect(lines).toEqual(['name        ms  note', 'a            1', 'long name  100  x'])
  })

  test('leaves out the title line when there are no titles', () => {
    expect(tableLines([{ title: '' }, { title: '' }], [['a', 'b']])).toEqual(['a  b'])
  })

  test('counts neither styles nor half of a wide character', () => {
    const [first, second] = tableLines(
      [{ title: '' }, { title: '' }],
      [
        ['\u001b[1m卷积\u001b[22m', '|'],
        ['conv', '|'],
      ],
    )
    expect(first).toBe('\u001b[1m卷积\u001b[22m  |')
    expect(second).toBe('conv  |')
  })
})

describe('text from a file', () => {
  test('cannot move the cursor, hide its direction or add a line', () => {
    expect(printable('a\u001b[2Kb\r\nc\u202ed\u0007')).toBe('a\uFFFD[2Kb\uFFFD\uFFFDc\uFFFDd\uFFFD')
  })

  test('stays on the one line of a problem', () => {
    const line = problemLine(
      problem('malformed', 'Export it again.', { where: 'node\nname', expected: 'a', received: 'b' }),
    )
    expect(line).toBe('edgefit: malformed at node\uFFFDname (expected a; received b): Export it again.')
    expect(problemLine(problem('empty-file', 'Give a file.'))).toBe('edgefit: empty-file: Give a file.')
  })
})
