import { en, type Messages } from './en.ts'

/** The sentences of the portal in the reader's language. */
export function useText(): Messages {
  return en
}
