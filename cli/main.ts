#!/usr/bin/env node
/** Entry of the command line: finds the command, turns whatever it throws into one line and an exit code. */
import { debuglog } from 'node:util'
import { fail, type Problem, ProblemError, problem } from '../simulator/problem.ts'
import { engineVersion } from '../simulator/version.gen.ts'
import { usageLine } from './command.ts'
import { commands } from './commands.ts'
import { type ExitCode, exitCodeOfProblem, exitCodes } from './exit-code.ts'
import { problemJson, problemLine } from './output/problem.ts'
import { processTerminal } from './output/terminal.ts'

const debug = debuglog('edgefit')

// A reader that stops early (`edgefit devices | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2))

async function run(argv: readonly string[]): Promise<ExitCode> {
  try {
    const [name, ...rest] = argv
    if (name === '--version' || name === '-v') return print(engineVersion)
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const help = await helpText(rest[0])
      if (name !== undefined) return print(help)
      processTerminal.notice(help)
      return exitCodes.badInput
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (load === undefined) {
      throw fail('invalid-usage', 'Run: edgefit --help', {
        where: 'command',
        expected: Object.keys(commands).join(', '),
        received: name,
      })
    }
    const isHelp = rest.includes('--help') || rest.includes('-h')
    return isHelp ? print(await helpText(name)) : await (await load()).execute(rest, processTerminal)
  } catch (error) {
    return report(problemOf(error), argv.includes('--json'))
  }
}

function report(value: Problem, asJson: boolean): ExitCode {
  if (asJson) processTerminal.write(problemJson(value))
  processTerminal.notice(problemLine(value))
  return exitCodeOfProblem(value.code)
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  debug(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return problem('internal', 'This is a bug in edgefit. Run again with NODE_DEBUG=edgefit and report the output.', {
    received: error instanceof Error ? error.message : String(error),
  })
}

function print(text: string): ExitCode {
  processTerminal.write(`${text}\n`)
  return exitCodes.done
}

async function helpText(name: string | undefined): Promise<string> {
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load !== undefined) {
    const command = await load()
    return `${command.summary}\n\n  ${usageLine(command)}`
  }
  const all = await Promise.all(Object.values(commands).map((loadOne) => loadOne()))
  return [
    'edgefit: predicts from the model file alone which hardware runs a model within limits.',
    '',
    ...all.map((command) => `  ${usageLine(command)}\n      ${command.summary}`),
    '',
    'MODEL is a file or preset:ID. Exit codes: 0 fits or done, 1 fails, 2 tight or unknown, 3 usage or bad input.',
  ].join('\n')
}
