import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ImageBuild} from '../../cloudformation/stub-tools.js'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** What the build writes into a Dockerfile for packages: the environment, and the file of constraints. */
export interface Pins {
  env: Record<string, string>
  constraints: string
}

/** The pins that build-images.sh writes into the Dockerfile of the MCP servers, its commands run in `place`. */
export async function writtenPins(place: string): Promise<Pins> {
  const build = new ImageBuild()
  try {
    const agents = ['flight-booking-agent', 'travel-assistant-agent'].map(
      name => `agents/a2a/src/${name}/Dockerfile`,
    )
    const others = ['docker/Dockerfile.registry', 'docker/Dockerfile.auth', 'docker/keycloak/Dockerfile']
    for (const file of [...agents, ...others, 'docker/Dockerfile.mcp-server'])
      build.write(`source/${file}`, 'FROM python:3.12-slim\n')
    for (const file of ['pyproject.toml', 'uv.lock']) build.write(`source/agents/a2a/${file}`, '')
    const {code, output} = await build.run()
    if (code !== 0) throw new Error(output)
    const lines = build
      .read('source/docker/Dockerfile.mcp-server')
      .replaceAll('/etc/mcpgw', place)
      .split('\n')
    const after = (word: string) =>
      lines.flatMap(line => (line.startsWith(word) ? line.slice(word.length) : []))
    for (const command of after('RUN ')) execFileSync('sh', ['-c', command])
    const env = Object.fromEntries(
      after('ENV ')
        .flatMap(line => line.split(' '))
        .map(entry => entry.split('=') as [string, string]),
    )
    return {env, constraints: readFileSync(env.UV_CONSTRAINT ?? '', 'utf8')}
  } finally {
    build.remove()
  }
}

/** Gives out a wheel of no content under the path of torch's, and leads the constraints there. */
export async function withTorchFrom(place: string, {env, constraints}: Pins) {
  const [, origin = '', path = '', sha256 = ''] =
    /^torch @ (https:\/\/[^/]+)(\S+)#sha256=([0-9a-f]{64})$/m.exec(constraints) ?? []
  mkdirSync(place, {recursive: true})
  const file = join(place, decodeURIComponent(path.split('/').at(-1) ?? ''))
  execFileSync('python3', [join(folder, 'torch_wheel.py'), file])
  const wheel = readFileSync(file)
  const server = createServer((request, response) => {
    if (request.url !== path) return response.writeHead(404).end()
    response
      .writeHead(200, {'content-length': wheel.length})
      .end(request.method === 'HEAD' ? undefined : wheel)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const local = (sum: string) => constraints.replace(origin, here).replace(sha256, sum)
  const write = (name: string, text: string) => {
    writeFileSync(join(place, name), text)
    return {...env, UV_CONSTRAINT: join(place, name)}
  }
  return {
    env: write('constraints.txt', local(createHash('sha256').update(wheel).digest('hex'))),
    /** With the checksum of the real wheel, which this one has not. */
    envOfOther: write('other.txt', local(sha256)),
    close: () => new Promise(resolve => server.close(resolve)),
  }
}
