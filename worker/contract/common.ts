/** Envelopes and identifiers that every resource shares. */
import { z } from '@hono/zod-openapi'
import { list } from './fields.ts'
import { limits } from './limits.ts'
import { problemDetailsSchema } from './problem.ts'

export { count, idSchema, list, modelIdSchema, precisionSchema, share } from './fields.ts'

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(limits.maxPageItems).default(50),
  cursor: z.string().min(1).max(200).optional().meta({ description: '`nextCursor` of the page before.' }),
}

export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: list(item), nextCursor: z.string().nullable() })

export function jsonBody<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>) {
  return { required: true, content: { 'application/json': { schema, example } } } as const
}

export function json<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } } as const
}

const meanings = {
  400: 'The body is not JSON.',
  404: 'There is nothing at this address.',
  413: 'The body is larger than the limit.',
  415: 'The content type of the body is not application/json.',
  422: 'The request is invalid; `where` names the field.',
  429: 'Too many requests; `Retry-After` says when to try again.',
  500: 'Internal error.',
} as const

const problemContent = { 'application/problem+json': { schema: problemDetailsSchema } } as const

/** The error responses of an operation that reads. */
export const readProblems = { 422: of(422), 500: of(500) } as const
/** … of one that reads by address. */
export const addressProblems = { 404: of(404), ...readProblems } as const
/** … of one that takes a body. */
export const bodyProblems = { 400: of(400), 413: of(413), 415: of(415), ...readProblems } as const
/** … of one that writes. */
export const writeProblems = { ...bodyProblems, 429: of(429) } as const

function of(status: keyof typeof meanings) {
  return { description: meanings[status], content: problemContent }
}
