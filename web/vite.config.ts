import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { catalogPlugin } from './catalog-plugin.ts'
import { evidencePlugin } from './evidence-plugin.ts'
import { measureToolsPlugin } from './measure-tools-plugin.ts'
import { overviewPlugin } from './overview-plugin.ts'
import { presetsPlugin } from './presets-plugin.ts'

/** Where `npm start` answers. */
const api = 'http://127.0.0.1:8787'
const proxy = { '/v1': api, '/openapi.json': api }

export default defineConfig({
  root: decodeURIComponent(new URL('.', import.meta.url).pathname),
  plugins: [react(), tailwindcss(), overviewPlugin(), presetsPlugin(), evidencePlugin(), measureToolsPlugin()],
  worker: { format: 'es', plugins: () => [catalogPlugin()] },
  server: { proxy },
  preview: { proxy },
  build: {
    outDir: 'dist',
    target: 'es2023',
    rollupOptions: {
      output: {
        // React and the router change rarely: their own file stays in the browser's cache across releases.
        manualChunks: (id) => (/node_modules\/(react|react-dom|scheduler|@tanstack)\//.test(id) ? 'vendor' : undefined),
      },
    },
  },
})
