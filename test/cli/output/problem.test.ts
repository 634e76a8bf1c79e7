import { expect, test } from 'vitest'
import { warningLines } from '../../../cli/output/problem.ts'
import { problem } from '../../../simulator/problem.ts'

const unknown = (where: string, received: string) => problem('unknown-operator', 'Export again.', { where, received })

test('problems of one kind share a line, which says what was received only where it is the same', () => {
  const loop = problem('unknown-iterations', 'Give the value.', { where: 'loop_0', received: '7 MACs per iteration' })
  const lines = warningLines([unknown('a', 'X'), loop, unknown('b', 'Y'), unknown('c', 'Z'), unknown('d', 'X')])
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^unknown-operator at a, b, c and 1 more: .* Export again\.$/)
  expect(lines[1]).toMatch(/^unknown-iterations at loop_0 \(received 7 MACs per iteration\): /)
  expect(warningLines([unknown('a', 'X'), unknown('b', 'X')])[0]).toMatch(/^unknown-operator at a, b \(received X\): /)
})
