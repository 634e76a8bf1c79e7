/** A graph summary from a link, checked with the schema of the API before anything is computed from it. */
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { problemOfIssues } from '../../../worker/contract/issue.ts'

/** Rejects with `ProblemError` `invalid-field` and the path of the first field that is not what a summary has there. */
export async function parseSummary(content: unknown): Promise<GraphSummary> {
  // Loaded with the first link that carries a graph, not with the first page.
  const { graphSummarySchema } = await import('../../../worker/contract/summary.ts')
  const parsed = graphSummarySchema.safeParse(content)
  if (parsed.success) return parsed.data
  const { where, ...found } = problemOfIssues(parsed.error.issues, content)
  throw new ProblemError({
    ...found,
    code: 'invalid-field',
    where: where === null || where === '' ? 'summary' : `summary.${where}`,
    fix: 'The graph in this link is damaged. Open the model file instead.',
  })
}
