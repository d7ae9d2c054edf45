import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {createServer, type RequestListener, type Server} from 'node:http'
import {createServer as createTlsServer} from 'node:https'
import {type AddressInfo, connect, type Socket} from 'node:net'
import path from 'node:path'
import {onTestFinished} from 'vitest'

/** Makes a certificate that vouches for itself, as a proxy's does that looks into what passes. */
export function certificateIn(folder: string, ...names: string[]): {key: string; cert: string; file: string} {
  const file = path.join(folder, 'authority.pem')
  const keyFile = path.join(folder, 'key.pem')
  const alternatives = names.map(name => `DNS:${name}`).join(',')
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const subject = ['-subj', '/CN=mcpgw test', '-addext', `subjectAltName=${alternatives}`]
  execFileSync('openssl', ['req', '-x509', ...what, ...subject, '-keyout', keyFile, '-out', file], {
    stdio: 'ignore',
  })
  return {key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file}
}

/** A TLS server on loopback; only its port is told, its name is whatever a proxy makes of it. */
export async function tlsServer(
  certificate: {key: string; cert: string},
  answer: RequestListener,
): Promise<number> {
  const server = createTlsServer(certificate, answer)
  return listening(server)
}

/** A proxy that opens a way to this machine, whatever name is asked for, or refuses with `status`. */
export async function connectProxy(status = 200) {
  const asked: {destination: string | undefined; authorization: string | undefined}[] = []
  const server = createServer((request, response) => {
    asked.push({destination: request.url, authorization: request.headers['proxy-authorization']})
    response.writeHead(status === 200 ? 204 : status).end()
  })
  const sockets = new Set<Socket>()
  server.on('connect', (request, socket: Socket) => {
    asked.push({destination: request.url, authorization: request.headers['proxy-authorization']})
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\n\r\nno`)
    const port = Number(request.url?.split(':').at(-1))
    const way = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      way.pipe(socket).pipe(way)
    })
    for (const each of [way, socket]) {
      sockets.add(each)
      each.on('error', () => each.destroy())
    }
  })
  const port = await listening(server)
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  return {address: `127.0.0.1:${port}`, asked}
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Where settings of the machine are read from: nothing of AWS and no proxy, but what the test sets. */
export function emptyFile(folder: string): string {
  const file = path.join(folder, 'config')
  writeFileSync(file, '')
  return file
}
