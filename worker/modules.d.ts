/** Compiled at deployment; workerd instantiates modules only. */
declare module 'onnxruntime-web/ort-wasm-simd-threaded.wasm' {
  const compiledModule: WebAssembly.Module
  export default compiledModule
}
