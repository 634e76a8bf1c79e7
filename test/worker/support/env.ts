/** What the tests find in `cloudflare:workers`: the Worker's own bindings and the migrations. */
import type { D1Migration } from 'cloudflare:test'
import type { Bindings } from '../../../worker/bindings.ts'
import type * as Main from '../../../worker/index.ts'

declare global {
  namespace Cloudflare {
    interface Env extends Bindings {
      readonly MIGRATIONS: D1Migration[]
    }
    interface GlobalProps {
      mainModule: typeof Main
    }
  }
}
