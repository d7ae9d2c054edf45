import KeycloakAdminClient from '@keycloak/keycloak-admin-client'
import {createRemoteJWKSet, customFetch, decodeJwt, jwtVerify} from 'jose'
import {describe, expect, it} from 'vitest'
import type {Web} from '../../../../../../src/aws/web.js'
import {breakTask} from '../../../../../../src/rehearsal/services/ecs/tasks.js'
import {secondsUntil} from '../../fixtures.js'
import {secondsUntilReady} from '../../gateway.js'
import {servePublicNames} from '../serve.js'
import {adminPassword, keycloakFixture} from './fixture.js'

const redirect = 'https://registry.example/oauth2/callback/keycloak'

/** What a class needs, in one document. */
const classRealm = {
  realm: 'mcp-gateway',
  enabled: true,
  accessTokenLifespan: 28_800,
  clients: [
    {
      clientId: 'mcp-gateway-web',
      secret: 'web secret',
      redirectUris: [redirect],
      directAccessGrantsEnabled: true,
      protocolMappers: [
        {
          name: 'groups',
          protocol: 'openid-connect',
          protocolMapper: 'oidc-group-membership-mapper',
          config: {
            'claim.name': 'groups',
            'full.path': 'false',
            'access.token.claim': 'true',
            'id.token.claim': 'true',
            'userinfo.token.claim': 'true',
          },
        },
      ],
    },
    {clientId: 'mcp-gateway-m2m', secret: 'machine secret', serviceAccountsEnabled: true},
  ],
  groups: [{name: 'mcp-registry-admin'}, {name: 'registry-users-lob1'}],
  users: [
    {
      username: 'student-01',
      enabled: true,
      credentials: [{type: 'password', value: 'open sesame'}],
      groups: ['/registry-users-lob1'],
      realmRoles: ['default-roles-mcp-gateway'],
    },
    {username: 'bare', enabled: true, credentials: [{type: 'password', value: 'open sesame'}]},
    {
      username: 'service-account-mcp-gateway-m2m',
      enabled: true,
      serviceAccountClientId: 'mcp-gateway-m2m',
      groups: ['/mcp-registry-admin'],
      realmRoles: ['default-roles-mcp-gateway'],
    },
  ],
}

/** Knows no clock: the account's is another one than the machine's. */
async function administrator(host: string, web: Web) {
  const {dispatcher} = web
  const options: object = {dispatcher}
  const client = new KeycloakAdminClient({baseUrl: `https://${host}`, requestOptions: options})
  const form = {grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: adminPassword}
  client.registerTokenProvider({
    getAccessToken: async () => (await tokens(host, web, form, 'master')).access_token,
  })
  return client
}

async function tokens(host: string, {fetch}: Web, form: Record<string, string>, realm = 'mcp-gateway') {
  const answer = await fetch(`https://${host}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const body = (await answer.json()) as Partial<Record<'access_token' | 'id_token' | 'error', string>>
  return {status: answer.status, ...body}
}

const machine = {
  grant_type: 'client_credentials',
  client_id: 'mcp-gateway-m2m',
  client_secret: 'machine secret',
}
const student = {
  grant_type: 'password',
  client_id: 'mcp-gateway-web',
  client_secret: 'web secret',
  username: 'student-01',
  password: 'open sesame',
}

describe('a realm', () => {
  it('is made by the official admin client, and its tokens stand up to a check of their signature', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => {
      const admin = await administrator(fixture.host, web)
      expect(await admin.realms.findOne({realm: 'mcp-gateway'})).toBeNull()
      await admin.realms.create(classRealm)
      await expect(admin.realms.create(classRealm)).rejects.toMatchObject({response: {status: 409}})
      const issuer = `https://${fixture.host}/realms/mcp-gateway`
      const keys = createRemoteJWKSet(new URL(`${issuer}/protocol/openid-connect/certs`), {
        [customFetch]: web.fetch,
      })
      const currentDate = new Date(fixture.world.now)
      const {access_token = '', status} = await tokens(fixture.host, web, machine)
      expect(status).toBe(200)
      const {payload} = await jwtVerify(access_token, keys, {issuer, audience: 'account', currentDate})
      expect(payload).toMatchObject({
        azp: 'mcp-gateway-m2m',
        exp: Math.floor(fixture.world.now / 1000) + 28_800,
        preferred_username: 'service-account-mcp-gateway-m2m',
      })
      const person = await tokens(fixture.host, web, {...student, scope: 'openid'})
      expect((await jwtVerify(person.id_token ?? '', keys, {issuer, currentDate})).payload).toMatchObject({
        aud: 'mcp-gateway-web',
        groups: ['registry-users-lob1'],
        preferred_username: 'student-01',
      })
    })
  })

  it('gives a user without the default role a token without aud, and with it one that has', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => {
      const admin = await administrator(fixture.host, web)
      await admin.realms.create(classRealm)
      const bare = {...student, username: 'bare'}
      const before = await tokens(fixture.host, web, bare)
      expect(decodeJwt(before.access_token ?? '').aud).toBeUndefined()
      const realm = 'mcp-gateway'
      const [user] = await admin.users.find({realm, username: 'bare', exact: true})
      const role = await admin.roles.findOneByName({realm, name: `default-roles-${realm}`})
      await admin.users.addRealmRoleMappings({
        realm,
        id: user?.id ?? '',
        roles: [{id: role?.id ?? '', name: role?.name ?? ''}],
      })
      const after = await tokens(fixture.host, web, bare)
      expect(decodeJwt(after.access_token ?? '').aud).toBe('account')
    })
  })

  it('is in the database: another task knows it, another database does not', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => (await administrator(fixture.host, web)).realms.create(classRealm))
    const [task] = Object.values(fixture.region.tasks)
    if (!task) throw new Error('no task')
    breakTask(fixture.world, fixture.region, task)
    secondsUntil(fixture, () => task.lastStatus === 'STOPPED')
    secondsUntilReady(fixture, fixture.keycloak)
    await use(async web => expect((await tokens(fixture.host, web, machine)).status).toBe(200))
    delete fixture.database.data.schemas
    await use(async web => {
      expect(await tokens(fixture.host, web, machine)).toMatchObject({
        status: 404,
        error: 'Realm does not exist',
      })
      const root = {
        grant_type: 'password',
        client_id: 'admin-cli',
        username: 'admin',
        password: adminPassword,
      }
      expect((await tokens(fixture.host, web, root, 'master')).status).toBe(200)
    })
  })

  it('survives the state file', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    const token = await use(async web => {
      await (await administrator(fixture.host, web)).realms.create(classRealm)
      return (await tokens(fixture.host, web, {...student, scope: 'openid'})).access_token
    })
    fixture.database.data = JSON.parse(JSON.stringify(fixture.database.data)) as Record<string, unknown>
    await use(async web => {
      const answer = await web.fetch(
        `https://${fixture.host}/realms/mcp-gateway/protocol/openid-connect/userinfo`,
        {headers: {authorization: `Bearer ${token}`}},
      )
      expect(await answer.json()).toMatchObject({preferred_username: 'student-01'})
    })
  })
})

describe('Keycloak refuses', () => {
  it('grants as the real one does', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    const wrong = [
      [{...machine, client_secret: 'wrong'}, 401, 'unauthorized_client'],
      [{...machine, client_id: 'nobody'}, 401, 'invalid_client'],
      [{...machine, scope: 'nonsense'}, 400, 'invalid_scope'],
      [{...student, password: 'wrong'}, 401, 'invalid_grant'],
      [{...student, grant_type: 'nonsense'}, 400, 'unsupported_grant_type'],
      [{...student, grant_type: 'client_credentials'}, 401, 'unauthorized_client'],
    ] as const
    await use(async web => {
      await (await administrator(fixture.host, web)).realms.create(classRealm)
      for (const [form, status, error] of wrong) {
        expect(await tokens(fixture.host, web, form)).toMatchObject({status, error})
      }
    })
  })

  it('a member that 23 does not know, with a bare 500 for a realm and its name for a user', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => {
      const admin = await administrator(fixture.host, web)
      const odd = {realm: 'x', nonsense: 1}
      await expect(admin.realms.create(odd)).rejects.toMatchObject({
        response: {status: 500},
        responseData: {error: 'unknown_error'},
      })
      await admin.realms.create(classRealm)
      const person = {realm: 'mcp-gateway', username: 'x', nonsense: 1}
      await expect(admin.users.create(person)).rejects.toMatchObject({
        response: {status: 400},
        responseData: {error: expect.stringContaining('Unrecognized field "nonsense"')},
      })
    })
  })

  it('to do what only the real one can, and says so', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => {
      const admin = await administrator(fixture.host, web)
      await expect(
        admin.realms.create({realm: 'x', identityProviders: [{alias: 'github'}]}),
      ).rejects.toMatchObject({response: {status: 501}})
      await expect(admin.components.find({realm: 'master'})).rejects.toMatchObject({
        responseData: {error: expect.stringContaining('embedded account lacks')},
      })
    })
  })

  it('whoever is no administrator', async () => {
    const fixture = keycloakFixture()
    const use = await servePublicNames(fixture.world)
    await use(async web => {
      await (await administrator(fixture.host, web)).realms.create(classRealm)
      const {access_token} = await tokens(fixture.host, web, machine)
      const ask = (authorization: string) =>
        web.fetch(`https://${fixture.host}/admin/realms/mcp-gateway/users`, {headers: {authorization}})
      expect((await ask(`Bearer ${access_token}`)).status).toBe(403)
      expect((await ask('Bearer nonsense')).status).toBe(401)
      fixture.pass(28_900)
      expect((await ask(`Bearer ${access_token}`)).status).toBe(401)
    })
  })
})
