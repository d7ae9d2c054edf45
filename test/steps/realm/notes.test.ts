import {describe, expect, it} from 'vitest'
import {numberedStudents} from '../../../src/environment/realm.js'
import {changeLines, studentNotes} from '../../../src/steps/realm/notes.js'

describe('what was changed', () => {
  it('is one line for all that the same was done to', () => {
    const users = numberedStudents(30).map(name => ({kind: 'user' as const, name, change: 'made'}))
    expect(
      changeLines([
        {kind: 'realm', name: 'mcp-gateway', change: 'enabled'},
        ...users,
        {kind: 'user', name: 'ada', change: 'enabled'},
      ]),
    ).toEqual(['Realm mcp-gateway: enabled', 'Users student-01 … student-30 (30): made', 'User ada: enabled'])
  })
})

describe('students', () => {
  const passwords = new Map(numberedStudents(3).map(name => [name, 'x']))
  it('of earlier runs are told, because nobody is removed', () => {
    expect(studentNotes({students: ['student-01'], passwords, users: undefined})).toEqual([
      'Students of earlier runs stay as they are, nobody is removed: student-02, student-03',
    ])
  })

  it('whom somebody else made are told, because nobody can hand out their password', () => {
    const standing = {user: {id: '1'}, groups: new Set<string>(), hasDefaultRole: true, hasPassword: true}
    const users = new Map([['ada', standing]])
    expect(studentNotes({students: ['ada'], passwords: new Map(), users})).toEqual([
      'Somebody else made ada: the password is not known here, and was left as it is',
    ])
  })
})
