import type {ClientRepresentation, Known, MapperRepresentation} from '../../keycloak/representations.js'
import {groupsMapper, type WantedClient} from './wanted.js'

/** Seconds that the client's own tokens live; wins over the realm's. */
const ownTokenLife = 'access.token.lifespan'

/** The client as it should be, and in words what that changes; no words when nothing does. */
export function clientChanges<T extends ClientRepresentation>(
  found: T,
  wanted: WantedClient,
): {client: T; changes: readonly string[]} {
  const client = {...found}
  const changes: string[] = []
  const {redirectUris, webOrigins, attributes, secret, name: _, ...members} = wanted
  for (const [key, value] of Object.entries(members)) {
    if (found[key as keyof ClientRepresentation] === value) continue
    Object.assign(client, {[key]: value})
    changes.push(`${key} set to ${value}`)
  }
  if (found.secret !== secret) {
    client.secret = secret
    changes.push('secret set to the one in Secrets Manager')
  }
  const uris = missingIn(found.redirectUris, redirectUris)
  if (uris.length > 0) {
    client.redirectUris = [...(found.redirectUris ?? []), ...uris]
    changes.push(`redirect URI ${uris.join(' and ')} added`)
  }
  // A plus stands for the origins of all redirect URIs.
  const origins = found.webOrigins?.includes('+') ? [] : missingIn(found.webOrigins, webOrigins)
  if (origins.length > 0) {
    client.webOrigins = [...(found.webOrigins ?? []), ...origins]
    changes.push(`web origin ${origins.join(' and ')} added`)
  }
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (found.attributes?.[key]) continue
    client.attributes = {...client.attributes, [key]: value}
    changes.push(`${key} set to ${value}`)
  }
  if (found.attributes?.[ownTokenLife]) {
    // Empty removes it. Source: seen with Keycloak 23.0.7.
    client.attributes = {...client.attributes, [ownTokenLife]: ''}
    changes.push('own token life removed, so that the one of the realm counts')
  }
  return {client, changes}
}

/** What to do for the groups claim: nothing, change the mapper that makes it, or add one. */
export function mapperChange({
  protocolMappers = [],
}: ClientRepresentation):
  | {kind: 'none'}
  | {kind: 'change'; mapper: MapperRepresentation & Known}
  | {kind: 'add'; mapper: MapperRepresentation} {
  const claim = groupsMapper.config['claim.name']
  const found = protocolMappers.find(
    ({protocolMapper, config}) =>
      protocolMapper === groupsMapper.protocolMapper && config?.['claim.name'] === claim,
  )
  if (found?.id === undefined) {
    const isTaken = protocolMappers.some(({name}) => name === groupsMapper.name)
    return {kind: 'add', mapper: isTaken ? {...groupsMapper, name: 'mcpgw-groups'} : groupsMapper}
  }
  const isRight = Object.entries(groupsMapper.config).every(([key, value]) => found.config?.[key] === value)
  if (isRight) return {kind: 'none'}
  return {kind: 'change', mapper: {...found, id: found.id, config: {...found.config, ...groupsMapper.config}}}
}

function missingIn(found: readonly string[] | undefined, wanted: readonly string[]): string[] {
  return wanted.filter(value => !found?.includes(value))
}
