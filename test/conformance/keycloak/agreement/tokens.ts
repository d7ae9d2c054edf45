import {machine, realm, web} from './class-realm.js'
import {type Conversation, claimsOf} from './conversation.js'

const openid = `/realms/${realm}/protocol/openid-connect`
const tokenPath = `${openid}/token`
const masterToken = '/realms/master/protocol/openid-connect/token'

/** What the administrator is told when a token is asked for, rightly and wrongly. */
export async function askForAdminTokens(talk: Conversation): Promise<void> {
  const {adminUser: username, adminPassword: password} = talk.party
  const right = {grant_type: 'password', client_id: 'admin-cli', username, password}
  const {json} = await talk.ask('the administrator', masterToken, {form: right})
  talk.keep('claims of the administrator', claimsOf(json.access_token))
  await talk.ask('a wrong password', masterToken, {form: {...right, password: 'wrong'}})
  await talk.ask('an unknown user', masterToken, {form: {...right, username: 'nobody'}})
  await talk.ask('an unknown client', masterToken, {form: {...right, client_id: 'nothing'}})
  await talk.ask('no client', masterToken, {form: {grant_type: 'password'}})
  await talk.ask('no grant', masterToken, {form: {client_id: 'admin-cli'}})
  await talk.ask('an unknown grant', masterToken, {form: {...right, grant_type: 'magic'}})
  await talk.ask('no user name', masterToken, {form: {grant_type: 'password', client_id: 'admin-cli'}})
  await talk.ask('a machine by a public client', masterToken, {
    form: {grant_type: 'client_credentials', client_id: 'admin-cli'},
  })
  await talk.ask('the token address, only read', masterToken)
  await talk.ask('JSON', masterToken, {json: right})
  await talk.ask('a garbled refresh token', masterToken, {
    form: {grant_type: 'refresh_token', client_id: 'admin-cli', refresh_token: 'x'},
  })
  const refresh = {grant_type: 'refresh_token', client_id: 'admin-cli', refresh_token: json.refresh_token}
  await talk.ask('a refresh', masterToken, {form: refresh})
}

/** Tokens of a machine, and what they are good for. */
export async function askForMachineTokens(talk: Conversation): Promise<void> {
  const form = {...machine, grant_type: 'client_credentials'}
  const plain = await talk.ask('a machine', tokenPath, {form})
  talk.keep('claims of a machine', claimsOf(plain.json.access_token))
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`${machine.client_id}:${secret}`).toString('base64')}`,
  })
  const grant = {grant_type: 'client_credentials'}
  await talk.ask('a machine by header', tokenPath, {form: grant, headers: basic(machine.client_secret)})
  await talk.ask('a wrong secret by header', tokenPath, {form: grant, headers: basic('wrong')})
  await talk.ask('a wrong secret', tokenPath, {form: {...form, client_secret: 'wrong'}})
  await talk.ask('no secret', tokenPath, {
    form: {grant_type: 'client_credentials', client_id: machine.client_id},
  })
  await talk.ask('an unknown client', tokenPath, {form: {...form, client_id: 'nothing'}})
  await talk.ask('a client without a service account', tokenPath, {form: {...form, ...web}})
  await talk.ask('an unknown scope', tokenPath, {form: {...form, scope: 'nothing'}})
  const open = await talk.ask('a machine with scope openid', tokenPath, {form: {...form, scope: 'openid'}})
  talk.keep('id token of a machine', claimsOf(open.json.id_token))
  const byBalancer = await talk.send(tokenPath, {form, base: talk.party.balancerUrl})
  talk.keep('issuer by another Host', claimsOf(byBalancer.json.access_token).payload.iss)

  const userinfo = `${openid}/userinfo`
  await talk.ask('userinfo without a token', userinfo)
  await talk.ask('userinfo with a garbled token', userinfo, {token: 'garbled'})
  await talk.ask('userinfo of a machine', userinfo, {token: plain.json.access_token})
  await talk.ask('userinfo of a machine with scope openid', userinfo, {token: open.json.access_token})
  await talk.ask('introspection', `${tokenPath}/introspect`, {form: {...web, token: plain.json.access_token}})
  await talk.ask('introspection of a garbled token', `${tokenPath}/introspect`, {form: {...web, token: 'x'}})
  await talk.ask('the admin API with it', `/admin/realms/${realm}`, {token: plain.json.access_token})
}

/** Tokens of people by their passwords. */
export async function askForPeoplesTokens(talk: Conversation): Promise<void> {
  const form = {...web, grant_type: 'password', username: 'student-01', password: 'student-secret'}
  const plain = await talk.ask('a student', tokenPath, {form})
  talk.keep('claims of a student', claimsOf(plain.json.access_token))
  const open = await talk.ask('a student with scopes', tokenPath, {
    form: {...form, scope: 'openid email profile'},
  })
  talk.keep('claims of a student with scopes', claimsOf(open.json.access_token))
  talk.keep('id token of a student', claimsOf(open.json.id_token))
  const userinfo = `${openid}/userinfo`
  await talk.ask('userinfo of a student', userinfo, {token: open.json.access_token})
  await talk.ask('userinfo of a student without scope openid', userinfo, {token: plain.json.access_token})
  await talk.ask('a student by e-mail', tokenPath, {form: {...form, username: 'student-01@example.com'}})
  await talk.ask('a student in capitals', tokenPath, {form: {...form, username: 'STUDENT-01'}})
  await talk.ask('a wrong password of a student', tokenPath, {form: {...form, password: 'wrong'}})
  await talk.ask('an unknown student', tokenPath, {form: {...form, username: 'student-99'}})
  await talk.ask('a wrong secret of the client', tokenPath, {form: {...form, client_secret: 'wrong'}})
  await talk.ask('a client without direct grants', tokenPath, {form: {...form, ...machine}})
  await talk.ask('a disabled user', tokenPath, {
    form: {...form, username: 'disabled', password: 'disabled-secret'},
  })
  const roleless = {...form, username: 'roleless', password: 'roleless-secret'}
  const {json} = await talk.ask('a user without the default role', tokenPath, {form: roleless})
  talk.keep('claims without the default role', claimsOf(json.access_token))
  await talk.ask('the admin API with a token of a student', `/admin/realms/${realm}/users`, {
    token: plain.json.access_token,
  })
}
