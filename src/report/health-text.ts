import type {Health} from '../results.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'

const okWord = (ok: boolean) => (ok ? 'ok' : 'WRONG')

/** What verify found: three tables, then a line for each thing that is wrong and what to do about it. */
export function healthText(health: Health, paint: Paint): string {
  const {services, targetGroups, endpoints} = health
  const tables = [
    formatTable(
      ['SERVICE', 'CLUSTER', 'RUNNING', 'ROLL-OUT', ''],
      services.map(({name, cluster, running, desired, rollout, ok}) => [
        name,
        cluster,
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
  ]
  const bad = [...services, ...targetGroups, ...endpoints].filter(({ok}) => !ok)
  const problems = bad.map(({name, reason}) => `${paint.red(`✖ ${name}:`)} ${reason ?? 'not healthy'}`)
  const verdict = health.healthy
    ? paint.green(`✔ Healthy: ${counts(health)}.`)
    : [...problems, paint.red(`✖ Not healthy: ${counts(health)}.`)].join('\n')
  return [...tables.map(([head = '', ...rows]) => [paint.bold(head), ...rows].join('\n')), verdict].join(
    '\n\n',
  )
}

function counts({services, targetGroups, endpoints}: Health): string {
  const of = (checks: readonly {ok: boolean}[]) => `${checks.filter(({ok}) => ok).length} of ${checks.length}`
  return `${of(services)} services, ${of(targetGroups)} target groups, ${of(endpoints)} endpoints`
}
