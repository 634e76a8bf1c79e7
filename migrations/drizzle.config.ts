/** `npm run db:generate`: the tables of `worker/store/schema.ts` as flat SQL files that wrangler applies. */
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './worker/store/schema.ts',
  out: './migrations',
})
