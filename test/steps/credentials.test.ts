import {beforeEach, expect, it} from 'vitest'
import {numberedStudents} from '../../src/environment/realm.js'
import {silent} from '../../src/progress.js'
import type {CredentialsContext} from '../../src/steps/credentials/context.js'
import {credentials} from '../../src/workflows/credentials.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}
const clock = virtualClock()
let aws: FakeAws
let read: string[]
beforeEach(() => {
  aws = new FakeAws(clock)
  const parameters = {KeycloakAdminUsername: 'boss'}
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags, outputs: aws.stacks.outputs, parameters})
  const secrets = {
    'demo-admin-password': {admin_password: 'of-admin'},
    'demo-keycloak-admin': {password: 'of-boss'},
    'demo-students': {'student-01': 'of-one', 'student-02': 'of-two'},
    'demo-keycloak-m2m-client-secret': {client_secret: 'of-programs'},
    'demo-verify-login': {password: 'of-verify'},
  }
  for (const [name, value] of Object.entries(secrets)) aws.secretValues.set(name, JSON.stringify(value))
  read = []
  const {value} = aws.secrets
  aws.secrets.value = name => {
    read.push(name)
    return value(name)
  }
})

function ask(options: Partial<Pick<CredentialsContext, 'reveal' | 'user'>> = {}) {
  const commandLine = (command: string) => `mcpgw ${command} --environment demo`
  const context = {aws, clock, environment: 'demo', commandLine, reveal: false, user: undefined, ...options}
  return credentials(context, {tell: silent, signal: new AbortController().signal})
}

it('tells who logs in where, and reads no password', async () => {
  const result = await ask()
  expect(result).toEqual({
    environment: 'demo',
    region: 'us-west-2',
    opened: null,
    credentials: [
      {
        name: 'admin',
        kind: 'registry-administrator',
        url: 'https://registry.example.com',
        user: 'admin',
        secret: 'demo-admin-password',
        key: 'admin_password',
        password: null,
      },
      ...['student-01', 'student-02'].map(user => ({
        name: user,
        kind: 'student',
        url: 'https://registry.example.com',
        user,
        secret: 'demo-students',
        key: user,
        password: null,
      })),
      {
        name: 'keycloak-admin',
        kind: 'keycloak-administrator',
        url: 'https://kc.example.com/admin/',
        user: 'boss',
        secret: 'demo-keycloak-admin',
        key: 'password',
        password: null,
      },
      {
        name: 'mcp-gateway-m2m',
        kind: 'machine-client',
        url: 'https://kc.example.com/realms/mcp-gateway/protocol/openid-connect/token',
        user: 'mcp-gateway-m2m',
        secret: 'demo-keycloak-m2m-client-secret',
        key: 'client_secret',
        password: null,
      },
    ],
  })
  // The names of the students are nowhere else.
  expect(read).toEqual(['demo-students'])
})

it('reads passwords when they are to be shown, but never that of the account of verify', async () => {
  const {credentials: all} = await ask({reveal: true})
  expect(all.map(({name, password}) => [name, password])).toEqual([
    ['admin', 'of-admin'],
    ['student-01', 'of-one'],
    ['student-02', 'of-two'],
    ['keycloak-admin', 'of-boss'],
    ['mcp-gateway-m2m', 'of-programs'],
  ])
  expect(read).not.toContain('demo-verify-login')
})

it('reads no other password than the one that is wanted', async () => {
  const {credentials: all} = await ask({reveal: true, user: 'keycloak-admin'})
  expect(all.map(({user, password}) => [user, password])).toEqual([['boss', 'of-boss']])
  expect(read).toEqual(['demo-students', 'demo-keycloak-admin'])
})

it('has no students where there are none', async () => {
  aws.secretValues.delete('demo-students')
  const {credentials: all} = await ask()
  expect(all.map(({name}) => name)).toEqual(['admin', 'keycloak-admin', 'mcp-gateway-m2m'])
})

it('says who there is when somebody is not', async () => {
  await expect(ask({user: 'mcpgw-verify'})).rejects.toMatchObject({
    code: 'UNKNOWN_USER',
    exitCode: 2,
    message:
      '--user: there is no user "mcpgw-verify" in environment demo. The users are admin, keycloak-admin, mcp-gateway-m2m, students student-01, student-02.',
    hint: expect.stringContaining('mcpgw realm --environment demo --students 20'),
  })
})

it.each([
  [
    '{}',
    'NO_PASSWORD',
    'There is no password of admin: the secret demo-admin-password has no text under admin_password.',
  ],
  ['{"admin_password": 7}', 'NO_PASSWORD', 'no text under admin_password'],
  [
    'of-nobody',
    'SECRET_MALFORMED',
    'The secret demo-admin-password is not a JSON object: someone changed it.',
  ],
])('prints nothing in place of a password: %s', async (text, code, message) => {
  aws.secretValues.set('demo-admin-password', text)
  const error = await ask({user: 'admin', reveal: true}).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({code, exitCode: 1, message: expect.stringContaining(message)})
  expect(JSON.stringify(error)).not.toContain('of-nobody')
})

it('shows the others where one secret lacks its password', async () => {
  aws.secretValues.set('demo-admin-password', '{}')
  const {credentials: all} = await ask({reveal: true})
  expect(all[0]).toMatchObject({name: 'admin', password: null})
  expect(all[1]).toMatchObject({name: 'student-01', password: 'of-one'})
})

it('fails as verify does where no environment exists', async () => {
  aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags})
  await expect(ask()).rejects.toMatchObject({code: 'ENVIRONMENT_BUSY', exitCode: 1})
  expect(read).toEqual([])
})

it('does not name a whole class when somebody is not there', async () => {
  const class30 = Object.fromEntries(numberedStudents(30).map(name => [name, 'x']))
  aws.secretValues.set('demo-students', JSON.stringify(class30))
  const {message} = await ask({user: 'nobody'}).catch(error => error)
  expect(message).toContain('students student-01, student-02, student-03 and 27 others.')
})

it('advises an update where the templates had no students, and students where they have', async () => {
  aws.secretValues.delete('demo-students')
  const old = await ask({user: 'ada'}).catch(error => error)
  expect(old.hint).toContain('`mcpgw deploy --environment demo`')
  expect(old.hint).not.toContain('mcpgw realm')
  aws.secretEntries = [{name: 'demo-verify-login', deletedAt: undefined}]
  const current = await ask({user: 'ada'}).catch(error => error)
  expect(current.hint).toContain('`mcpgw realm --environment demo --students 20`')
  expect(read).not.toContain('demo-verify-login')
})
