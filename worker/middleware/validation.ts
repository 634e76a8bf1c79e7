/** Answers a request that its schema refuses with one problem that names the spot. */
import type { Hook } from '@hono/zod-openapi'
import type { AppEnv } from '../bindings.ts'
import { problemOfIssues } from '../contract/issue.ts'
import { problemResponse } from './problem-json.ts'

// The hook serves every route, whatever its input; it only reads the failure.
export const onInvalid: Hook<unknown, AppEnv, string, Response | undefined> = (result) => {
  if (result.success) return undefined
  return problemResponse(problemOfIssues(result.error.issues, 'data' in result ? result.data : undefined))
}
