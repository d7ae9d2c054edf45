import {document, groupsMapper, machine, realm, web} from './class-realm.js'
import type {Conversation} from './conversation.js'

/** Who may use the admin API, and what is not there. */
export async function askWhoMay(talk: Conversation): Promise<void> {
  const token = await talk.adminToken()
  await talk.ask('nobody', '/admin/realms')
  await talk.ask('nobody, about no realm', '/admin/realms/nothing')
  await talk.ask('a garbled token', '/admin/realms', {token: 'garbled'})
  await talk.ask('a token with another signature', '/admin/realms', {token: `${token.slice(0, -8)}AAAAAAAA`})
  await talk.ask('a password', '/admin/realms', {headers: {authorization: 'Basic YTpi'}})
  await talk.ask('no realm', '/admin/realms/nothing', {token})
  await talk.ask('users of no realm', '/admin/realms/nothing/users', {token})
  await talk.ask('an unknown path of a realm', '/admin/realms/master/nothing', {token})
}

/** Makes the realm of which everything else is asked. */
export async function makeTheRealm(talk: Conversation): Promise<void> {
  await talk.admin('a realm', '', {json: document})
  await talk.admin('the same realm again', '', {json: document})
  await talk.admin('a member that is not known', '', {json: {realm: 'other', notKnown: 1}})
  await talk.admin('what it became', `/${realm}`)
  await talk.admin('a part of it changed', `/${realm}`, {
    method: 'PUT',
    json: {ssoSessionMaxLifespan: 36_000},
  })
}

/** What the realm step reads and writes of clients. */
export async function askForClients(talk: Conversation): Promise<void> {
  const named = (clientId: string) => `/${realm}/clients?clientId=${clientId}`
  const [client] = (await talk.admin('a client', named(web.client_id))).json
  const [service] = (await talk.admin('a client of machines', named(machine.client_id))).json
  const path = `/${realm}/clients/${client.id}`
  await talk.admin('an unknown client', named('nothing'))
  await talk.admin('an unknown id', `/${realm}/clients/nothing`)
  await talk.admin('the secret', `${path}/client-secret`)
  await talk.admin('the mappers', `${path}/protocol-mappers/models`)
  await talk.admin('a mapper of the same name', `${path}/protocol-mappers/models`, {json: groupsMapper})
  await talk.admin('a mapper of another name', `${path}/protocol-mappers/models`, {
    json: {...groupsMapper, name: 'other'},
  })
  await talk.admin('the service account', `/${realm}/clients/${service.id}/service-account-user`)
  await talk.admin('no service account', `${path}/service-account-user`)
  await talk.admin('a client of the same name', `/${realm}/clients`, {json: {clientId: web.client_id}})
  await talk.admin('a new secret', path, {method: 'PUT', json: {clientId: web.client_id, secret: 'other'}})
  await talk.admin('what became of it', path)
  await talk.admin('the old secret', path, {
    method: 'PUT',
    json: {clientId: web.client_id, secret: web.client_secret},
  })
  await talk.admin('a client that is new', `/${realm}/clients`, {json: {clientId: 'new'}})
  await talk.admin('what is new', named('new'))
}

/** What the realm step reads and writes of groups, roles and users. */
export async function askForPeople(talk: Conversation): Promise<void> {
  const groups = (await talk.admin('groups', `/${realm}/groups?first=0&max=250`)).json
  await talk.admin('a group of the same name', `/${realm}/groups`, {json: {name: 'mcp-registry-admin'}})
  await talk.admin('a new group', `/${realm}/groups`, {json: {name: 'registry-admins'}})
  await talk.admin('an unknown group', `/${realm}/groups/nothing`)
  const group = groups.find(({name}: any) => name === 'mcp-registry-admin').id
  await talk.admin('members of a group', `/${realm}/groups/${group}/members?first=0&max=250`)

  const [user] = (await talk.admin('a user', `/${realm}/users?username=student-01&exact=true`)).json
  await talk.admin('users', `/${realm}/users?first=0&max=250`)
  await talk.admin('users of a later page', `/${realm}/users?first=250&max=250`)
  await talk.admin('no user', `/${realm}/users?username=student&exact=true`)
  await talk.admin('an unknown user', `/${realm}/users/nothing`)
  await talk.admin('a user of the same name', `/${realm}/users`, {json: {username: 'student-01'}})
  await talk.admin('a user of the same e-mail', `/${realm}/users`, {
    json: {username: 'student-98', email: 'student-01@example.com'},
  })
  await talk.admin('a user without a name', `/${realm}/users`, {json: {enabled: true}})
  await talk.admin('a user with a member that is not known', `/${realm}/users`, {
    json: {username: 'student-97', notKnown: 1},
  })
  await talk.admin('a new user', `/${realm}/users`, {
    json: {username: 'Student-02', enabled: true, groups: ['/registry-users-lob1']},
  })
  const [added] = (await talk.admin('what is new', `/${realm}/users?username=student-02&exact=true`)).json
  const path = `/${realm}/users/${added.id}`
  await talk.admin('its groups', `${path}/groups`)
  await talk.admin('its roles', `${path}/role-mappings/realm`)
  await talk.admin('its lack of credentials', `${path}/credentials`)
  await talk.admin('a group that it joins', `${path}/groups/${group}`, {method: 'PUT'})
  await talk.admin('a group that it is in', `${path}/groups/${group}`, {method: 'PUT'})
  await talk.admin('a group that does not exist', `${path}/groups/nothing`, {method: 'PUT'})
  const secret = {type: 'password', value: 'other', temporary: false}
  await talk.admin('a password', `${path}/reset-password`, {method: 'PUT', json: secret})
  await talk.admin('disabled', path, {method: 'PUT', json: {enabled: false}})
  await talk.admin('what became of it', path)

  const role = (await talk.admin('the default role', `/${realm}/roles/default-roles-${realm}`)).json
  await talk.admin('an unknown role', `/${realm}/roles/nothing`)
  await talk.admin('who has it', `/${realm}/roles/default-roles-${realm}/users?first=0&max=250`)
  await talk.admin('a role given', `/${realm}/users/${user.id}/role-mappings/realm`, {
    json: [{id: role.id, name: role.name}],
  })
  await talk.admin('a role that does not exist', `/${realm}/users/${user.id}/role-mappings/realm`, {
    json: [{id: 'nothing', name: 'nothing'}],
  })
}
