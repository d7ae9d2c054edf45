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
    const scene = await workshop()
    untilRoutes(scene)
    await scene.use(async web => {
      const {browser, page} = await login(scene, web)
      expect(page).toMatchObject({url: `${scene.registryUrl}/`, status: 200})
      expect(page.body).toContain('MCP Gateway Registry')
      expect(await browser.json<Me>(`${scene.registryUrl}/api/auth/me`)).toMatchObject({
        status: 200,
        body: {username: 'student-01', groups: ['registry-users-lob1'], scopes: ['registry-users-lob1']},
      })
      const {body} = await browser.json<{servers: {path: string}[]}>(`${scene.registryUrl}/api/servers`)
      expect(body.servers.map(({path}) => path)).toEqual(['/currenttime', '/mcpgw'])
      const cookie = {cookie: browser.cookies(scene.registryUrl)}
      const client = new Client({name: 'test', version: '1'})
      const url = new URL(`${scene.registryUrl}/currenttime/mcp`)
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
    const scene = await workshop()
    untilRoutes(scene)
    await scene.use(async web => {
      const {browser} = await login(scene, web)
      const cookie = {cookie: browser.cookies(scene.registryUrl)}
      await expect(toolsOf(scene.registryUrl, web, 'realserverfaketools', cookie)).rejects.toMatchObject({
        code: 403,
      })
    })
  })

  it('is not asked again by a Keycloak that knows the browser', async () => {
    const scene = await workshop()
    await scene.use(async web => {
      const {browser} = await login(scene, web)
      expect((await browser.open(`${scene.registryUrl}/oauth2/login/keycloak`)).url).toBe(
        `${scene.registryUrl}/`,
      )
    })
  })

  it('sees the form again after a wrong password, and can go on from there', async () => {
    const scene = await workshop()
    await scene.use(async web => {
      const {browser, page} = await login(scene, web, {...person, password: 'wrong'})
      expect(page.body).toContain('Invalid username or password.')
      expect((await browser.submit(page, person)).url).toBe(`${scene.registryUrl}/`)
    })
  })

  it('comes to a page of Keycloak when there is no realm', async () => {
    const scene = await emptyWorkshop()
    await scene.use(async web => {
      const page = await new Browser(web).open(`${scene.registryUrl}/oauth2/login/keycloak`)
      expect(page).toMatchObject({status: 404, body: expect.stringContaining('Page not found')})
    })
  })

  it('is logged in no more when the task of Keycloak is another one', async () => {
    const scene = await workshop()
    const refresh = await scene.use(
      async web => (await tokens(scene.keycloakUrl, web, student)).refresh_token,
    )
    const task = Object.values(scene.region.tasks).find(({serviceName}) => serviceName === 'demo-keycloak')
    if (!task) throw new Error('no task')
    breakTask(scene.world, scene.region, task)
    scene.pass(300)
    await scene.use(async web => {
      const {username: _, password: __, ...client} = student
      const again = {...client, grant_type: 'refresh_token', refresh_token: refresh ?? ''}
      expect(await tokens(scene.keycloakUrl, web, again)).toMatchObject({
        status: 400,
        error_description: 'Session not active',
      })
    })
  })
})

describe('a machine', () => {
  it.each(['authorization', 'x-authorization'])('lists tools with a token in %s', async header => {
    const scene = await workshop()
    untilRoutes(scene)
    await scene.use(async web => {
      const {access_token} = await tokens(scene.keycloakUrl, web, machine)
      const {tools} = await toolsOf(scene.registryUrl, web, 'mcpgw', {[header]: `Bearer ${access_token}`})
      expect(tools).toContain('intelligent_tool_finder')
    })
  })

  it('gets 500 without a token, as the real gateway has it', async () => {
    const scene = await workshop()
    untilRoutes(scene)
    await scene.use(async web => {
      const answer = await web.fetch(`${scene.registryUrl}/currenttime/mcp`, {method: 'POST', body: '{}'})
      expect(answer.status).toBe(500)
    })
  })

  it('finds no route before the health check that a server passed', async () => {
    const scene = await workshop({healthCheckSeconds: 600})
    const task = Object.values(scene.region.tasks).find(({serviceName}) => serviceName === 'demo-currenttime')
    if (!task) throw new Error('no task')
    const post = () =>
      scene.use(
        async web => (await web.fetch(`${scene.registryUrl}/currenttime/mcp`, {method: 'POST'})).status,
      )
    // nginx passes it on to the application, which knows no such path.
    task.startedAt = scene.world.now
    expect(await post()).toBe(405)
    scene.pass(601)
    expect(await post()).toBe(500)
  })
})

/** How far a student comes, and what happens there. */
async function wayOf(scene: Workshop): Promise<string> {
  return scene.use(async web => {
    const issuer = `${scene.keycloakUrl}/realms/mcp-gateway`
    const configuration = await web.fetch(`${issuer}/.well-known/openid-configuration`)
    if (configuration.status !== 200) return `configuration ${configuration.status}`
    if (((await configuration.json()) as {issuer: string}).issuer !== issuer) return 'issuer'
    const browser = new Browser(web)
    const form = await browser.open(`${scene.registryUrl}/oauth2/login/keycloak`)
    const page = await browser.submit(form, person)
    if (!page.url.startsWith(scene.registryUrl)) {
      return `form ${page.status} ${/input-error[^>]*>([^<]+)|instruction">([^<]+)/.exec(page.body)?.slice(1).join('')}`
    }
    if (page.url !== `${scene.registryUrl}/`) return new URL(page.url).search
    const {status, body} = await browser.json<Me>(`${scene.registryUrl}/api/auth/me`)
    if (status !== 200) return `me ${status}`
    if (body.scopes.length === 0) return 'no scopes'
    const cookie = {cookie: browser.cookies(scene.registryUrl)}
    try {
      const {tools} = await toolsOf(scene.registryUrl, web, 'currenttime', cookie)
      if (tools.length === 0) return 'no tools'
    } catch (error) {
      return `tools ${(error as {code?: number}).code}`
    }
    const {access_token} = await tokens(scene.keycloakUrl, web, machine)
    try {
      await toolsOf(scene.registryUrl, web, 'currenttime', {authorization: `Bearer ${access_token}`})
    } catch (error) {
      return `machine ${(error as {code?: number}).code}`
    }
    return 'to the end'
  })
}

describe('a broken link', () => {
  it('lets a student come so far, and no further', async () => {
    const scene = await workshop()
    untilRoutes(scene)
    expect(await wayOf(scene)).toBe('to the end')
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
      const {id} = setFault(scene.world, `broken-link what=${what}`)
      seen[what] = await wayOf(scene)
      scene.world.account.faults = scene.world.account.faults?.filter(fault => fault.id !== id)
    }
    expect(seen).toEqual(expected)
    // Those that another test here is about.
    const others = ['unknown-key', 'default-site']
    expect([...Object.keys(expected), ...others].sort()).toEqual([...brokenLinkNames].sort())
    expect(await wayOf(scene)).toBe('to the end')
  })

  it('of the keys is seen when the auth server asks for them anew', async () => {
    const scene = await workshop()
    untilRoutes(scene)
    setFault(scene.world, 'broken-link what=unknown-key')
    expect(await wayOf(scene)).toBe('machine 500')
  })

  it('in one service leaves the others alone', async () => {
    const scene = await workshop()
    untilRoutes(scene)
    setFault(scene.world, 'broken-link *-mcpgw what=no-tools')
    expect(await wayOf(scene)).toBe('to the end')
    setFault(scene.world, 'broken-link *-currenttime what=no-tools')
    expect(await wayOf(scene)).toBe('no tools')
  })

  it('at the health check makes the registry unhealthy, although its pages are there', async () => {
    const scene = await workshop()
    setFault(scene.world, 'broken-link *-registry what=default-site')
    scene.pass(1)
    const states = () => (scene.registryGroup.data.targets as {state: string; description?: string}[])[0]
    secondsUntil(scene, () => states()?.state === 'unhealthy')
    expect(states()?.description).toBe('Health checks failed with these codes: [404]')
    await scene.use(async web => expect((await web.fetch(`${scene.registryUrl}/health`)).status).toBe(200))
  })
})
