import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { Problem } from '../../simulator/problem.ts'
import { portalPaths } from '../../worker/contract/portal-paths.ts'
import { NotFound } from './routes/not-found.tsx'
import { StartPage } from './routes/start.tsx'
import { Shell } from './shell.tsx'
import { parseDeviceSearch } from './state/device-search.ts'
import { parseDiffSearch, parseModelSearch, parsePresetSearch } from './state/model-search.ts'
import type { PortalState } from './state/portal-state.ts'

interface PortalContext {
  readonly initial: PortalState
  /** Why the link that opened the portal could not be read; `null` = it could. */
  readonly linkProblem: Problem | null
}

const root = createRootRouteWithContext<PortalContext>()({ component: Shell, notFoundComponent: NotFound })

const start = createRoute({ getParentRoute: () => root, path: portalPaths.start, component: StartPage })
const workbench = createRoute({
  getParentRoute: () => root,
  path: portalPaths.workbench,
  component: lazyRouteComponent(() => import('./routes/workbench.tsx'), 'WorkbenchPage'),
})
const edgeCloud = createRoute({
  getParentRoute: () => root,
  path: portalPaths.edgeCloud,
  component: lazyRouteComponent(() => import('./routes/edge-cloud.tsx'), 'EdgeCloudPage'),
})
const devices = createRoute({
  getParentRoute: () => root,
  path: portalPaths.devices,
  validateSearch: parseDeviceSearch,
  component: lazyRouteComponent(() => import('./routes/devices.tsx'), 'DevicesPage'),
})
const device = createRoute({
  getParentRoute: () => root,
  path: portalPaths.device,
  component: lazyRouteComponent(() => import('./routes/device.tsx'), 'DevicePage'),
})
const models = createRoute({
  getParentRoute: () => root,
  path: portalPaths.models,
  validateSearch: parsePresetSearch,
  component: lazyRouteComponent(() => import('./routes/models.tsx'), 'ModelsPage'),
})
const model = createRoute({
  getParentRoute: () => root,
  path: portalPaths.model,
  validateSearch: parseModelSearch,
  component: lazyRouteComponent(() => import('./routes/model.tsx'), 'ModelPage'),
})
const modelDiff = createRoute({
  getParentRoute: () => root,
  path: portalPaths.modelDiff,
  validateSearch: parseDiffSearch,
  component: lazyRouteComponent(() => import('./routes/model-diff.tsx'), 'ModelDiffPage'),
})
const validation = createRoute({
  getParentRoute: () => root,
  path: portalPaths.validation,
  component: lazyRouteComponent(() => import('./routes/validation.tsx'), 'ValidationPage'),
})
const report = createRoute({
  getParentRoute: () => root,
  path: portalPaths.report,
  component: lazyRouteComponent(() => import('./routes/report.tsx'), 'ReportPage'),
})
const api = createRoute({
  getParentRoute: () => root,
  path: portalPaths.api,
  component: lazyRouteComponent(() => import('./routes/api-reference.tsx'), 'ApiReferencePage'),
})
const method = createRoute({
  getParentRoute: () => root,
  path: portalPaths.method,
  component: lazyRouteComponent(() => import('./routes/method.tsx'), 'MethodPage'),
})

const routeTree = root.addChildren([
  start,
  workbench,
  edgeCloud,
  devices,
  device,
  models,
  model,
  modelDiff,
  validation,
  report,
  api,
  method,
])

export function makeRouter(initial: PortalState, linkProblem: Problem | null) {
  return createRouter({
    routeTree,
    context: { initial, linkProblem },
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
