/** Entry of the tab's worker: reads models and simulates devices, so that the page never waits. */
import { loadCatalog } from './load-catalog.ts'
import { makeModelService } from './make-model-service.ts'
import { serve } from './rpc.ts'

serve(self, (report) => makeModelService(report, loadCatalog))
