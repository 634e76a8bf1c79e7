/** What the tests find in `cloudflare:workers`: the Worker's own bindings and the migrations. */
declare namespace Cloudflare {
  interface Env extends import('../../../worker/bindings.ts').Bindings {
    readonly MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
  interface GlobalProps {
    mainModule: typeof import('../../../worker/index.ts')
  }
}
