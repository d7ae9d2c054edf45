import type {AppAnswer} from '../../../../../resources/http-messages.js'
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
  return reply(200, clientOf(realmOf(visit), visit).protocolMappers.map(shownMapper))
}

export function createMapper(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const client = clientOf(realm, visit)
  const body = checkedMapper(bodyOf(visit, 'ProtocolMapper'))
  checkFree(
    client.protocolMappers.some(({name}) => name === body.name),
    'Protocol mapper exists with same name',
  )
  const mapper = newMapper(visit.data, body)
  client.protocolMappers.push(mapper)
  const path = `/admin/realms/${realm.realm}/clients/${client.id}/protocol-mappers/models/${mapper.id}`
  return reply(201, undefined, {...locationOf(visit, path), 'cache-control': 'no-cache'})
}

export function readMapper(visit: AdminVisit): AppAnswer {
  return reply(200, shownMapper(mapperOf(visit)))
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

/** What goes into access tokens goes into answers about them, unless it says otherwise. */
function shownMapper(mapper: ProtocolMapper): ProtocolMapper {
  const {'access.token.claim': access, 'introspection.token.claim': known} = mapper.config
  if (access !== 'true' || known !== undefined) return mapper
  return {...mapper, config: {...mapper.config, 'introspection.token.claim': 'true'}}
}

function mapperOf(visit: AdminVisit): ProtocolMapper {
  const found = clientOf(realmOf(visit), visit).protocolMappers.find(({id}) => id === visit.parts.mapper)
  if (!found) throw refusal(404, 'Model not found')
  return found
}
