/** The few globals beyond ECMAScript that the simulator uses; present in Node, Workers and browsers. */

/** UTF-8 names in model files. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(input?: Uint8Array): string
}
declare class TextEncoder {
  encode(input: string): Uint8Array
}
/** SHA-256 for content-addressed ids. */
declare const crypto: {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> }
}
