/** A command: its options, parsed by `node:util`, and what it does with them. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { fail } from '../simulator/problem.ts'
import type { ExitCode } from './exit-code.ts'
import type { Terminal } from './output/terminal.ts'

export interface Command {
  readonly name: string
  /** Positionals and options, as shown after the name. */
  readonly usage: string
  readonly summary: string
  execute(argv: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/** The values that `parseArgs` returns for these options. */
export type OptionValues<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; strict: true }>
>['values']

interface CommandDefinition<Options extends ParseArgsOptionsConfig> {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: Options
  /** Names of the positionals; all of them are required. */
  readonly positionals: readonly string[]
  run(values: OptionValues<Options>, positionals: readonly string[], terminal: Terminal): Promise<ExitCode>
}

/** Throws `ProblemError` `invalid-usage` from `execute` when the arguments are not those of the command. */
export function defineCommand<const Options extends ParseArgsOptionsConfig>(
  definition: CommandDefinition<Options>,
): Command {
  const { name, usage, summary, options } = definition
  return {
    name,
    usage,
    summary,
    async execute(argv, terminal) {
      const { values, positionals } = parse(argv, options, usageLine({ name, usage }))
      const missing = definition.positionals[positionals.length]
      const surplus = positionals[definition.positionals.length]
      if (missing !== undefined || surplus !== undefined) {
        throw fail('invalid-usage', `Usage: ${usageLine({ name, usage })}`, {
          where: missing ?? surplus ?? name,
          expected: `${definition.positionals.length} arguments`,
          received: `${positionals.length}`,
        })
      }
      return definition.run(values, positionals, terminal)
    },
  }
}

export function usageLine({ name, usage }: Pick<Command, 'name' | 'usage'>): string {
  return `edgefit ${name}${usage === '' ? '' : ` ${usage}`}`
}

function parse<const Options extends ParseArgsOptionsConfig>(argv: readonly string[], options: Options, usage: string) {
  try {
    return parseArgs({ args: withNegativeNumbers(argv, options), options, allowPositionals: true, strict: true })
  } catch (error) {
    // parseArgs throws TypeErrors with a code ERR_PARSE_ARGS_…; its first sentence names the argument.
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw fail('invalid-usage', `Usage: ${usage}`, { received: error.message.split('. ')[0] ?? error.message })
    }
    throw error
  }
}

/** `--max-latency-ms -5` as `--max-latency-ms=-5`: a negative number is a value to refuse by name, not an option. */
function withNegativeNumbers(argv: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const joined: string[] = []
  for (const argument of argv) {
    const before = joined.at(-1)
    const takesValue = before?.startsWith('--') === true && options[before.slice(2)]?.type === 'string'
    if (takesValue && /^-(\.?\d|inf)/i.test(argument)) joined[joined.length - 1] = `${before}=${argument}`
    else joined.push(argument)
  }
  return joined
}
