/**
 * `npm start`: from a fresh clone to a running edgefit on 127.0.0.1.
 * Environment: PORT (8787); EDGEFIT_STATE_DIR for the local D1 and Durable Objects (.wrangler/state).
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buildPortal } from './portal.mjs'
import {
  compileCache,
  ensurePackages,
  environment,
  hashOf,
  isDone,
  markDone,
  projectNode,
  root,
  runTool,
  stop,
} from './toolchain.mjs'

const port = Number(process.env.PORT ?? 8787)
if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`)
const stateDir = process.env.EDGEFIT_STATE_DIR ?? join(root, '.wrangler', 'state')

await requireFreePort(port)
await ensurePackages()
const [portalIsBuilt] = await Promise.all([buildPortal(), migrate()])
if (!portalIsBuilt) stop('The portal did not build; the message is above.')
await serve()

function requireFreePort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => stop(`Port ${wanted} is taken. Choose another: PORT=8790 npm start`))
    probe.listen(wanted, '127.0.0.1', () => probe.close(resolve))
  })
}

async function migrate() {
  const migrations = hashOf(['migrations', 'wrangler.toml'])
  const step = `migrations-${Buffer.from(stateDir).toString('base64url').slice(-40)}`
  if (existsSync(stateDir) && isDone(step, migrations)) return
  console.log('Applying database migrations …')
  const code = await runTool(
    'wrangler',
    ['d1', 'migrations', 'apply', 'edgefit', '--local', '--persist-to', stateDir],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...environment, CI: 'true' },
    },
  )
  if (code !== 0) stop('The migrations failed; the message is above.')
  markDone(step, migrations)
}

async function serve() {
  const wrangler = spawn(
    projectNode(),
    [
      join(root, 'node_modules', '.bin', 'wrangler'),
      'dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--inspector-port',
      '0',
      '--persist-to',
      stateDir,
      '--show-interactive-dev-session=false',
      '--log-level',
      'warn',
    ],
    {
      cwd: root,
      env: { ...environment, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  wrangler.on('exit', (code) => process.exit(code ?? 1))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => wrangler.kill(signal))
  const address = `http://127.0.0.1:${port}`
  while (!(await answers(`${address}/v1/meta`))) await new Promise((resolve) => setTimeout(resolve, 200))
  console.log(`edgefit is ready: ${address}`)
}

async function answers(url) {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
