import { fail } from '../../simulator/problem.ts'

/** The items after the one named by `cursor` (an id); throws `invalid-field` when there is no such item. */
export function pageAfter<Item extends { readonly id: string }>(
  items: readonly Item[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly Item[]; readonly nextCursor: string | null } {
  const start = cursor === undefined ? 0 : items.findIndex(({ id }) => id === cursor) + 1
  if (cursor !== undefined && start === 0) {
    throw fail('invalid-field', 'Use the nextCursor of the page before, with the same filters.', {
      where: 'cursor',
      received: cursor,
    })
  }
  const shown = items.slice(start, start + limit)
  return { items: shown, nextCursor: start + limit < items.length ? (shown.at(-1)?.id ?? null) : null }
}

/** The row a cursor stands for; 0 without one. Throws `invalid-field` for anything that is no row number. */
export function rowOfCursor(cursor: string | undefined): number {
  const row = cursor === undefined ? 0 : Number(cursor)
  if (Number.isSafeInteger(row) && row >= 0) return row
  throw fail('invalid-field', 'Use the nextCursor of the page before.', { where: 'cursor', received: cursor ?? '' })
}
