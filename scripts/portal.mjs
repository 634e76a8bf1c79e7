/** The portal's build, made again only when something it is made of has changed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { environment, hashOf, isDone, markDone, root, runTool } from './toolchain.mjs'

/** Resolves to whether `web/dist` is up to date; the build's own message says why not. */
export async function buildPortal() {
  const inputs = hashOf(['web', 'simulator', 'device-catalog', 'worker/contract', 'package-lock.json'], (path) =>
    path.startsWith(join('web', 'dist')),
  )
  if (existsSync(join(root, 'web', 'dist', 'index.html')) && isDone('portal', inputs)) return true
  console.log('Building the portal …')
  // A test runner sets NODE_ENV for its children, and React would be built for development.
  const env = { ...environment, NODE_ENV: 'production' }
  const code = await runTool('vite', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], { env })
  if (code === 0) markDone('portal', inputs)
  return code === 0
}
