import {expect, it} from 'vitest'
import {setFault} from '../../../../../src/rehearsal/faults/setting.js'
import {expiryTime} from '../../../../../src/rehearsal/services/ecs/containers/expiry.js'
import {administrator, machine, tokens, workshop} from './workshop.js'

it('a token expires when its time is over, where time passes as it does for everybody', async () => {
  const fixture = await workshop()
  await fixture.use(async web => {
    const admin = await administrator(fixture.keycloakUrl, web)
    const token = await admin.getAccessToken()
    const ask = async () => {
      const headers = {authorization: `Bearer ${token}`}
      return (await web.fetch(`${fixture.keycloakUrl}/admin/realms`, {headers})).status
    }
    fixture.pass(59)
    expect(await ask()).toBe(200)
    fixture.pass(2)
    expect(await ask()).toBe(401)
  })
})

it('in an account that is many times as fast a client has ten seconds of its own', async () => {
  const fixture = await workshop()
  const {world} = fixture
  expect(expiryTime(world)).toBe(world.now)
  world.clock.setSpeed(20_000)
  expect(world.now - expiryTime(world)).toBe(19_999 * 10_000)
  await fixture.use(async web => {
    const admin = await administrator(fixture.keycloakUrl, web)
    const token = await admin.getAccessToken()
    // A second of the machine's.
    fixture.pass(20_000)
    const headers = {authorization: `Bearer ${token}`}
    expect((await web.fetch(`${fixture.keycloakUrl}/admin/realms`, {headers})).status).toBe(200)
    setFault(world, 'broken-link what=expired-token')
    const {access_token} = await tokens(fixture.keycloakUrl, web, {...machine, scope: 'openid'})
    const userinfo = await web.fetch(
      `${fixture.keycloakUrl}/realms/mcp-gateway/protocol/openid-connect/userinfo`,
      {headers: {authorization: `Bearer ${access_token}`}},
    )
    expect(userinfo.status).toBe(401)
  })
})
