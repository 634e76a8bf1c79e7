import { describe, expect, test } from 'vitest'
import { runEdgefit } from './run-edgefit.ts'

const patience = 60_000

describe('edgefit diff', { timeout: patience }, () => {
  test('lists totals, then what was added', async () => {
    const { code, stdout } = await runEdgefit(['diff', 'preset:resnet18', 'preset:resnet34'])
    expect(code).toBe(0)
    expect(stdout).toContain('resnet18 → resnet34')
    expect(stdout).toMatch(/MACs +1814073344 +3663761408 +\+1849688064/)
    expect(stdout).toContain('0 changed, 40 added, 0 removed, 49 unchanged')
  })

  test('as JSON gives deltas that sum to the difference of the totals', async () => {
    const { stdout } = await runEdgefit(['diff', 'preset:resnet8-ic', 'preset:ds-cnn-kws', '--json'])
    const { before, after, delta, added, removed, changed, unread } = JSON.parse(stdout)
    const total = (items: { params: number }[]) => items.reduce((sum, { params }) => sum + params, 0)
    const listed = total(added) - total(removed) + total(changed.map((change: { delta: never }) => change.delta))
    expect(delta.params).toBe(after.params - before.params)
    expect(listed + unread.params).toBe(delta.params)
  })

  test('compares a model with itself in another precision', async () => {
    const argv = ['diff', 'preset:resnet18', 'preset:resnet18', '--old-precision', 'fp32', '--new-precision', 'fp16']
    const { stdout } = await runEdgefit([...argv, '--json'])
    const { before, after } = JSON.parse(stdout)
    expect(after.weightBytes).toBe(before.weightBytes / 2)
    expect(after.name).toBe('resnet18 (fp16)')
  })

  test.for([
    ['invalid-usage', ['diff', 'preset:resnet18']],
    ['unknown-preset', ['diff', 'preset:resnet18', 'preset:resnet19']],
    ['unknown-precision', ['diff', 'preset:resnet18', 'preset:resnet18', '--new-precision', 'int7']],
  ] as const)('is refused with %s', async ([problem, argv]) => {
    const { code, stderr } = await runEdgefit(argv)
    expect(code).toBe(3)
    expect(stderr).toContain(`edgefit: ${problem}`)
  })
})
