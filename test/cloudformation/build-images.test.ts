import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {ImageBuild, imageKeys} from './stub-tools.js'

const dockerfiles = [
  'docker/Dockerfile.registry',
  'docker/Dockerfile.auth',
  'docker/keycloak/Dockerfile',
  'docker/Dockerfile.mcp-server',
  'agents/a2a/src/flight-booking-agent/Dockerfile',
  'agents/a2a/src/travel-assistant-agent/Dockerfile',
]

let build: ImageBuild

beforeEach(() => {
  build = new ImageBuild()
  for (const dockerfile of dockerfiles)
    build.write(`source/${dockerfile}`, '# syntax=docker/dockerfile:1\nFROM python:3.12 AS base\nFROM base\n')
  build.write('source/agents/a2a/pyproject.toml', '')
  build.write('source/agents/a2a/uv.lock', '')
})
afterEach(() => {
  build.remove()
})

describe('building from source', () => {
  test('pushes every image, with the tag of the environment and that of the commit', async () => {
    const {code, output} = await build.run({
      CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef',
      CLOUDFORMATION_REQUEST: 'https://secret.test',
    })
    expect(output).toContain('All 8 images are in place.')
    expect(code).toBe(0)
    const tags = ['latest', 'sha-0123456789ab']
    expect([...build.pushes].sort()).toEqual(
      imageKeys
        .flatMap(key => tags.map(tag => `docker push --quiet registry.test/demo-${key}:${tag}`))
        .sort(),
    )
    // Whoever knows that address can answer CloudFormation.
    expect(build.calls.join()).not.toContain('secret.test')
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
    expect(build.pushes).toHaveLength(7)
  })

  test('pushes again what was refused once', async () => {
    build.write('refuse', '1 docker push --quiet registry.test/demo-mcpgw:\n')
    const {code, output} = await build.run()
    expect(output).toContain('[mcpgw] denied: try again')
    expect(code).toBe(0)
    expect(build.pushes.filter(call => call.includes('demo-mcpgw:'))).toHaveLength(2)
  })

  test('gives up a push that is refused twice', async () => {
    build.write('refuse', '2 docker push --quiet registry.test/demo-mcpgw:\n')
    const {code} = await build.run()
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('mcpgw\n')
  })
})
