import { existsSync, readFileSync } from 'node:fs'

const status = '/proc/self/status'

/**
 * The most memory that this process ever held. Linux keeps it by process image; elsewhere it is that of the process, which
 * may be its parent's at the fork.
 */
export function peakBytes(): number {
  const peak = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return (peak === undefined ? process.resourceUsage().maxRSS : Number(peak)) * 1024
}
