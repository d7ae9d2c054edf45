import {pastingNote} from '../aws/command-line.js'
import type {Health, LinkHealth} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'

/** A link that lies behind a broken one. */
const isUntried = ({ok, hint}: LinkHealth) => !ok && hint === null
const okWord = (ok: boolean) => (ok ? 'ok' : 'WRONG')

/**
 * What verify found: a table a kind, then a line for each thing that is wrong and what to do about it.
 *
 * @param endpoint what stands in for AWS
 */
export function healthText(health: Health, paint: Paint, endpoint?: string): string {
  const verdict = health.healthy
    ? [...unseenLines(health, paint), paint.green(`✔ Healthy: ${healthCounts(health)}.`)]
    : [problemText(health, paint, endpoint), paint.red(`✖ Not healthy: ${healthCounts(health)}.`)]
  return [healthTables(health, paint), verdict.join('\n')].join('\n\n')
}

/** What could not be looked at: neither well nor wrong. */
function unseenLines(health: Health, paint: Paint): string[] {
  return visibleIn(health)
    .resources.filter(({ok}) => ok === null)
    .map(({name, reason, hint}) => `${paint.yellow(`? ${name}:`)} ${reason} ${hint}`)
}

/** A line for each thing that is wrong and what to do about it, after what to know about the commands in them. */
export function problemText(health: Health, paint: Paint, endpoint?: string): string {
  const {services, targetGroups, endpoints, links, resources} = visibleIn(health)
  // What was not tried says so in its table: its line would only repeat the one of the broken link.
  const tried = links
    .filter(link => !isUntried(link))
    .map(link => ({...link, reason: [link.reason, link.hint].filter(Boolean).join(' ')}))
  const damaged = resources
    .filter(({ok}) => ok === false)
    .map(({name, ok, reason, hint}) => ({name, ok, reason: `${reason} ${hint}`}))
  const bad = [...services, ...targetGroups, ...endpoints, ...tried, ...damaged].filter(({ok}) => !ok)
  const lines = bad.map(({name, reason}) => `${paint.red(`✖ ${name}:`)} ${reason ?? 'not healthy'}`)
  return [pastingNote(endpoint), ...lines, ...unseenLines(health, paint)].filter(Boolean).join('\n')
}

/** What there is, one table a kind. */
export function healthTables(health: Health, paint: Paint): string {
  const {services, targetGroups, endpoints, links} = visibleIn(health)
  const tables = [
    formatTable(
      // Without the cluster: it is in the words about a service, and with it a row would not fit into 80 columns.
      ['SERVICE', 'RUNNING', 'ROLLOUT', ''],
      services.map(({name, running, desired, rollout, ok}) => [
        name,
        `${running}/${desired}`,
        rollout || '-',
        okWord(ok),
      ]),
    ),
    formatTable(
      ['TARGET GROUP', 'HEALTHY', ''],
      targetGroups.map(({name, healthy, total, ok}) => [name, `${healthy}/${total}`, okWord(ok)]),
    ),
    formatTable(
      // The address comes last: it is longer than a narrow terminal, and the word must not wrap with it.
      ['ENDPOINT', 'STATUS', '', 'URL'],
      endpoints.map(({name, status, url, ok}) => [
        name,
        status === null ? '-' : String(status),
        okWord(ok),
        url,
      ]),
    ),
    formatTable(
      ['LOGIN PATH', ''],
      links.length === 0
        ? [['not tried']]
        : links.map(link => [link.name, isUntried(link) ? 'not tried' : okWord(link.ok)]),
    ),
  ]
  return tables.map(([head = '', ...rows]) => [paint.bold(head), ...rows].join('\n')).join('\n\n')
}

/** How many of each kind are well. */
export function healthCounts({
  services,
  targetGroups,
  endpoints,
  links,
  resources,
  resourcesChecked,
}: Health): string {
  const of = (checks: readonly {ok: boolean}[]) => `${checks.filter(({ok}) => ok).length} of ${checks.length}`
  const wayIn = links.length === 0 ? '' : `, ${of(links)} links`
  const wrong = resources.filter(({ok}) => ok === false).length
  const made = resourcesChecked === 0 ? '' : `, ${resourcesChecked - wrong} of ${resourcesChecked} resources`
  return `${of(services)} services, ${of(targetGroups)} target groups, ${of(endpoints)} endpoints${wayIn}${made}`
}
