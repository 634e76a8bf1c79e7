/** Entry point: the API, the pages of the portal, and the two Durable Objects of real inference. */
import { app } from './app.ts'
import type { Bindings } from './bindings.ts'
import { isPageRequest, portalPage } from './portal-page.ts'

export { EdgeRunCoordinator } from './inference/coordinator.ts'
export { InferenceRunner } from './inference/runner.ts'

export default {
  fetch: (request, env, context) =>
    isPageRequest(request) ? portalPage(request, env.ASSETS) : app.fetch(request, env, context),
} satisfies ExportedHandler<Bindings>
