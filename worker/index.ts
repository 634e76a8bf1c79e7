/** Entry point: the API, and the two Durable Objects of real inference. */
import { app } from './app.ts'

export { EdgeRunCoordinator } from './inference/coordinator.ts'
export { InferenceRunner } from './inference/runner.ts'

export default { fetch: app.fetch }
