/** What zod found wrong with an input, as one problem that names the spot; every surface words it alike. */
import type { z } from 'zod'
import { type Problem, type ProblemCode, problem, problemCodes } from '../../simulator/problem.ts'

type Issue = z.core.$ZodIssue

const maxReceivedLength = 80

/** `issues`: of a failed parse of `input`, at least one. */
export function problemOfIssues(issues: readonly Issue[], input: unknown): Problem {
  const issue = decisive(issues.map((each) => insideUnion(each, input)))
  if (issue === undefined) throw new Error('a failed parse has issues')
  if (issue.code === 'unrecognized_keys') {
    const where = formatPath([...issue.path, issue.keys[0] ?? ''])
    return problem('unknown-field', 'Remove the field or correct its name; /openapi.json lists them.', { where })
  }
  const fix = issue.code === 'invalid_union' && issue.errors.length > 0 ? `Write ${issue.message}.` : correctField
  return problem(codeOf(issue), fix, {
    where: formatPath(issue.path),
    expected: expectation(issue),
    received: describe(valueAt(input, issue.path)),
  })
}

const correctField = 'Correct the field; /openapi.json describes it.'

/** A misspelt field explains a missing one better than the other way round. */
function decisive(issues: readonly Issue[]): Issue | undefined {
  return issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
}

/** What is wrong within the one form of a union that was meant; the union itself where no form was. */
function insideUnion(issue: Issue, input: unknown): Issue {
  if (issue.code !== 'invalid_union') return issue
  const value = valueAt(input, issue.path)
  const meant = issue.errors.find((errors) => !errors.some((each) => isOtherForm(each, value)))
  const inner = meant === undefined ? undefined : decisive(meant)
  return inner === undefined ? issue : insideUnion({ ...inner, path: [...issue.path, ...inner.path] }, input)
}

/** The value is of another type than this form, or lacks one of its fields. */
function isOtherForm({ code, path }: Issue, value: unknown): boolean {
  if (path.length === 0) return code === 'invalid_type' || code === 'invalid_format'
  return path.length === 1 && valueAt(value, path) === undefined
}

/** A schema may name its own code in the `params` of a refinement. */
function codeOf(issue: Issue): ProblemCode {
  const code: unknown = issue.code === 'custom' ? issue.params?.code : undefined
  return problemCodes.find((known) => known === code) ?? 'invalid-field'
}

const typeNames: Readonly<Record<string, string>> = { int: 'a whole number', number: 'a number' }

/** `at most 4096` */
export function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ')
  if (issue.code === 'too_small') return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
  if (issue.code === 'too_big') return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`
  return issue.message
}

/** `points[3].model` */
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
