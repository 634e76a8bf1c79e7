/** Where a command writes: answers to stdout, notices to stderr. Colour only where a person reads it. */
import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan'

export interface Terminal {
  write(text: string): void
  notice(line: string): void
  /** Text in a style, unchanged when stdout is a pipe, `NO_COLOR` is set or the terminal has no colours. */
  style(style: Style | readonly Style[], text: string): string
}

export const processTerminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  notice: (line) => void process.stderr.write(`${line}\n`),
  style: (style, text) => styleText(typeof style === 'string' ? style : [...style], text, { stream: process.stdout }),
}

/** Names come from files that others wrote: without control characters they cannot move the cursor or fake a line. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
}
