#!/usr/bin/env node
/**
 * What `npx edgefit` runs, on any Node from 20 on: hands over to `main.ts`, which needs a Node that runs TypeScript.
 * Where the current one is older, the project's own Node (an optional dependency) takes its place, pipes and all.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
/** Compiled sources of earlier runs: a command starts in half the time. */
const compileCache = path('../node_modules/.cache/edgefit')
/** From 24.3 on TypeScript runs without a warning on stderr. */
const [major, minor] = process.versions.node.split('.').map(Number)

if (!existsSync(path('../node_modules'))) {
  stop('The packages are not installed. Run once: npm ci')
} else if (major > 24 || (major === 24 && minor >= 3)) {
  await start()
} else if (existsSync(path('../node_modules/.bin/node'))) {
  const child = spawn(path('../node_modules/.bin/node'), [path('main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => stop(error.message))
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 3
      return
    }
    // Ends as its child did, now that nothing catches the signal any more.
    for (const caught of signals) process.removeAllListeners(caught)
    process.kill(process.pid, signal)
  })
} else if (process.features.typescript) {
  await start()
} else {
  stop(`Node ${process.versions.node} cannot run TypeScript. Install Node 22.18 or newer, or run: npm ci`)
}

async function start() {
  module.enableCompileCache(compileCache)
  await import('./main.ts')
}

function stop(sentence) {
  process.stderr.write(`edgefit: invalid-usage: ${sentence}\n`)
  process.exitCode = 3
}
