import { expect, inject, test } from 'vitest'
import { digestAll } from '../isomorphic/analyses.ts'

test('fifty files are built and analysed to the same bytes as under Node', async () => {
  expect(Object.keys(inject('nodeDigests')).length).toBeGreaterThanOrEqual(50)
  expect(await digestAll()).toEqual(inject('nodeDigests'))
})
