/** Of the certificate's page: colours for light and dark, black on white on paper, where no row is cut in two. */
export const certificateStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #ffffff; --good: #116329; --note: #fff8c5; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --page: #0d1117; --good: #4ac26b; --note: #3b2f00; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
.verdict { color: var(--good); font-weight: 600; }
.rehearsal { background: var(--note); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; }
.note, footer { color: var(--soft); font-size: .85rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1rem; font-size: .85rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; overflow-wrap: normal; }
td.whole { white-space: nowrap; overflow-wrap: normal; }
@page { margin: 15mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; --page: #fff; --good: #000; --note: #fff; }
  main { max-width: none; padding: 0; }
  body { font-size: 10pt; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
  tr, h2, dl { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`
