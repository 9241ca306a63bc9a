// Voilà asks for MathJax on every page, by default from a CDN. Reports have no formulas: this stands in for it.
window.MathJax = {
  Ajax: {},
  Hub: { Config() {}, Configured() {}, Queue() {}, Register: { StartupHook() {} } },
}
