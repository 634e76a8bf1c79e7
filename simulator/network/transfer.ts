/** Time of one message over TCP (docs/method/network.md, NET-1, NET-2). */

/** RFC 6928: ten segments of 1460 bytes before the first acknowledgement. */
const initialWindowBytes = 14_600

/**
 * Time from the first byte sent to the last byte sent, without propagation.
 *
 * A new connection sends one window per round trip and doubles it until the window covers bandwidth × round trip; from
 * there the link is always full. `isWarm`: the window is open already (connection kept alive), so only bandwidth counts.
 */
export function transmissionS(bytes: number, bytesPerS: number, rttS: number, isWarm: boolean): number {
  let left = bytes
  let windowBytes = initialWindowBytes
  let waitedS = 0
  while (!isWarm && left > windowBytes && windowBytes < bytesPerS * rttS) {
    waitedS += rttS
    left -= windowBytes
    windowBytes *= 2
  }
  return waitedS + left / bytesPerS
}

/** Round trips before the first request byte: TCP and TLS 1.3 take one each. */
export function connectS(rttS: number, isWarm: boolean): number {
  return isWarm ? 0 : 2 * rttS
}
