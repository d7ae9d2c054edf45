import type {AppAnswer} from '../../../app.js'
import {conflict, lacking, refusal, reply} from '../answers.js'
import type {ProtocolMapper} from '../data.js'
import {newMapper} from '../new-realm.js'
import {
  type AdminVisit,
  bodyOf,
  checkFree,
  clientOf,
  locationOf,
  type Members,
  realmOf,
  textOf,
} from './request.js'

/** Mappers that this Keycloak acts on. */
const acted = ['oidc-group-membership-mapper', 'oidc-audience-mapper', 'oidc-hardcoded-claim-mapper']

/** A mapper of a body. @throws Refused for a kind that there is not, or not here */
export function checkedMapper(body: Members): Partial<ProtocolMapper> {
  const kind = textOf(body.protocolMapper) ?? ''
  if (!acted.includes(kind)) {
    if (/^(oidc|saml)-/.test(kind)) throw lacking(`protocol mappers of the kind ${kind}`)
    throw refusal(404, 'ProtocolMapper provider not found')
  }
  if (!textOf(body.name)) throw conflict('Protocol mapper name is missing', 400)
  return body as Partial<ProtocolMapper>
}

export function listMappers(visit: AdminVisit): AppAnswer {
  return reply(200, clientOf(realmOf(visit), visit).protocolMappers)
}

export function createMapper(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const client = clientOf(realm, visit)
  const body = checkedMapper(bodyOf(visit, 'ProtocolMapper'))
  checkFree(
    client.protocolMappers.some(({name}) => name === body.name),
    'Protocol mapper exists with same name',
  )
  const mapper = newMapper(visit.data, {
    ...body,
    // Keycloak adds it to mappers that do not say.
    config: {
      ...body.config,
      'introspection.token.claim': body.config?.['introspection.token.claim'] ?? 'true',
    },
  })
  client.protocolMappers.push(mapper)
  const path = `/admin/realms/${realm.realm}/clients/${client.id}/protocol-mappers/models/${mapper.id}`
  return reply(201, undefined, locationOf(visit, path))
}

export function readMapper(visit: AdminVisit): AppAnswer {
  return reply(200, mapperOf(visit))
}

export function updateMapper(visit: AdminVisit): AppAnswer {
  const mapper = mapperOf(visit)
  Object.assign(mapper, checkedMapper(bodyOf(visit, 'ProtocolMapper')), {id: mapper.id})
  return reply(204)
}

export function deleteMapper(visit: AdminVisit): AppAnswer {
  const mapper = mapperOf(visit)
  const client = clientOf(realmOf(visit), visit)
  client.protocolMappers = client.protocolMappers.filter(other => other !== mapper)
  return reply(204)
}

function mapperOf(visit: AdminVisit): ProtocolMapper {
  const found = clientOf(realmOf(visit), visit).protocolMappers.find(({id}) => id === visit.parts.mapper)
  if (!found) throw refusal(404, 'Model not found')
  return found
}
