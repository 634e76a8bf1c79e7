/** Exit codes: a stable contract with scripts and CI. */
import type { Verdict } from '../simulator/decide/budget.ts'
import type { ProblemCode } from '../simulator/problem.ts'

export const exitCodes = { done: 0, fails: 1, tight: 2, badInput: 3, network: 4 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byVerdict: Readonly<Record<Verdict, ExitCode>> = {
  fits: exitCodes.done,
  fails: exitCodes.fails,
  tight: exitCodes.tight,
  unknown: exitCodes.tight,
}

export function exitCodeOfVerdict(verdict: Verdict): ExitCode {
  return byVerdict[verdict]
}

export function exitCodeOfProblem(code: ProblemCode): ExitCode {
  return code === 'network-unreachable' ? exitCodes.network : exitCodes.badInput
}
