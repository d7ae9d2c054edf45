import type {Clock} from '../clock.js'
import {studentsSecretName} from '../environment/names.js'
import type {RealmResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'
import {callLines, formatTook} from './words.js'

/** More rows than anybody reads; `--json` has all. */
const mostRows = 30

/** What `realm` prints: what was made and changed, and how many students there are. */
export function realmText(
  result: RealmResult,
  {
    paint,
    verbose,
    clock,
    commandLine,
  }: {
    paint: Paint
    verbose: boolean
    clock: Pick<Clock, 'label'>
    commandLine(command: string): string
  },
): string {
  const {environment, keycloakUrl, realm, durationSeconds, apiCalls} = visibleIn(result)
  const {changes} = realm
  const took = `(${formatTook(durationSeconds, clock)})`
  const verdict =
    changes.length === 0
      ? `✔ Realm ${realm.name} was as it should be: nothing had to change ${took}.`
      : `✔ Realm ${realm.name} is ready ${took}.`
  const [head = '', ...rows] = formatTable(
    ['', 'NAME', 'CHANGE'],
    changes.slice(0, mostRows).map(({kind, name, change}) => [kind, name, change]),
  )
  const more = changes.length - mostRows
  const table = [paint.bold(head), ...rows, ...(more > 0 ? [`and ${more} more; --json has all`] : [])]
  const students =
    realm.students === 0
      ? `No students yet: \`${commandLine('realm')} --students 20\` creates some.`
      : `${realm.students} ${realm.students === 1 ? 'student has a password' : 'students have passwords'} in the secret ${studentsSecretName(environment)}.`
  const where = [`Keycloak  ${keycloakUrl}`, students].join('\n')
  const next = [
    paint.bold('NEXT'),
    `Check it   ${commandLine('verify')}`,
    `Passwords  ${commandLine('credentials')} --reveal`,
  ].join('\n')
  const calls = verbose ? [paint.bold('AWS CALLS'), ...callLines(apiCalls)].join('\n') : ''
  const sections = [changes.length === 0 ? '' : table.join('\n'), paint.green(verdict), where, next, calls]
  return sections.filter(Boolean).join('\n\n')
}
