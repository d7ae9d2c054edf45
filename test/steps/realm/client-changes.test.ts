import {describe, expect, it} from 'vitest'
import type {ClientRepresentation} from '../../../src/keycloak/representations.js'
import {clientChanges, mapperChange} from '../../../src/steps/realm/client-changes.js'
import {groupsMapper, wantedRealm} from '../../../src/steps/realm/wanted.js'

const secrets = {keycloakAdmin: 'k', webClient: 'w', machineClient: 'm', admin: 'a', verify: 'v'}
const [web, machine] = wantedRealm({
  registryUrl: 'https://r',
  secrets,
  students: [],
  passwords: new Map(),
}).clients
if (web === undefined || machine === undefined) throw new Error('there are two clients')

const found: ClientRepresentation = {...web, description: 'mine', optionalClientScopes: ['phone']}

describe('a client', () => {
  it('that is as it should be is not changed, whatever else somebody has set', () => {
    expect(clientChanges(found, web)).toEqual({client: found, changes: []})
  })

  it.each([
    [{secret: 'other'}, 'secret set to the one in Secrets Manager'],
    [{enabled: false}, 'enabled set to true'],
    [{publicClient: true}, 'publicClient set to false'],
    [{consentRequired: true}, 'consentRequired set to false'],
    [{fullScopeAllowed: false}, 'fullScopeAllowed set to true'],
    [
      {redirectUris: ['http://localhost/*']},
      'redirect URI https://r/oauth2/callback/keycloak and https://r/* added',
    ],
    [{webOrigins: []}, 'web origin https://r added'],
    [{attributes: {}}, 'post.logout.redirect.uris set to +'],
  ])('with %j gets what is needed', (damage, change) => {
    const {client, changes} = clientChanges({...found, ...damage}, web)
    expect(changes).toEqual([change])
    expect(clientChanges(client, web).changes).toEqual([])
    expect(client.description).toBe('mine')
  })

  it('never names a secret in what it says', () => {
    const {changes} = clientChanges({...found, secret: 'Hush-1'}, {...web, secret: 'Hush-2'})
    expect(changes.join()).not.toMatch(/Hush/)
  })

  it('keeps the redirect URIs and origins that somebody has added', () => {
    const mine = {redirectUris: ['http://localhost/*'], webOrigins: ['+']}
    const {client} = clientChanges({...found, ...mine}, web)
    expect(client.redirectUris?.[0]).toBe('http://localhost/*')
    expect(client.webOrigins).toEqual(['+'])
  })

  it('loses a token life of its own, which would win over the one of the realm', () => {
    const attributes = {...found.attributes, 'access.token.lifespan': '60', mine: 'x'}
    const {client, changes} = clientChanges({...found, attributes}, web)
    expect(changes).toEqual(['own token life removed, so that the one of the realm counts'])
    expect(client.attributes).toMatchObject({'access.token.lifespan': '', mine: 'x'})
  })
})

describe('the groups mapper', () => {
  const right = {...groupsMapper, id: '1'}
  it.each([
    ['is there', [right], {kind: 'none'}],
    ['is there under another name', [{...right, name: 'mine'}], {kind: 'none'}],
    ['is gone', [], {kind: 'add', mapper: groupsMapper}],
    [
      'is gone, and its name taken',
      [{id: '2', name: 'groups', protocolMapper: 'oidc-usermodel-attribute-mapper'}],
      {kind: 'add', mapper: {...groupsMapper, name: 'mcpgw-groups'}},
    ],
    [
      'writes whole paths',
      [{...right, config: {...right.config, 'full.path': 'true', mine: 'x'}}],
      {kind: 'change', mapper: {...right, config: {...right.config, mine: 'x'}}},
    ],
  ])('that %s', (_, protocolMappers, change) => {
    expect(mapperChange({protocolMappers})).toEqual(change)
  })
})
