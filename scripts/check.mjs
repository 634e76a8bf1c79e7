/** `npm run check`: types, lint, dead code, and the Worker bundle with its size. Prints a line per step; fails on any. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ensurePackages, runTool } from './toolchain.mjs'

/** Compressed size a deployment may have; the paid limit of the platform is twice that. */
const bundleLimitBytes = 5e6

export const checks = [
  { name: 'types', run: () => runTool('tsc', ['-b']) },
  { name: 'lint', run: () => runTool('biome', ['check', '--error-on-warnings', '--reporter=summary', '.']) },
  { name: 'dead code', run: () => runTool('knip', ['--no-progress']) },
  { name: 'worker bundle', run: checkBundle },
]

async function checkBundle() {
  const folder = mkdtempSync(join(tmpdir(), 'edgefit-bundle-'))
  try {
    const code = await runTool('wrangler', ['deploy', '--dry-run', '--outdir', folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (code !== 0) return code
    const compressedBytes = readdirSync(folder)
      .filter((name) => !name.endsWith('.map') && name !== 'README.md')
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).byteLength, 0)
    console.log(
      `worker bundle: ${(compressedBytes / 1e6).toFixed(2)} MB compressed (limit ${bundleLimitBytes / 1e6} MB)`,
    )
    return compressedBytes <= bundleLimitBytes ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs every check; returns the names of those that failed. */
export async function runChecks() {
  const failed = []
  for (const check of checks) {
    const code = await check.run()
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name}`)
    if (code !== 0) failed.push(check.name)
  }
  return failed
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await ensurePackages()
  process.exit((await runChecks()).length === 0 ? 0 : 1)
}
