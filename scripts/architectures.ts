/** `node scripts/architectures.ts`: writes which preset has which architecture; the zoo's tests fail until it was run. */
import { writeFileSync } from 'node:fs'
import { architecturesText } from '../model-zoo/architectures.ts'

writeFileSync(new URL('../model-zoo/architectures.gen.json', import.meta.url), architecturesText())
