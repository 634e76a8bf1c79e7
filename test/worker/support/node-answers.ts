/** What the command line and the portal answer, made before the tests start, because inside workerd there is neither. */
import type { TestProject } from 'vitest/node'
import { answerOutsideTheWorker, type SameAnswers } from '../../isomorphic/answers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    sameAnswers: readonly SameAnswers[]
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('sameAnswers', await answerOutsideTheWorker())
}
