import { expect, test } from 'vitest'
import { type Controls, type Step, withStep } from '../../web/app/state/undo.ts'

function past(...states: readonly Controls[]): readonly Step[] {
  let steps: readonly Step[] = []
  for (const [index, after] of states.entries()) {
    const before = states[index - 1]
    if (before !== undefined) steps = withStep(steps, before, after)
  }
  return steps
}

const rest: Controls = { target: { device: 'a' }, whatIf: {} }
const slid = (clock: number): Controls => ({ ...rest, whatIf: { clock } })

test('a slider that moves through many values is one step, back to where it was', () => {
  expect(past(rest, slid(0.9), slid(0.8), slid(0.7))).toEqual([{ before: rest, moved: 'clock' }])
})

test('each other control is a step of its own; one that does not move is none', () => {
  const faster = { ...slid(0.7), target: { device: 'a', batch: 8 } }
  expect(past(rest, slid(0.7), faster, faster, rest).map(({ before }) => before)).toEqual([rest, slid(0.7), faster])
})

test('a change that moves two controls is one step', () => {
  expect(past(rest, { target: { device: 'b' }, whatIf: { prune: 0.3 } })).toHaveLength(1)
})
