import {priceBasis} from '../environment/prices.js'
import type {Certificate, LookedFor, ProvedStack} from '../results.js'
import {visible} from '../visible.js'
import {certificateStyle} from './certificate-style.js'
import {costWords} from './remaining-lines.js'
import {formatSeconds} from './words.js'

/** Where and when it was proved. */
export interface CertificatePlace {
  /** Twelve digits. */
  readonly account: string | null
  readonly region: string | null
  readonly time: 'real time' | 'account time'
}

/**
 * One page that stands for itself: it loads nothing, runs nothing, and looks the same on a screen, light or dark, and on
 * paper. Names come from AWS and from others: each is text on it, whatever it holds.
 */
export function certificatePage(certificate: Certificate, place: CertificatePlace): string {
  const {environment, proof} = certificate
  const title = `Nothing remains of ${environment}`
  const body = [
    `<header><h1>${text(title)}</h1><p class="verdict">✔ ${verdict(certificate)}</p></header>`,
    place.time === 'account time'
      ? '<p class="rehearsal"><strong>Rehearsal.</strong> This is of the embedded account, not of AWS; times are its own.</p>'
      : '',
    facts(certificate, place),
    removedSection(certificate),
    keptSection(certificate),
    pendingSection(certificate),
    lookedForSection(proof.lookedFor),
    stacksSection(proof.stacks),
    '<footer><p>Not looked for: DNS records in zones that are not the environment’s. Made by mcpgw teardown.</p></footer>',
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${certificateStyle}</style>
</head>
<body>
<main>
${body.filter(part => part !== '').join('\n')}
</main>
</body>
</html>
`
}

function verdict({kept, proof}: Certificate): string {
  const besides = [
    ...(kept.length > 0 ? ['what stays on purpose'] : []),
    ...(proof.pending.length > 0 ? ['what AWS removes by itself'] : []),
  ]
  const but = besides.length === 0 ? '' : ` but ${besides.join(' and ')}`
  return `Every kind below was looked for; nothing was found${but}.`
}

function facts({environment, durationSeconds, removed, proof}: Certificate, place: CertificatePlace): string {
  const rows: [string, string][] = [
    ['Environment', environment],
    ['Account', place.account ?? 'not known'],
    ['Region', place.region ?? 'not known'],
    ['Looked at', proof.at],
    [removed.length > 0 ? 'Teardown took' : 'The look took', formatSeconds(durationSeconds)],
  ]
  const items = rows.map(([term, value]) => `<dt>${text(term)}</dt><dd>${text(value)}</dd>`)
  return `<dl>${items.join('')}</dl>`
}

function removedSection({removed, cleaned}: Certificate): string {
  if (removed.length + cleaned.length === 0) return ''
  const stacks = removed.map(({stack, status, durationSeconds}) => [
    stack,
    status,
    formatSeconds(durationSeconds),
  ])
  const others = cleaned.map(({kind, name}) => [kind, name])
  return section(
    'What was removed',
    (stacks.length > 0 ? table(['Stack', 'Status', 'Took'], stacks) : '') +
      (others.length > 0 ? table(['Kind', 'Name'], others) : ''),
  )
}

function keptSection({kept}: Certificate): string {
  if (kept.length === 0) return ''
  const rows = kept.map(one => [one.kind, one.name, one.reason, costWords(one)])
  const note = `<p class="note">Costs are approximate: list prices of ${priceBasis.region} as they were in ${priceBasis.year}.</p>`
  return section('What stays on purpose', table(['Kind', 'Name', 'Why', 'Costs'], rows) + note)
}

function pendingSection({proof: {pending}}: Certificate): string {
  if (pending.length === 0) return ''
  const rows = pending.map(({kind, name, until, reason}) => [
    kind,
    name,
    until?.slice(0, 10) ?? 'soon',
    reason,
  ])
  return section('What AWS removes by itself', table(['Kind', 'Name', 'When', 'Why'], rows))
}

function lookedForSection(lookedFor: readonly LookedFor[]): string {
  const rows = lookedFor.map(({kind, action, listed, found}) => [kind, action, String(listed), String(found)])
  return section(
    `What was looked for: ${rows.length} kinds`,
    table(['Kind', 'Asked with', 'Listed', 'Of the environment'], rows),
  )
}

function stacksSection(stacks: readonly ProvedStack[]): string {
  if (stacks.length === 0) return ''
  const rows = stacks.map(({name, status, id}) => [name, status, id])
  return section('Stacks whose resources were looked for by id', table(['Stack', 'Status', 'Id'], rows))
}

function section(title: string, content: string): string {
  return `<section><h2>${text(title)}</h2>${content}</section>`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map(cell => `<th scope="col">${text(cell)}</th>`).join('')
  const body = rows.map(row => `<tr>${row.map(cellOf).join('')}</tr>`)
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
}

/** Short words, such as a status, are read whole; ids may be cut anywhere. */
function cellOf(cell: string): string {
  return `<td${cell.length <= longestWhole ? ' class="whole"' : ''}>${text(cell)}</td>`
}

/** Characters that fit beside four other columns on paper. */
const longestWhole = 18

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** As text of a page, in which everything can be seen and nothing acts. */
function text(value: string): string {
  return visible(value).replace(/[&<>"']/g, character => entities[character] ?? '')
}
