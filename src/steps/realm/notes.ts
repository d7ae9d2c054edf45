import type {RealmChange} from '../../results.js'
import type {StandingRealm} from './look.js'
import type {StudentPasswords} from './student-passwords.js'

const plurals = {realm: 'Realms', client: 'Clients', group: 'Groups', user: 'Users'} satisfies Record<
  RealmChange['kind'],
  string
>

/** One line for all that the same was done to. */
export function changeLines(changes: readonly RealmChange[]): readonly string[] {
  const byLine = new Map<string, RealmChange[]>()
  for (const change of changes) {
    const key = `${change.kind} ${change.change}`
    byLine.set(key, [...(byLine.get(key) ?? []), change])
  }
  return [...byLine.values()].map(same => {
    const [{kind = 'realm', change = ''} = {}] = same
    const noun = same.length === 1 ? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}` : plurals[kind]
    return `${noun} ${listed(same.map(({name}) => name))}: ${change}`
  })
}

/** What somebody should know of students for whom nothing was done. */
export function studentNotes(options: {
  students: readonly string[]
  passwords: StudentPasswords
  /** As they stood before; undefined when there was no realm. */
  users: StandingRealm['users'] | undefined
}): readonly string[] {
  const {students, passwords, users} = options
  const wanted = new Set(students)
  const others = [...passwords.keys()].filter(name => !wanted.has(name))
  const foreign = students.filter(name => users?.get(name)?.hasPassword === true && !passwords.has(name))
  return [
    ...(others.length === 0
      ? []
      : [`Students of earlier runs stay as they are, nobody is removed: ${listed(others)}`]),
    ...(foreign.length === 0
      ? []
      : [`Somebody else made ${listed(foreign)}: the password is not known here, and was left as it is`]),
  ]
}

/** More would fill the screen. */
const mostNames = 4

/** `ada, grace`, or `student-01 … student-30 (30)`. */
function listed(names: readonly string[]): string {
  if (names.length <= mostNames) return names.join(', ')
  return `${names[0]} … ${names.at(-1)} (${names.length})`
}
