/** Text files named on the command line; what is wrong inside one is told with its path. */
import { readFile } from 'node:fs/promises'
import { fail, ProblemError } from '../simulator/problem.ts'

/** Throws `ProblemError` `cannot-read`, and `invalid-csv` for a table that is not UTF-8. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw fail('cannot-read', 'Give the path of a text file that exists and may be read.', {
      where: path,
      received: error.code ?? error.message,
    })
  })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw fail('invalid-csv', 'Save the file as UTF-8.', { where: path })
  }
}

/** What `parse` makes of a file; a problem in it says which file as well as where. */
export async function parseFile<Parsed>(path: string, parse: (text: string) => Parsed): Promise<Parsed> {
  const text = await readTextFile(path)
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { where } = error.problem
    throw new ProblemError({ ...error.problem, where: where === null ? path : `${path}: ${where}` })
  }
}
