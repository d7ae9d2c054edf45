import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {sharedKeycloak} from '../asked.js'
import {askForAddresses} from './addresses.js'
import {askForClients, askForPeople, askWhoMay, makeTheRealm} from './administration.js'
import {realm} from './class-realm.js'
import {Conversation} from './conversation.js'
import {differences} from './differences.js'
import {EmbeddedKeycloak} from './embedded-keycloak.js'
import {askForLogins} from './login.js'
import {isOmission} from './omissions.js'
import type {Party} from './party.js'
import {askForAdminTokens, askForMachineTokens, askForPeoplesTokens} from './tokens.js'

describe("the embedded account's Keycloak and a real one agree", () => {
  let embedded: EmbeddedKeycloak | undefined
  let real: Party

  beforeAll(async () => {
    real = {
      ...(await sharedKeycloak()).address,
      balancerUrl: 'http://internal-keycloak-123456789.us-west-2.elb.amazonaws.com',
      originHeaders: {},
    }
    embedded = await EmbeddedKeycloak.start()
  })
  afterAll(async () => {
    // Others make realms in the same one.
    const talk = new Conversation(real)
    await talk.send(`/admin/realms/${realm}`, {method: 'DELETE', token: await talk.adminToken()})
    await embedded?.stop()
  })

  // In this order: from the fourth on, the realm is needed.
  test.each([
    ['on paths and addresses', askForAddresses],
    ["on the administrator's tokens", askForAdminTokens],
    ['on who may use the admin API', askWhoMay],
    ['on how a realm is made', makeTheRealm],
    ['on clients', askForClients],
    ["on machines' tokens", askForMachineTokens],
    ["on people's tokens", askForPeoplesTokens],
    ['on logins with a browser', askForLogins],
    ['on groups, roles and users', askForPeople],
  ])('%s', async (_title, conversation) => {
    if (embedded === undefined) throw new Error('The embedded account is not served.')
    const [theirs, ours] = [new Conversation(real), new Conversation(embedded.party)]
    await conversation(theirs)
    await conversation(ours)
    expect(Object.keys(theirs.answers).length).toBeGreaterThan(4)
    expect(differences(ours.answers, theirs.answers).filter(one => !isOmission(one))).toEqual([])
  })
})

test('an answer that says something else, or more, is a difference, and no omission', () => {
  const found = differences(
    {'no login wanted': {status: 200, cookies: ['one']}, keys: [{kid: 'a'}]},
    {'no login wanted': {status: 302, cookies: ['two']}, keys: [{kid: 'a', use: 'sig'}]},
  )
  expect(found).toEqual([
    {path: 'no login wanted > status', ours: 200, theirs: 302},
    {path: 'no login wanted > cookies > 0', ours: 'one', theirs: 'two'},
    {path: 'keys > 0 > use', ours: undefined, theirs: 'sig'},
  ])
  expect(found.filter(isOmission)).toEqual([])
})
