/** Counts what the portal sends: bodies of requests to its own API. There is no other way out of the tab. */
const listeners = new Set<() => void>()
let total = 0

export function countSent(bytes: number): void {
  total += bytes
  for (const listener of listeners) listener()
}

export function sentBytes(): number {
  return total
}

export function subscribeToSentBytes(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
