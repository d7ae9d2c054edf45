import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {describe, expect, it} from 'vitest'
import type {Web} from '../../../../../src/aws/web.js'
import {brokenLinkNames} from '../../../../../src/rehearsal/faults/broken-links.js'
import {setFault} from '../../../../../src/rehearsal/faults/setting.js'
import {breakTask} from '../../../../../src/rehearsal/services/ecs/tasks.js'
import {secondsUntil} from '../fixtures.js'
import {Browser} from './browser.js'
import {emptyWorkshop, machine, student, tokens, untilRoutes, type Workshop, workshop} from './workshop.js'

const person = {username: 'student-01', password: 'open sesame'}

interface Me {
  username: string
  scopes: string[]
  groups: string[]
}

/** A student logs in to the registry as a browser would. */
async function login({registryUrl}: Workshop, web: Web, who = person) {
  const browser = new Browser(web)
  const form = await browser.open(`${registryUrl}/oauth2/login/keycloak`)
  const page = await browser.submit(form, who)
  return {browser, form, page}
}

/** Lists the tools of a server with the official client. */
async function toolsOf(registryUrl: string, web: Web, name: string, headers: Record<string, string>) {
  const client = new Client({name: 'test', version: '1'})
  const url = new URL(`${registryUrl}/${name}/mcp`)
  await client.connect(new StreamableHTTPClientTransport(url, {fetch: web.fetch, requestInit: {headers}}))
  try {
    return {client, tools: (await client.listTools()).tools.map(tool => tool.name)}
  } finally {
    await client.close()
  }
}

describe('a student', () => {
  it('logs in, is somebody with scopes, and lists and calls a tool with the official MCP client', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    await fixture.use(async web => {
      const {browser, page} = await login(fixture, web)
      expect(page).toMatchObject({url: `${fixture.registryUrl}/`, status: 200})
      expect(page.body).toContain('MCP Gateway Registry')
      expect(await browser.json<Me>(`${fixture.registryUrl}/api/auth/me`)).toMatchObject({
        status: 200,
        body: {username: 'student-01', groups: ['registry-users-lob1'], scopes: ['registry-users-lob1']},
      })
      const {body} = await browser.json<{servers: {path: string}[]}>(`${fixture.registryUrl}/api/servers`)
      expect(body.servers.map(({path}) => path)).toEqual(['/currenttime', '/mcpgw'])
      const cookie = {cookie: browser.cookies(fixture.registryUrl)}
      const client = new Client({name: 'test', version: '1'})
      const url = new URL(`${fixture.registryUrl}/currenttime/mcp`)
      const transport = new StreamableHTTPClientTransport(url, {
        fetch: web.fetch,
        requestInit: {headers: cookie},
      })
      await client.connect(transport)
      expect((await client.listTools()).tools.map(({name}) => name)).toEqual(['current_time_by_timezone'])
      const answer = await client.callTool({
        name: 'current_time_by_timezone',
        arguments: {tz_name: 'Europe/Berlin'},
      })
      expect(answer.content).toEqual([
        {type: 'text', text: expect.stringMatching(/^2026-01-01 01:\d\d:\d\d \S+\+0100$/)},
      ])
      await client.close()
    })
  })

  it('may not use a server that his group has no scope for', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    await fixture.use(async web => {
      const {browser} = await login(fixture, web)
      const cookie = {cookie: browser.cookies(fixture.registryUrl)}
      await expect(toolsOf(fixture.registryUrl, web, 'realserverfaketools', cookie)).rejects.toMatchObject({
        code: 403,
      })
    })
  })

  it('is not asked again by a Keycloak that knows the browser', async () => {
    const fixture = await workshop()
    await fixture.use(async web => {
      const {browser} = await login(fixture, web)
      expect((await browser.open(`${fixture.registryUrl}/oauth2/login/keycloak`)).url).toBe(
        `${fixture.registryUrl}/`,
      )
    })
  })

  it('sees the form again after a wrong password, and can continue from there', async () => {
    const fixture = await workshop()
    await fixture.use(async web => {
      const {browser, page} = await login(fixture, web, {...person, password: 'wrong'})
      expect(page.body).toContain('Invalid username or password.')
      expect((await browser.submit(page, person)).url).toBe(`${fixture.registryUrl}/`)
    })
  })

  it('comes to a page of Keycloak when there is no realm', async () => {
    const fixture = await emptyWorkshop()
    await fixture.use(async web => {
      const page = await new Browser(web).open(`${fixture.registryUrl}/oauth2/login/keycloak`)
      expect(page).toMatchObject({status: 404, body: expect.stringContaining('Page not found')})
    })
  })

  it('is logged in no more when the task of Keycloak is another one', async () => {
    const fixture = await workshop()
    const refresh = await fixture.use(
      async web => (await tokens(fixture.keycloakUrl, web, student)).refresh_token,
    )
    const task = Object.values(fixture.region.tasks).find(({serviceName}) => serviceName === 'demo-keycloak')
    if (!task) throw new Error('no task')
    breakTask(fixture.world, fixture.region, task)
    fixture.pass(300)
    await fixture.use(async web => {
      const {username: _, password: __, ...client} = student
      const again = {...client, grant_type: 'refresh_token', refresh_token: refresh ?? ''}
      expect(await tokens(fixture.keycloakUrl, web, again)).toMatchObject({
        status: 400,
        error_description: 'Session not active',
      })
    })
  })
})

describe('a machine', () => {
  it.each(['authorization', 'x-authorization'])('lists tools with a token in %s', async header => {
    const fixture = await workshop()
    untilRoutes(fixture)
    await fixture.use(async web => {
      const {access_token} = await tokens(fixture.keycloakUrl, web, machine)
      const {tools} = await toolsOf(fixture.registryUrl, web, 'mcpgw', {[header]: `Bearer ${access_token}`})
      expect(tools).toContain('intelligent_tool_finder')
    })
  })

  it('gets 500 without a token, as the real gateway has it', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    await fixture.use(async web => {
      const answer = await web.fetch(`${fixture.registryUrl}/currenttime/mcp`, {method: 'POST', body: '{}'})
      expect(answer.status).toBe(500)
    })
  })

  it('finds no route before the health check that a server passed', async () => {
    const fixture = await workshop({healthCheckSeconds: 600})
    const task = Object.values(fixture.region.tasks).find(
      ({serviceName}) => serviceName === 'demo-currenttime',
    )
    if (!task) throw new Error('no task')
    const post = () =>
      fixture.use(
        async web => (await web.fetch(`${fixture.registryUrl}/currenttime/mcp`, {method: 'POST'})).status,
      )
    // nginx passes it on to the application, which knows no such path.
    task.startedAt = fixture.world.now
    expect(await post()).toBe(405)
    fixture.pass(601)
    expect(await post()).toBe(500)
  })
})

/** How far a student comes, and what happens there. */
async function wayOf(fixture: Workshop): Promise<string> {
  return fixture.use(async web => {
    const issuer = `${fixture.keycloakUrl}/realms/mcp-gateway`
    const configuration = await web.fetch(`${issuer}/.well-known/openid-configuration`)
    if (configuration.status !== 200) return `configuration ${configuration.status}`
    if (((await configuration.json()) as {issuer: string}).issuer !== issuer) return 'issuer'
    const browser = new Browser(web)
    const form = await browser.open(`${fixture.registryUrl}/oauth2/login/keycloak`)
    const page = await browser.submit(form, person)
    if (!page.url.startsWith(fixture.registryUrl)) {
      return `form ${page.status} ${/input-error[^>]*>([^<]+)|instruction">([^<]+)/.exec(page.body)?.slice(1).join('')}`
    }
    if (page.url !== `${fixture.registryUrl}/`) return new URL(page.url).search
    const {status, body} = await browser.json<Me>(`${fixture.registryUrl}/api/auth/me`)
    if (status !== 200) return `me ${status}`
    if (body.scopes.length === 0) return 'no scopes'
    const cookie = {cookie: browser.cookies(fixture.registryUrl)}
    try {
      const {tools} = await toolsOf(fixture.registryUrl, web, 'currenttime', cookie)
      if (tools.length === 0) return 'no tools'
    } catch (error) {
      return `tools ${(error as {code?: number}).code}`
    }
    const {access_token} = await tokens(fixture.keycloakUrl, web, machine)
    try {
      await toolsOf(fixture.registryUrl, web, 'currenttime', {authorization: `Bearer ${access_token}`})
    } catch (error) {
      return `machine ${(error as {code?: number}).code}`
    }
    return 'to the end'
  })
}

describe('a broken link', () => {
  it('lets a student come so far, and no further', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    expect(await wayOf(fixture)).toBe('to the end')
    const expected = {
      'no-realm': 'configuration 404',
      'http-issuer': 'issuer',
      'login-form': 'form 500 An internal server error has occurred',
      'no-user': 'form 200 Invalid username or password.',
      'user-disabled': 'form 200 Account is disabled, contact your administrator.',
      'no-groups': 'no scopes',
      'no-aud': 'machine 500',
      'expired-token': 'machine 500',
      'client-secret': '?error=oauth2_callback_failed',
      'no-cookie': 'me 401',
      'no-scopes': 'no scopes',
      'no-route': 'tools 405',
      'host-check': 'tools 421',
      'lost-sessions': 'tools 400',
      'no-tools': 'no tools',
    }
    const seen: Record<string, string> = {}
    for (const what of Object.keys(expected)) {
      const {id} = setFault(fixture.world, `broken-link what=${what}`)
      seen[what] = await wayOf(fixture)
      fixture.world.account.faults = fixture.world.account.faults?.filter(fault => fault.id !== id)
    }
    expect(seen).toEqual(expected)
    // Those that another test here is about.
    const others = ['unknown-key', 'default-site']
    expect([...Object.keys(expected), ...others].sort()).toEqual([...brokenLinkNames].sort())
    expect(await wayOf(fixture)).toBe('to the end')
  })

  it('of the keys is seen when the auth server asks for them anew', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    setFault(fixture.world, 'broken-link what=unknown-key')
    expect(await wayOf(fixture)).toBe('machine 500')
  })

  it('in one service leaves the others alone', async () => {
    const fixture = await workshop()
    untilRoutes(fixture)
    setFault(fixture.world, 'broken-link *-mcpgw what=no-tools')
    expect(await wayOf(fixture)).toBe('to the end')
    setFault(fixture.world, 'broken-link *-currenttime what=no-tools')
    expect(await wayOf(fixture)).toBe('no tools')
  })

  it('at the health check makes the registry unhealthy, although its pages are there', async () => {
    const fixture = await workshop()
    setFault(fixture.world, 'broken-link *-registry what=default-site')
    fixture.pass(1)
    const states = () => (fixture.registryGroup.data.targets as {state: string; description?: string}[])[0]
    secondsUntil(fixture, () => states()?.state === 'unhealthy')
    expect(states()?.description).toBe('Health checks failed with these codes: [404]')
    await fixture.use(async web =>
      expect((await web.fetch(`${fixture.registryUrl}/health`)).status).toBe(200),
    )
  })
})
