import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import type {McpgwError} from '../../src/errors.js'
import {givenParameters} from '../../src/input/given-parameters.js'
import {takeStudents} from '../../src/input/students.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-students-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** As the command line and a file give them. */
async function students(given: {file?: string; name?: string; set?: string[]; flag?: string}) {
  const file = given.file === undefined ? undefined : join(folder, given.name ?? 'class.yaml')
  if (file !== undefined) writeFileSync(file, given.file ?? '')
  return takeStudents(await givenParameters({file, set: given.set ?? []}), given.flag)
}

async function refusalOf(given: Parameters<typeof students>[0]): Promise<McpgwError> {
  return students(given).then(
    found => {
      throw new Error(`taken: ${found.students?.join()}`)
    },
    error => error,
  )
}

describe('students', () => {
  test.each([
    ['nobody says anything of them', {}, undefined],
    ['--students 3', {flag: '3'}, ['student-01', 'student-02', 'student-03']],
    ['--students 0', {flag: '0'}, []],
    ['--students ada,grace', {flag: 'ada, grace'}, ['ada', 'grace']],
    ['a number in a file', {file: 'Students: 2'}, ['student-01', 'student-02']],
    ['a list in a file', {file: 'Students:\n  - ada\n  - grace.hopper'}, ['ada', 'grace.hopper']],
    ['an empty list in a file', {file: 'Students: []'}, []],
    [
      "the AWS CLI's form",
      {name: 'class.json', file: '[{"ParameterKey": "Students", "ParameterValue": "ada,grace"}]'},
      ['ada', 'grace'],
    ],
    ['--set over a file', {file: 'Students: 2', set: ['Students=ada']}, ['ada']],
    ['--students over all', {file: 'Students: 2', set: ['Students=ada'], flag: '1'}, ['student-01']],
  ])('are known from %s', async (_, given, names) => {
    const found = await students(given)
    expect(found.students).toEqual(names)
    expect(found.rest.has('Students')).toBe(false)
  })

  test('with a larger number begin with the same names', async () => {
    const [few, many] = [await students({flag: '30'}), await students({flag: '200'})]
    expect(many.students?.slice(0, 30)).toEqual(few.students)
    expect(many.students?.at(-1)).toBe('student-200')
  })

  test('are no parameter of the templates, and the others stay', async () => {
    const {rest} = await students({file: 'Students: 2\nMinCapacity: 1'})
    expect([...rest.keys()]).toEqual(['MinCapacity'])
  })

  test.each([
    [{flag: '201'}, /^--students: there can be 0 to 200 students in an environment, not 201\./],
    [{flag: '-1'}, /^--students: -1 is no number of students\.$/],
    [{flag: '1.5'}, /^--students: 1\.5 is no number of students\.$/],
    [{flag: ''}, /^--students: nothing is given/],
    [{set: ['Students=']}, /^--set: nothing is given/],
    [{flag: 'keycloak-admin'}, /no student can be called keycloak-admin/],
    [{flag: 'mcp-gateway-m2m'}, /no student can be called mcp-gateway-m2m/],
    [{flag: 'ada,Grace'}, /^--students: "Grace" cannot be the user name/],
    [{flag: 'ada,,grace'}, /^--students: "" cannot/],
    [{flag: 'a@b'}, /cannot be the user name/],
    [{flag: '__proto__'}, /cannot be the user name/],
    [{flag: 'a'.repeat(65)}, /at most 64/],
    [{flag: 'admin'}, /^--students: no student can be called admin/],
    [{flag: 'mcpgw-verify'}, /no student can be called mcpgw-verify/],
    [{flag: 'service-account-x'}, /no student can be called/],
    [{flag: 'ada,ada'}, /^--students: student ada is given twice\.$/],
    [{set: ['Students=ada,ada']}, /^--set: student ada is given twice\.$/],
    [
      {file: 'Students:\n  - ada\n  - grace\n  - ada'},
      /class\.yaml:4: student ada is given twice \(first in .*class\.yaml:2\)\.$/,
    ],
    [{file: 'MinCapacity: 1\nStudents:\n  - ada\n  - Grace'}, /class\.yaml:4: "Grace" cannot/],
    [{file: 'Students: [1, 2]'}, /class\.yaml:1: "1" cannot/],
    [{file: 'Students: 2000'}, /class\.yaml:1: there can be 0 to 200/],
    [{file: `Students: [${Array.from({length: 201}, (_, i) => `s${i}`).join()}]`}, /not 201\./],
  ])('are refused where they are wrong: %j', async (given, words) => {
    const {message, code, exitCode, hint} = await refusalOf(given)
    expect(message).toMatch(words)
    expect([code, exitCode]).toEqual(['INVALID_STUDENTS', 2])
    expect(hint).toBeTruthy()
  })
})
