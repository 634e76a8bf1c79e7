/** Turns what zod found wrong with a request into one problem that names the spot. */
import type { Hook } from '@hono/zod-openapi'
import type { z } from 'zod'
import { type Problem, type ProblemCode, problem, problemCodes } from '../../simulator/problem.ts'
import type { AppEnv } from '../bindings.ts'
import { problemResponse } from './problem-json.ts'

type Issue = z.core.$ZodIssue

const maxReceivedLength = 80

// The hook serves every route, whatever its input; it only reads the failure.
export const onInvalid: Hook<unknown, AppEnv, string, Response | undefined> = (result) => {
  if (result.success) return undefined
  const { issues } = result.error
  // A misspelt field explains a missing one better than the other way round.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  return issue === undefined ? undefined : problemResponse(problemOf(issue, 'data' in result ? result.data : undefined))
}

function problemOf(issue: Issue, input: unknown): Problem {
  if (issue.code === 'unrecognized_keys') {
    const where = formatPath([...issue.path, issue.keys[0] ?? ''])
    return problem('unknown-field', 'Remove the field or correct its name; /openapi.json lists them.', { where })
  }
  return problem(codeOf(issue), 'Correct the field; /openapi.json describes it.', {
    where: formatPath(issue.path),
    expected: expectation(issue),
    received: describe(valueAt(input, issue.path)),
  })
}

/** A schema may name its own code in the `params` of a refinement. */
function codeOf(issue: Issue): ProblemCode {
  const code: unknown = issue.code === 'custom' ? issue.params?.code : undefined
  return problemCodes.find((known) => known === code) ?? 'invalid-field'
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ')
  if (issue.code === 'too_small') return `at least ${issue.minimum}`
  if (issue.code === 'too_big') return `at most ${issue.maximum}`
  return issue.message
}

/** `points[3].model.preset` */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

/** Scalars as sent; of lists and objects only what they are, for they may be large and deep. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).length} fields`
  const text = JSON.stringify(value)
  return text.length > maxReceivedLength ? `${text.slice(0, maxReceivedLength)}…` : text
}
