import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {ImageBuild} from './stub-tools.js'

/** Image and Dockerfile. */
const images = [
  ['registry', 'docker/Dockerfile.registry'],
  ['auth-server', 'docker/Dockerfile.auth'],
  ['keycloak', 'docker/keycloak/Dockerfile'],
  ['currenttime', 'docker/Dockerfile.mcp-server'],
  ['mcpgw', 'docker/Dockerfile.mcp-server'],
  ['realserverfaketools', 'docker/Dockerfile.mcp-server'],
  ['flight-booking-agent', 'agents/a2a/src/flight-booking-agent/Dockerfile'],
  ['travel-assistant-agent', 'agents/a2a/src/travel-assistant-agent/Dockerfile'],
] as const
const names = images.map(([name]) => name)

let build: ImageBuild

beforeEach(() => {
  build = new ImageBuild()
})
afterEach(() => {
  build.remove()
})

const pushes = () => build.calls.filter(call => call.startsWith('docker push'))

test('the script has no mistake of form', () => {
  const path = fileURLToPath(new URL('../../cloudformation/functions/build-images.sh', import.meta.url))
  expect(execFileSync('bash', ['-n', path], {encoding: 'utf8'})).toBe('')
})

describe('building from source', () => {
  beforeEach(() => {
    for (const [, dockerfile] of images) {
      build.write(
        `source/${dockerfile}`,
        '# syntax=docker/dockerfile:1\nFROM python:3.12 AS base\nFROM base\n',
      )
    }
    build.write('source/agents/a2a/pyproject.toml', '')
    build.write('source/agents/a2a/uv.lock', '')
  })

  test('pushes every image, with the tag of the environment and that of the commit', async () => {
    const {code, output} = await build.run({CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef'})
    expect(output).toContain('All 8 images are in place.')
    expect(code).toBe(0)
    const tags = ['latest', 'sha-0123456789ab']
    expect(pushes().sort()).toEqual(
      names.flatMap(name => tags.map(tag => `docker push --quiet registry.test/demo-${name}:${tag}`)).sort(),
    )
    // Once and from the mirror, although eight Dockerfiles name it.
    expect(build.calls.filter(call => call.startsWith('docker pull'))).toEqual([
      'docker pull --quiet --platform linux/amd64 public.ecr.aws/docker/library/python:3.12',
    ])
    expect(build.read('source/docker/Dockerfile.auth')).toBe(
      'FROM public.ecr.aws/docker/library/python:3.12 AS base\nFROM base\n',
    )
  })

  test('fails when one of eight fails, names it, and pushes the others', async () => {
    build.write('fail', 'keycloak')
    const {code, output} = await build.run()
    expect(output).toContain('1 of 8 images failed: keycloak')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('keycloak\n')
    expect(pushes()).toHaveLength(7)
  })

  test('pushes again what was refused once', async () => {
    build.write('refuse', 'mcpgw 1\n')
    const {code, output} = await build.run()
    expect(output).toContain('[mcpgw] denied: try again')
    expect(code).toBe(0)
    expect(pushes().filter(call => call.includes('demo-mcpgw:'))).toHaveLength(2)
  })

  test('gives up a push that is refused twice', async () => {
    build.write('refuse', 'mcpgw 2\n')
    const {code} = await build.run()
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('mcpgw\n')
  })
})

describe('importing', () => {
  const from = {CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v1/'}
  const tarball = (name: string) => `mcp-gateway-${name}.tar.gz`
  const give = (name: string) => build.write(`bucket/v1/${tarball(name)}`, `image ${name}`)
  const list = (content: (name: string) => string) =>
    build.write(
      'bucket/v1/SHA256SUMS',
      names
        .map(name => `${createHash('sha256').update(content(name)).digest('hex')}  ${tarball(name)}\n`)
        .join(''),
    )

  test('pushes every image under the name that its tarball has inside', async () => {
    names.forEach(give)
    list(name => `image ${name}`)
    const {code, output} = await build.run(from)
    expect(output).toContain('All 8 images are in place.')
    expect(code).toBe(0)
    expect(build.calls).toContain(
      'docker tag of-somebody/mcp-gateway-keycloak:1 registry.test/demo-keycloak:latest',
    )
    expect(pushes()).toHaveLength(8)
  })

  test('names a tarball that is missing', async () => {
    names.filter(name => name !== 'registry').forEach(give)
    const {code, output} = await build.run(from)
    expect(output).toContain('Missing or not readable: s3://images/v1/mcp-gateway-registry.tar.gz')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('registry\n')
  })

  test('refuses a tarball that is not the one in the list', async () => {
    names.forEach(give)
    list(name => (name === 'keycloak' ? 'another image' : `image ${name}`))
    const {code, output} = await build.run(from)
    expect(output).toContain('s3://images/v1/mcp-gateway-keycloak.tar.gz does not match SHA256SUMS')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('keycloak\n')
    expect(pushes().join()).not.toContain('keycloak')
  })

  test('takes the tarballs unchecked when there is no list, and says so', async () => {
    names.forEach(give)
    // A longer name is another file.
    build.write('bucket/v1/SHA256SUMS.asc', '')
    const {code, output} = await build.run(from)
    expect(output).toContain('No s3://images/v1/SHA256SUMS: the tarballs are taken unchecked.')
    expect(code).toBe(0)
  })

  test.each([
    'An error occurred (403) when calling the HeadObject operation: Forbidden',
    'An error occurred (SlowDown) when calling the HeadObject operation: Reduce your request rate.',
    'Could not connect to the endpoint URL',
  ])('imports nothing when the look-up of the list fails: %s', async error => {
    names.forEach(give)
    build.write('head-error', error)
    const {code, output} = await build.run(from)
    expect(output).toContain(`Cannot tell whether there is s3://images/v1/SHA256SUMS`)
    expect(output).toContain(error)
    expect(code).not.toBe(0)
    expect(build.calls.join('\n')).not.toMatch(/s3 cp|docker load|docker push/)
  })

  test('imports nothing when the list is there and cannot be fetched', async () => {
    names.forEach(give)
    list(name => `image ${name}`)
    build.write('copy-error', 'SHA256SUMS')
    const {code} = await build.run(from)
    expect(code).not.toBe(0)
    expect(pushes()).toEqual([])
  })
})
