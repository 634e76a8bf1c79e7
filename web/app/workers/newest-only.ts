/** Questions that come faster than their answers: one is asked, of those that wait only the newest is asked next. */
import { Cancelled } from './rpc.ts'

/** The questions passed over end with `Cancelled`. */
export function newestOnly<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  let isAsking = false
  let waiting: { readonly start: () => void; readonly drop: () => void } | null = null

  async function run(question: Question): Promise<Answer> {
    isAsking = true
    try {
      return await ask(question)
    } finally {
      isAsking = false
      const next = waiting
      waiting = null
      next?.start()
    }
  }

  return (question) => {
    if (!isAsking) return run(question)
    waiting?.drop()
    return new Promise((resolve, reject) => {
      waiting = {
        start: () => void run(question).then(resolve, reject),
        drop: () => reject(new Cancelled('a newer question came')),
      }
    })
  }
}
