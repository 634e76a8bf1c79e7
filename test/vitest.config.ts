import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  test: {
    root,
    projects: [
      {
        root,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/server.ts'],
          fileParallelism: false,
          // A shared machine stalls a browser for seconds now and then; a defect fails twice.
          retry: process.env.CI ? 1 : 0,
          expect: { poll: { timeout: 30_000, interval: 100 } },
        },
      },
      {
        root,
        test: {
          name: 'unit',
          // No test changes what another sees, so modules are evaluated once per worker and not once per file.
          isolate: false,
          // One worker fewer than processors is the default: half of a machine with two.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          environment: 'node',
          // Guards against what hangs; what must be fast is measured by `npm run bench`, not on a busy machine.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          include: ['test/**/*.test.ts'],
          exclude: ['test/worker/**', 'test/openapi/**', 'test/e2e/**', 'node_modules/**'],
        },
      },
      {
        root,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: join(root, 'wrangler.toml') },
            miniflare: { bindings: { MIGRATIONS: await readD1Migrations(join(root, 'migrations')) } },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts', 'test/openapi/**/*.test.ts'],
          globalSetup: ['node-outputs', 'node-digests', 'node-answers'].map((name) => `test/worker/support/${name}.ts`),
          setupFiles: ['test/worker/support/migrate.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
})
