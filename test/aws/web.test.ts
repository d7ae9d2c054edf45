import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, it} from 'vitest'
import {createWeb} from '../../src/aws/web.js'

describe('the web', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  async function standIn(): Promise<string> {
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, {location: '/elsewhere'})
      response.end(`${request.headers.host}${request.url}`)
    })
    servers.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it('reaches public https names at a loopback endpoint', async () => {
    const web = createWeb(await standIn())
    const body = await web(async ({fetch}) => (await fetch('https://abc.cloudfront.net/x')).text())
    expect(body).toBe('abc.cloudfront.net/x')
  })

  it('follows no redirect by itself', async () => {
    const web = createWeb(await standIn())
    const answer = await web(async ({fetch}) => {
      const {status, headers} = await fetch('https://abc.cloudfront.net/moved')
      return [status, headers.get('location')]
    })
    expect(answer).toEqual([302, '/elsewhere'])
  })

  it('lets its connections serve a library that calls fetch itself', async () => {
    const web = createWeb(await standIn())
    const body = await web(async ({dispatcher}) => {
      const options: object = {dispatcher}
      return (await fetch('https://abc.cloudfront.net/y', options)).text()
    })
    expect(body).toBe('abc.cloudfront.net/y')
  })
})
