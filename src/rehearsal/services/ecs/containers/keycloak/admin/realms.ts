import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {conflict, lacking, Refused, refusal, reply} from '../answers.js'
import {type Realm, realmNamed} from '../data.js'
import {defaultRoleOf, newRealm} from '../new-realm.js'
import {realmDefaults} from '../realm-defaults.js'
import {addClientScope} from './client-scopes.js'
import {addClient} from './clients.js'
import {addGroup} from './groups.js'
import {type AdminVisit, bodyOf, checkMembers, type Members, realmOf, textOf} from './request.js'
import {addUser} from './users.js'

/** Members of a realm's document that are collections of their own, and whether they can be made with it. */
const collections: Readonly<Record<string, boolean>> = {
  clients: true,
  clientScopes: true,
  groups: true,
  users: true,
  ...Object.fromEntries(
    [
      'applicationScopeMappings',
      'applications',
      'authenticationFlows',
      'authenticatorConfig',
      'clientScopeMappings',
      'clientTemplates',
      'components',
      'defaultDefaultClientScopes',
      'defaultGroups',
      'defaultOptionalClientScopes',
      'defaultRoles',
      'federatedUsers',
      'identityProviderMappers',
      'identityProviders',
      'localizationTexts',
      'oauthClients',
      'privateKey',
      'protocolMappers',
      'publicKey',
      'requiredActions',
      'roles',
      'scopeMappings',
      'socialProviders',
      'userFederationMappers',
      'userFederationProviders',
    ].map(name => [name, false]),
  ),
}

/** Members that are no settings. */
const identity = ['id', 'realm', 'defaultRole', 'keycloakVersion']

/** GET /admin/realms. */
export function listRealms({data, query}: AdminVisit): AppAnswer {
  const isBrief = query.get('briefRepresentation') === 'true'
  return reply(200, data.realms.map(isBrief ? brief : representation))
}

/** GET /admin/realms/{realm}. */
export function readRealm(visit: AdminVisit): AppAnswer {
  return reply(200, representation(realmOf(visit)))
}

/**
 * POST /admin/realms: a realm, with clients, scopes, groups and users, or nothing of it.
 * An unknown member ends in a bare 500. Source: answers of Keycloak 23.0.7.
 */
export function createRealm(visit: AdminVisit): AppAnswer {
  const {data, now, addresses} = visit
  const body = wholeBody(visit)
  const name = textOf(body.realm)
  if (!name) throw conflict('Realm name cannot be empty', 400)
  if (realmNamed(data, name)) throw conflict('Conflict detected. See logs for details')
  checkCollections(body)
  const realm = newRealm(data, name, settingsOf(body))
  const items = (member: string) => (Array.isArray(body[member]) ? (body[member] as Members[]) : [])
  for (const scope of items('clientScopes')) addClientScope(data, realm, scope)
  for (const client of items('clients')) {
    addClient(
      data,
      realm,
      {attributes: {'post.logout.redirect.uris': '+'}, ...client},
      {now, inDocument: true},
    )
  }
  for (const group of items('groups')) addGroup(data, realm, group)
  for (const user of items('users')) addUser(data, realm, user, {now, inDocument: true})
  data.realms.push(realm)
  return reply(201, undefined, {location: `${addresses.frontend}/admin/realms/${name}`})
}

/** What is wrong with the document of a realm is not said to whoever makes one. */
function wholeBody(visit: AdminVisit): Members {
  try {
    const body = bodyOf(visit, 'Realm')
    const parts = [
      ['clients', 'Client'],
      ['groups', 'Group'],
      ['users', 'User'],
      ['clientScopes', 'ClientScope'],
    ] as const
    for (const [member, kind] of parts) {
      const items = body[member]
      if (Array.isArray(items)) for (const item of items) checkMembers(kind, item as object)
    }
    return body
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw refusal(500, error.answer.body.includes('invalid_request') ? 'invalid_request' : 'unknown_error')
  }
}

/** PUT /admin/realms/{realm}: settings alone; collections in it are passed over, as in the real one. */
export function updateRealm(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const body = bodyOf(visit, 'Realm')
  const name = textOf(body.realm) ?? realm.realm
  if (name !== realm.realm) throw lacking('the renaming of a realm')
  Object.assign(realm.settings, settingsOf(body))
  return reply(204)
}

/** DELETE /admin/realms/{realm}. */
export function deleteRealm(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  if (realm.realm === 'master') throw refusal(400, "Can't remove realm: master")
  visit.data.realms = visit.data.realms.filter(other => other !== realm)
  return reply(204)
}

function settingsOf(body: Members): Members {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => value !== null && !identity.includes(name) && !Object.hasOwn(collections, name),
    ),
  )
}

/** @throws Refused for what could not be kept */
function checkCollections(body: Members): void {
  for (const [name, isKept] of Object.entries(collections)) {
    const value = body[name]
    const isEmpty =
      value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
    if (!isKept && !isEmpty) throw lacking(`${name} of a realm`)
  }
}

function brief(realm: Realm): Members {
  const {displayName, displayNameHtml, enabled = false} = realm.settings
  return {id: realm.id, realm: realm.realm, displayName, displayNameHtml, enabled}
}

function representation(realm: Realm): Members {
  const role = defaultRoleOf(realm)
  return {
    id: realm.id,
    realm: realm.realm,
    ...realmDefaults,
    ...realm.settings,
    ...(role && {
      defaultRole: {
        id: role.id,
        name: role.name,
        description: role.description,
        composite: true,
        clientRole: false,
        containerId: realm.id,
      },
    }),
  }
}
