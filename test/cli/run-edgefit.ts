/** Runs the command line as a process of its own: argv in; exit code, stdout and stderr out. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const launcher = fileURLToPath(new URL('../../cli/edgefit.mjs', import.meta.url))

export interface RunOptions {
  /** Default: the Node that runs the tests. */
  readonly node?: string
  readonly env?: NodeJS.ProcessEnv
  /** Closes its end of stdout after so many bytes, as `head` does. */
  readonly readOnlyBytes?: number
}

export function runEdgefit(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env
  const child = spawn(options.node ?? process.execPath, [launcher, ...argv], { env: { ...env, ...options.env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (stdout.length >= (options.readOnlyBytes ?? Number.POSITIVE_INFINITY)) child.stdout.destroy()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
