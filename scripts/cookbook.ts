/** Runs every command of docs/cookbook.md and writes what it answers under it: node scripts/cookbook.ts */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('../docs/cookbook.md', import.meta.url))
const launcher = fileURLToPath(new URL('../cli/edgefit.mjs', import.meta.url))

/** A command, and the block under it. */
const recipe = /```sh\nedgefit (.+)\n```\n\n```text\n[\s\S]*?```/g

const text = readFileSync(page, 'utf8')
writeFileSync(
  page,
  text.replace(recipe, (_, command: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, [launcher, ...words(command)], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    if (stderr !== '') throw new Error(`${command}\n${stderr}`)
    return `\`\`\`sh\nedgefit ${command}\n\`\`\`\n\n\`\`\`text\n${stdout}\`\`\``
  }),
)

/** As a shell splits them: double quotes keep blanks. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
