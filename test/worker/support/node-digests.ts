/** What Node computes, made before the tests start, because inside workerd there is no Node to ask. */
import type { TestProject } from 'vitest/node'
import { type Digests, digestAll } from '../../isomorphic/analyses.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** By file name. */
    nodeDigests: Readonly<Record<string, Digests>>
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('nodeDigests', await digestAll())
}
