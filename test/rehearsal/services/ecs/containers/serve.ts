import {expect, onTestFinished} from 'vitest'
import {createWeb, type UseWeb} from '../../../../../src/aws/web.js'
import type {World} from '../../../../../src/rehearsal/account/world.js'
import {
  answerPublicRequest,
  isHostedName,
} from '../../../../../src/rehearsal/services/route53/public-hosts.js'
import {createWireServer} from '../../../../../src/rehearsal/wire/index.js'

/** Serves an account's public names on loopback until the test ends, for clients that know nothing of it. */
export async function servePublicNames(world: World): Promise<UseWeb> {
  const errors: unknown[] = []
  const server = await createWireServer({
    handle: () => Promise.reject(new Error('No API here.')),
    hosts: name => isHostedName(world, name),
    onPlainRequest: ({method, host, path, query, headers, body}) =>
      answerPublicRequest(world, {
        method,
        host: headers.host ?? host,
        path: query.size > 0 ? `${path}?${query}` : path,
        headers,
        body: Buffer.from(body).toString('utf8'),
      }),
    // The server answers 500 and goes on: the test is told what it was.
    onError: error => void errors.push(error),
  })
  onTestFinished(async () => {
    await server.close()
    expect(errors).toEqual([])
  })
  return createWeb(server.url)
}
