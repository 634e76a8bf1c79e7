/** Starts edgefit as `npm start` does, on a free port with a state of its own, for all end-to-end files. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
  }
}

const startLimitMs = 240_000

export default async function setup(project: TestProject): Promise<() => void> {
  const port = await freePort()
  const stateDir = mkdtempSync(join(tmpdir(), 'edgefit-e2e-'))
  const server = spawn('node', [fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))], {
    env: { ...process.env, PORT: String(port), EDGEFIT_STATE_DIR: stateDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(server)
  project.provide('baseUrl', `http://127.0.0.1:${port}`)
  return () => {
    server.kill('SIGTERM')
    rmSync(stateDir, { recursive: true, force: true })
  }
}

/** Resolves on the line that `npm start` promises; rejects with everything it said when it ends before. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      if (said.includes('edgefit is ready')) resolve()
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)))
    setTimeout(() => reject(new Error(`npm start said nothing of being ready:\n${said}`)), startLimitMs).unref()
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
