/**
 * `npm test`: everything. Types, lint, dead code, bundle size, then the unit, workerd and Chromium suites.
 * Ends with one plain line, `N passed, N failed[, N skipped]`; a suite that cannot run counts as failed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checks, runChecks } from './check.mjs'
import { buildPortal } from './portal.mjs'
import { ensureBrowser, ensurePackages, environment, runTool } from './toolchain.mjs'

await ensurePackages()
const browser = await ensureBrowser()
const reports = mkdtempSync(join(tmpdir(), 'edgefit-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }

// The portal comes first: the bundle check and the browser tests use it.
if (!(await buildPortal())) total.failed += 1
const failedChecks = await runChecks()
total.failed += failedChecks.length
total.passed += checks.length - failedChecks.length

for (const suite of ['unit', 'worker', 'e2e']) await runSuite(suite)

rmSync(reports, { recursive: true, force: true })
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 ? 0 : 1)

async function runSuite(suite) {
  if (suite === 'e2e' && browser === null) {
    console.error(
      'e2e: Chromium is missing. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH, then run again.',
    )
    total.failed += 1
    return
  }
  const report = join(reports, `${suite}.json`)
  const code = await runTool(
    'vitest',
    [
      'run',
      '--config',
      'test/vitest.config.ts',
      '--project',
      suite,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: { ...environment, CHROMIUM_PATH: browser ?? '' } },
  )
  if (!existsSync(report)) {
    console.error(`${suite}: the suite did not start (exit code ${code}).`)
    total.failed += 1
    return
  }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  const counted = result.numFailedTests + (result.testResults ?? []).filter(isBrokenFile).length
  total.passed += result.numPassedTests
  total.skipped += result.numPendingTests + (result.numTodoTests ?? 0)
  total.failed += code !== 0 && counted === 0 ? 1 : counted
}

/** A file that failed before any of its tests ran. */
function isBrokenFile(file) {
  return file.status === 'failed' && file.assertionResults.length === 0
}
