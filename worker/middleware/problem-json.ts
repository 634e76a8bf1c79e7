/** The one place where a `Problem` becomes an HTTP response (RFC 9457). */
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { fail, type Problem, ProblemError, problem } from '../../simulator/problem.ts'
import { problemDetails, statusOf } from '../contract/problem.ts'

const retryAfterS = 60

export function problemResponse(problem: Problem, status: number = statusOf(problem.code)): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  if (problem.code === 'rate-limited') headers.set('retry-after', String(retryAfterS))
  return new Response(JSON.stringify(problemDetails(problem, status)), { status, headers })
}

/** Bad input carries its problem; what Hono refuses by itself is translated; the rest is a bug. */
export const onError: ErrorHandler = (error, c) => {
  if (error instanceof ProblemError) return problemResponse(error.problem)
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse(problem('invalid-json', 'Send a JSON document in UTF-8.', { where: 'body' }))
  }
  if (error instanceof HTTPException && error.status === 415) {
    const value = problem('invalid-field', 'Send JSON with the header content-type: application/json.', {
      where: 'header content-type',
      expected: 'application/json',
      received: c.req.header('content-type') ?? 'none',
    })
    return problemResponse(value, 415)
  }
  // biome-ignore lint/suspicious/noConsole: the only trace of a bug in the logs of a deployed Worker
  console.error(error)
  return problemResponse(problem('internal', 'This is a bug in edgefit. Report the request.'))
}

export const onNotFound: NotFoundHandler = (c) =>
  problemResponse(problem('not-found', 'See /openapi.json for what is here.', { where: c.req.path }))

export function onMethodNotAllowed(c: Context, methods: readonly string[]): Response {
  const allowed = methods.join(', ')
  const value = problem('method-not-allowed', `Use ${allowed}.`, {
    where: c.req.path,
    expected: allowed,
    received: c.req.method,
  })
  const response = problemResponse(value)
  response.headers.set('allow', allowed)
  return response
}

export function onBodyTooLarge(maxBytes: number): Response {
  const value = problem('body-too-large', 'Send less: a summary instead of a file, or fewer points.', {
    where: 'body',
    expected: `at most ${maxBytes} bytes`,
  })
  return problemResponse(value)
}

/** For an address that names nothing: `throw notFound('id', id, fix)`. */
export function notFound(where: string, received: string, fix: string): ProblemError {
  return fail('not-found', fix, { where, received })
}
