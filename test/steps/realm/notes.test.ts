import {describe, expect, it} from 'vitest'
import {numberedStudents} from '../../../src/environment/realm.js'
import {changeLines, lockedOutNotes, studentNotes} from '../../../src/steps/realm/notes.js'

describe('what was changed', () => {
  it('is one line for all that the same was done to', () => {
    const users = numberedStudents(30).map(name => ({kind: 'user' as const, name, change: 'created'}))
    expect(
      changeLines([
        {kind: 'realm', name: 'mcp-gateway', change: 'enabled'},
        ...users,
        {kind: 'user', name: 'ada', change: 'enabled'},
      ]),
    ).toEqual([
      'Realm mcp-gateway: enabled',
      'Users student-01, student-02, student-03 and 27 others: created',
      'User ada: enabled',
    ])
  })
})

describe('students', () => {
  const names = numberedStudents(3)
  const passwords = new Map(names.map(name => [name, 'x']))
  const all = {
    environment: 'demo',
    commandLine: (command: string) => `mcpgw ${command}`,
    given: [] as string[],
    passwords,
    known: names,
    accounts: new Set(names),
    isAnew: false,
    users: undefined,
  }

  it('of earlier runs are told, because nobody is removed', () => {
    expect(studentNotes({...all, given: ['student-01']})).toEqual([
      'Students of earlier runs stay as they are, nobody is removed: student-02, student-03',
    ])
  })

  it('whose accounts are gone are told apart from those who stay, with how they come back', () => {
    expect(studentNotes({...all, accounts: new Set(['student-02'])})).toEqual([
      'Students of earlier runs stay as they are, nobody is removed: student-02',
      "student-01, student-03 have passwords in the secret demo-students, but no account: `mcpgw realm --students 'student-01,student-03'` makes them again",
    ])
  })

  it('who came back with a realm that was gone are told', () => {
    expect(studentNotes({...all, isAnew: true})).toEqual([
      'There was no realm: it was created with the students of the secret demo-students and their passwords: student-01, student-02, student-03',
    ])
  })

  it('whom somebody else made are told, because nobody can hand out their password', () => {
    const existing = {user: {id: '1'}, groups: new Set<string>(), hasDefaultRole: true, hasPassword: true}
    const users = new Map([['ada', existing]])
    expect(studentNotes({...all, given: ['ada'], passwords: new Map(), known: [], users})).toEqual([
      'Someone else created ada: the password is not known here, and was not changed',
    ])
  })

  it('and the administrator who are not let in by the password of the secret are told, each with the secret', () => {
    const [admin, students] = lockedOutNotes(['admin', 'ada', 'grace'], {
      environment: 'demo',
      url: 'https://kc',
    })
    expect(admin).toMatch(
      /^The password of admin in Keycloak is not the one in the secret demo-admin-password: someone changed it\. .*https:\/\/kc\/admin\//,
    )
    expect(students).toMatch(
      /^The passwords of ada, grace in Keycloak are not those in the secret demo-students/,
    )
    expect(lockedOutNotes([], {environment: 'demo', url: 'https://kc'})).toEqual([])
  })
})
