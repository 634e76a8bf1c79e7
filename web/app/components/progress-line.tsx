import { useEffect, useState, useSyncExternalStore } from 'react'
import { currentProgress, subscribeToProgress } from '../workers/model-client.ts'
import type { Progress } from '../workers/rpc.ts'

/** Work of the tab that has lasted longer than `delayMs`; shorter work shows nothing. */
export function useSlowProgress(delayMs: number): Progress | null {
  const progress = useSyncExternalStore(subscribeToProgress, currentProgress)
  const [slow, setSlow] = useState(false)
  const working = progress !== null
  useEffect(() => {
    setSlow(false)
    if (!working) return
    const timer = setTimeout(() => setSlow(true), delayMs)
    return () => clearTimeout(timer)
  }, [working, delayMs])
  return slow ? progress : null
}

/** A thin ink line under the header while work lasts longer than 0.3 s. */
export function ProgressLine() {
  const progress = useSlowProgress(300)
  if (progress === null) return null
  return <div className="progress-line" style={{ transform: `scaleX(${progress.share ?? 0.5})` }} />
}
