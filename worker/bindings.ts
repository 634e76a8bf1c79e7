/** What `wrangler.toml` binds. Routes read it from the context and pass on only what a callee needs. */
import type { EdgeRunCoordinator } from './inference/coordinator.ts'
import type { InferenceRunner } from './inference/runner.ts'

export interface Bindings {
  readonly DB: D1Database
  /** The built portal. */
  readonly ASSETS: Fetcher
  readonly RUNNER: DurableObjectNamespace<InferenceRunner>
  readonly COORDINATOR: DurableObjectNamespace<EdgeRunCoordinator>
  readonly WRITES: RateLimit
}

/** Environment of the Hono application. */
export interface AppEnv {
  Bindings: Bindings
}
