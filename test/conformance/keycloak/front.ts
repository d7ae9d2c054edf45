import {createServer, request} from 'node:http'

/** What is before Keycloak: CloudFront and a load balancer, or a load balancer alone. */
export interface Front {
  /** `http://127.0.0.1:<port>`: where the requests for the public host name are to be sent. */
  readonly endpoint: string
  stop(): Promise<void>
}

/** Public addresses, of the ranges for documentation: a viewer, and a point of presence of CloudFront. */
const viewer = '203.0.113.7'
const pointOfPresence = '198.51.100.20'

/**
 * Passes requests on as the load balancer does, with the viewer's Host. TLS ends before it: a client speaks plain HTTP
 * to it, as `createWeb` does with what stands in for AWS.
 * Source: Elastic Load Balancing user guide, "HTTP headers and Application Load Balancers" (X-Forwarded-Proto and
 * -Port tell of the connection to the load balancer); CloudFront developer guide, "Request and response behavior for
 * custom origins" (X-Forwarded-Proto of a viewer is removed).
 *
 * @param viewerScheme what the load balancer sees: `http` behind CloudFront, whose origin is HTTP only, else `https`
 */
export async function startFront(targetPort: number, viewerScheme: 'http' | 'https'): Promise<Front> {
  const isBehindCloudFront = viewerScheme === 'http'
  const added = {
    'x-forwarded-for': isBehindCloudFront ? `${viewer}, ${pointOfPresence}` : viewer,
    'x-forwarded-proto': viewerScheme,
    'x-forwarded-port': isBehindCloudFront ? '80' : '443',
    'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
    ...(isBehindCloudFront && {via: '2.0 0123456789abcdef.cloudfront.net (CloudFront)'}),
  }
  const server = createServer((incoming, outgoing) => {
    const {method, url, headers} = incoming
    const passed = request(
      {host: '127.0.0.1', port: targetPort, method, path: url, headers: {...headers, ...added}},
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    passed.once('error', () => outgoing.writeHead(502).end())
    incoming.pipe(passed)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The front has no port.')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
