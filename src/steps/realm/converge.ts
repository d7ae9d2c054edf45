import {
  accessTokenSeconds,
  adminGroupName,
  groupNames,
  machineClientId,
  machineUserName,
  realmName,
} from '../../environment/realm.js'
import type {RealmAdmin} from '../../keycloak/admin.js'
import type {ClientRepresentation, Known, Named} from '../../keycloak/representations.js'
import {clientChanges, mapperChange} from './client-changes.js'
import {convergePeople, convergeUser} from './converge-people.js'
import {clientDocument} from './document.js'
import type {ExistingRealm} from './look.js'
import type {OnChange} from './on-change.js'
import {neededScopes, realmMembers, type WantedClient, type WantedRealm} from './wanted.js'

/** Makes what the realm lacks, member by member, and changes what keeps a class from working. Deletes nothing. */
export async function convergeRealm(
  admin: RealmAdmin,
  {existing, wanted, onChange}: {existing: ExistingRealm; wanted: WantedRealm; onChange: OnChange},
): Promise<void> {
  await convergeSettings(admin, existing, onChange)
  const groups = await convergeGroups(admin, existing, onChange)
  for (const client of wanted.clients)
    await convergeClient(admin, existing.clients.get(client.clientId), client, onChange)
  await convergeMachineUser(admin, {existing, groups, onChange})
  await convergePeople(admin, {wanted, existing, groups, onChange})
}

async function convergeSettings(
  admin: RealmAdmin,
  {settings}: ExistingRealm,
  onChange: OnChange,
): Promise<void> {
  const {enabled, accessTokenLifespan = 0, ssoSessionMaxLifespan = 0} = settings
  const tell = (change: string) => onChange({kind: 'realm', name: realmName, change})
  if (enabled !== true) {
    await admin.updateRealm({enabled: true})
    tell('enabled')
  }
  if (accessTokenLifespan < accessTokenSeconds) {
    await admin.updateRealm({accessTokenLifespan: accessTokenSeconds})
    tell(`token life set to ${accessTokenSeconds} s`)
  }
  if (ssoSessionMaxLifespan < accessTokenSeconds) {
    const {ssoSessionMaxLifespan: longer} = realmMembers
    await admin.updateRealm({ssoSessionMaxLifespan: longer})
    tell(`session life set to ${longer} s, so that it does not end before a token`)
  }
}

/** All groups that matter, by name. */
async function convergeGroups(
  admin: RealmAdmin,
  existing: ExistingRealm,
  onChange: OnChange,
): Promise<ReadonlyMap<string, Named>> {
  const groups = new Map(existing.groups)
  for (const name of groupNames) {
    if (groups.has(name)) continue
    groups.set(name, await admin.createGroup(name))
    onChange({kind: 'group', name, change: 'created'})
  }
  return groups
}

async function convergeClient(
  admin: RealmAdmin,
  found: (ClientRepresentation & Known) | undefined,
  wanted: WantedClient,
  onChange: OnChange,
): Promise<void> {
  const tell = (change: string) => onChange({kind: 'client', name: wanted.clientId, change})
  if (found === undefined) {
    await admin.createClient(clientDocument(wanted))
    return tell('created')
  }
  const {client, changes} = clientChanges(found, wanted)
  if (changes.length > 0) await admin.updateClient(client)
  changes.forEach(tell)
  const change = mapperChange(found)
  if (change.kind === 'add') await admin.addMapper(found, change.mapper)
  if (change.kind === 'change') await admin.updateMapper(found, change.mapper)
  if (change.kind !== 'none') tell(change.kind === 'add' ? 'groups mapper added' : 'groups mapper fixed')
  const missing = neededScopes.filter(name => !found.defaultClientScopes?.includes(name))
  if (missing.length === 0) return
  for (const scope of (await admin.clientScopes()).filter(({name}) => isOneOf(name, missing))) {
    await admin.addDefaultScope(found, scope)
    tell(`client scope ${scope.name} added`)
  }
}

/** The machines' client has its user with it: one that is new, or was given one just now, is looked up. */
async function convergeMachineUser(
  admin: RealmAdmin,
  {
    existing,
    groups,
    onChange,
  }: {existing: ExistingRealm; groups: ReadonlyMap<string, Named>; onChange: OnChange},
): Promise<void> {
  const found = existing.machineUser ?? (await madeMeanwhile(admin))
  if (found === undefined) return
  await convergeUser(admin, {
    group: groups.get(adminGroupName),
    found,
    defaultRole: existing.defaultRole,
    tell: change => onChange({kind: 'user', name: machineUserName, change}),
  })
}

async function madeMeanwhile(admin: RealmAdmin) {
  const client = await admin.client(machineClientId)
  const user = client && (await admin.userOfClient(client))
  return user && {user, groups: new Set<string>(), hasDefaultRole: true, hasPassword: true}
}

function isOneOf(text: string, texts: readonly string[]): boolean {
  return texts.includes(text)
}
