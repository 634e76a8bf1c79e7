import { type Problem, ProblemError } from '../../../simulator/problem.ts'

/** The problem that `run` throws; fails when it throws nothing or something else. */
export function problemOf(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('no problem was thrown')
}

/** The same for a promise. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Problem> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof ProblemError) return outcome.problem
  throw outcome ?? new Error('no problem was thrown')
}
