/**
 * What every entry script needs before the project's own tools exist: packages, the right Node, a browser.
 * Plain JavaScript that runs on Node 20, because a fresh machine may have nothing newer.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Marks of finished steps (hash of their inputs), so that a second start does nothing twice. */
const marks = join(root, '.edgefit')

/** Prints one sentence and ends the process; for conditions that a person must mend. */
export function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Tools of a closed network must not phone home; the same environment for every child process. */
export const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_LOG_SANITIZE: 'true',
}

/** Runs a command to its end and returns its exit code; output goes to the terminal. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: environment, ...options })
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** SHA-256 over names and contents of everything below the given paths. */
export function hashOf(paths, skip = () => false) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (!existsSync(path) || skip(relative(root, path))) return
    if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).sort()) visit(join(path, entry))
      return
    }
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  for (const path of paths) visit(join(root, path))
  return hash.digest('hex')
}

/** Compiled code of the tools that `npm start` runs: wrangler alone is 15 MB of source, compiled anew in every start. */
export const compileCache = join(marks, 'compile-cache')

export function isDone(step, hash) {
  const mark = join(marks, step)
  return existsSync(mark) && readFileSync(mark, 'utf8') === hash
}

export function markDone(step, hash) {
  mkdirSync(marks, { recursive: true })
  writeFileSync(join(marks, step), hash)
}

/** `npm ci` when node_modules is missing or holds other versions than the lock file. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return
  console.log('Installing packages (about a minute and a half) …')
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) stop('npm ci failed; its message is above.')
}

/** npm leaves a list of what it installed; packages for other platforms are missing from it by design. */
function packagesAreInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || found[path]?.version === version || (optional && !(path in found)),
  )
}

/** Path of a Node that runs the project's TypeScript as it is: the pinned package, else a new enough system Node. */
export function projectNode() {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(pinned)) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return stop('This platform has no pinned Node package: install Node 22.18 or newer and run the command again.')
}

/** Runs one of the project's tools under the project's Node. */
export function runTool(name, args, options = {}) {
  return run(projectNode(), [join(root, 'node_modules', '.bin', name), ...args], options)
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  for (const name of browsers) {
    const found = spawnSync('which', [name], { encoding: 'utf8' })
    if (found.status === 0) return found.stdout.trim()
  }
  return null
}

/** Path of Chromium; installs Debian's package when allowed to, and otherwise returns `null`. */
export async function ensureBrowser() {
  const present = findBrowser()
  if (present !== null) return present
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return null
  console.log('Installing Chromium from Debian packages …')
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], quiet)
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
  return findBrowser()
}
