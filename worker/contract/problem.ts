/** Errors on the wire: RFC 9457 problem details around the simulator's own `Problem`. */
import { z } from '@hono/zod-openapi'
import { type Problem, type ProblemCode, problemCodes } from '../../simulator/problem.ts'

const problemMembers = {
  code: z.enum(problemCodes).meta({ description: 'Closed list; never renamed. Sentences are made from it.' }),
  where: z.string().nullable().meta({ description: 'Field path, byte offset or node name: whatever finds the spot.' }),
  expected: z.string().nullable(),
  received: z.string().nullable(),
  fix: z.string().meta({ description: 'What to do about it, one sentence.' }),
}

/** A problem inside a successful answer: one item of a batch, a warning, a failed run. */
export const problemSchema = z.strictObject(problemMembers).meta({ id: 'Problem' }) satisfies z.ZodType<Problem>

/** The body of every error response, `application/problem+json`. */
export const problemDetailsSchema = z
  .strictObject({
    type: z.string().meta({ description: 'URN of the problem type, made from the code.' }),
    title: z.string().meta({ description: 'The code in words.' }),
    status: z.number().int(),
    ...problemMembers,
  })
  .meta({ id: 'ProblemDetails' })

export type ProblemDetails = z.infer<typeof problemDetailsSchema>

/** Content that is understood but cannot be processed. */
const unprocessable = 422

/** One code, one status, wherever it is raised. */
const statusByCode: Partial<Record<ProblemCode, 400 | 404 | 405 | 409 | 413 | 429 | 500>> = {
  'invalid-json': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'body-too-large': 413,
  'rate-limited': 429,
  internal: 500,
}

export function statusOf(code: ProblemCode): 400 | 404 | 405 | 409 | 413 | 422 | 429 | 500 {
  return statusByCode[code] ?? unprocessable
}

/** `status` is taken from the code unless HTTP itself knows better (415 for a wrong media type). */
export function problemDetails(problem: Problem, status: number = statusOf(problem.code)): ProblemDetails {
  const words = problem.code.replaceAll('-', ' ')
  return {
    type: `urn:edgefit:problem:${problem.code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status,
    ...problem,
  }
}
