/** Frame of every page: header, footer, problems, charts. */
export const shell = {
  brand: 'edgefit',
  nav: {
    label: 'Main',
    fit: 'Fit',
    devices: 'Devices',
    workbench: 'Workbench',
    edgeCloud: 'Edge vs cloud',
    api: 'API',
    method: 'Method',
    menu: 'Menu',
    skip: 'Skip to content',
  },
  header: {
    weightsSent: 'of weights sent',
    weightsSentShort: 'sent',
    weightsSentTitle: (summaryBytes: string) =>
      `Weights never leave this tab. Graph summaries and questions sent to the server so far: ${summaryBytes}.`,
    pace: 'Ask per inference or per second',
    latency: 'ms',
    throughput: 'FPS',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    offline: 'Offline. Everything but publish and edge runs works.',
  },
  footer: {
    engine: 'engine',
    catalog: 'catalog',
    tracking: 'No tracking, no cookies',
    openapi: 'OpenAPI document',
  },
  problem: {
    fix: 'What to do',
    where: 'Where',
    expected: 'Expected',
    received: 'Got',
    code: 'Code',
  },
  charts: {
    table: 'Table',
    chart: 'Chart',
    svg: 'SVG',
  },
  notFound: {
    title: 'This page does not exist',
    home: 'Back to the start page',
  },
}
