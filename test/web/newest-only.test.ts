import { expect, test } from 'vitest'
import { newestOnly } from '../../web/app/workers/newest-only.ts'
import { Cancelled } from '../../web/app/workers/rpc.ts'

/** Answers only when told to. */
function slowAsk() {
  const asked: { readonly question: number; settle(): void }[] = []
  const ask = newestOnly(
    (question: number) =>
      new Promise<string>((resolve, reject) => {
        const settle = () => (question < 0 ? reject(new Error('broken')) : resolve(`answer ${question}`))
        asked.push({ question, settle })
      }),
  )
  return { ask, asked }
}

test('while one is answered only the newest waits, and the others are dropped', async () => {
  const { ask, asked } = slowAsk()
  const [first, second, third] = [ask(1), ask(2), ask(3)]
  await expect(second).rejects.toBeInstanceOf(Cancelled)
  expect(asked.map(({ question }) => question)).toEqual([1])
  asked[0]?.settle()
  expect(await first).toBe('answer 1')
  expect(asked.map(({ question }) => question)).toEqual([1, 3])
  asked[1]?.settle()
  expect(await third).toBe('answer 3')
})

test('a question that fails does not hold up the next', async () => {
  const { ask, asked } = slowAsk()
  const [broken, next] = [ask(-1), ask(2)]
  asked[0]?.settle()
  await expect(broken).rejects.toThrow('broken')
  asked[1]?.settle()
  expect(await next).toBe('answer 2')
  const later = ask(4)
  asked[2]?.settle()
  expect(await later).toBe('answer 4')
})
