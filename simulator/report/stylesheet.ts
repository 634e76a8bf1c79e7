/** The look of the standalone report; colours repeat what the words say and never stand alone. */
export const stylesheet = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1c2024;--soft:#60646c;--line:#e0e1e6;--bar:#0b68cb;--limit:#1c2024;
--fits:#18794e;--tight:#915930;--fails:#c62a2f;--unknown:#60646c}
@media (prefers-color-scheme:dark){:root{--ground:#111113;--ink:#edeef0;--soft:#b0b4ba;--line:#363a3f;--bar:#70b8ff;--limit:#edeef0;
--fits:#3dd68c;--tight:#ffca16;--fails:#ff9592;--unknown:#b0b4ba}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1rem;max-width:90rem;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.6rem}h2{font-size:1.1rem}
.budget{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;padding:0;list-style:none}
main{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:500;white-space:nowrap}
td small,th small{display:block;font-weight:400}
td,td small{white-space:nowrap}
small,i,footer,.notes{color:var(--soft)}
.notes{padding:0;list-style:none}
.verdict{font-weight:600}.fits{color:var(--fits)}.tight{color:var(--tight)}.fails{color:var(--fails)}.unknown{color:var(--unknown)}
.strip{display:block}.strip line{stroke:var(--bar)}.strip .pi95{stroke-width:1.5}.strip .pi80{stroke-width:6;opacity:.55}
.strip .limit{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:3 2}.strip .p50{fill:var(--bar)}
code{overflow-wrap:anywhere}
@media (max-width:60rem){
main>table>thead{display:none}
main>table,main>table>tbody{display:block}
main>table>tbody>tr{display:grid;grid-template-columns:1fr 1fr;gap:.5rem 1rem;padding:1rem 0;border-bottom:1px solid var(--line)}
main>table>tbody>tr>*{padding:0;border:0;white-space:normal}
main>table>tbody>tr>th{grid-column:1/-1;grid-row:1}
.strip{width:100%;height:auto}
td[data-title]::before{content:attr(data-title);display:block;color:var(--soft)}}
@media print{body{padding:0}}
`
