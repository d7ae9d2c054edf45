import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {ImageBuild, imageKeys} from './stub-tools.js'

const agents = ['flight-booking-agent', 'travel-assistant-agent']

/** Dockerfiles of the shape that upstream's have: what they start from, and what installs. */
const dockerfiles = {
  'docker/Dockerfile.registry':
    '# syntax=docker/dockerfile:1\nFROM python:3.12-slim\nRUN curl https://deb.nodesource.com/setup_22.x | bash -\nRUN pip install uv && uv venv .venv\n',
  'docker/Dockerfile.auth':
    'FROM docker.io/library/python:3.12-slim AS base\nFROM base\nRUN pip install uv\n',
  'docker/keycloak/Dockerfile':
    'FROM quay.io/keycloak/keycloak:23.0 as builder\nENV KC_HEALTH_ENABLED=true\nENV KC_METRICS_ENABLED=true\nENV KC_METRICS_ENABLED "true"\nRUN /opt/keycloak/bin/kc.sh build --health-enabled=true --metrics-enabled=true\n\nFROM quay.io/keycloak/keycloak:23.0\nCOPY --from=builder /opt/keycloak/ /opt/keycloak/\n',
  'docker/Dockerfile.mcp-server': 'FROM python:3.12-slim\nARG SERVER_DIR\n',
  ...Object.fromEntries(
    agents.map(agent => [
      `agents/a2a/src/${agent}/Dockerfile`,
      `ARG TARGETPLATFORM\nFROM --platform=\${TARGETPLATFORM} public.ecr.aws/docker/library/python:3.12-slim\nRUN pip install uv\n`,
    ]),
  ),
}
const python = 'public.ecr.aws/docker/library/python:3.12-slim-bookworm'
const keycloak = 'quay.io/keycloak/keycloak:23.0.7'
const version = {UPSTREAM_VERSION: 'v1.0.7', CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef'}

let build: ImageBuild

function checkedOut(): ImageBuild {
  const made = new ImageBuild()
  for (const [file, text] of Object.entries(dockerfiles)) made.write(`source/${file}`, text)
  made.write('source/agents/a2a/pyproject.toml', '')
  made.write('source/agents/a2a/uv.lock', '')
  return made
}
beforeEach(() => {
  build = checkedOut()
})
afterEach(() => {
  build.remove()
})

/** The tags in the order in which the images were pushed under them. */
const pushedTags = () => build.pushes.map(call => call.split(':').at(-1))

describe('building from source', () => {
  test('pushes every image, with the tag of the environment last of all', async () => {
    const {code, output} = await build.run({
      ...version,
      IMAGE_SET: 'set-42',
      CLOUDFORMATION_REQUEST: 'https://secret.test',
    })
    expect(output).toContain(`All ${imageKeys.length} images are in place.`)
    expect(code).toBe(0)
    for (const tag of ['sha-0123456789ab', 'set-42', 'latest'])
      expect(build.pushes.filter(call => call.endsWith(`:${tag}`)).sort()).toEqual(
        imageKeys.map(key => `docker push --quiet registry.test/demo-${key}:${tag}`).sort(),
      )
    expect([...new Set(pushedTags())]).toEqual(['sha-0123456789ab', 'set-42', 'latest'])
    expect(pushedTags().lastIndexOf('set-42')).toBeLessThan(pushedTags().indexOf('latest'))
    // Whoever knows that address can answer CloudFormation.
    expect(build.calls.join()).not.toContain('secret.test')
  })

  test.each(imageKeys)('pushes nothing when %s fails, and names it', async key => {
    build.write('fail', key)
    const {code, output} = await build.run(version)
    expect(output).toContain(`1 of ${imageKeys.length} images failed: ${key}`)
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe(`${key}\n`)
    expect(build.pushes).toEqual([])
  })

  test('pushes again what was refused once', async () => {
    build.write('refuse', '1 docker push --quiet registry.test/demo-mcpgw:\n')
    const {code, output} = await build.run()
    expect(output).toContain('[mcpgw] denied: try again')
    expect(code).toBe(0)
    expect(build.pushes.filter(call => call.includes('demo-mcpgw:'))).toHaveLength(2)
  })

  test('leaves the tag of the environment where it is when a push is refused twice', async () => {
    build.write('refuse', '2 docker push --quiet registry.test/demo-mcpgw:\n')
    const {code} = await build.run(version)
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('mcpgw\n')
    expect(pushedTags()).not.toContain('latest')
  })
})

test('an agent takes its model from the task, and else the one that its source names', async () => {
  const file = 'source/agents/a2a/src/travel-assistant-agent/agent.py'
  const literal = '"us.anthropic.claude-haiku-4-5-20251001-v1:0"'
  const around = 'ask("anthropic.com")\n'
  build.write(file, `${around}agent(model=${literal})\n`)
  expect((await build.run(version)).code).toBe(0)
  const model = `__import__("os").getenv("BEDROCK_MODEL_ID", ${literal})`
  expect(build.read(file)).toBe(`${around}agent(model=${model})\n`)
})

describe('the commit that is built', () => {
  const pinned = 'e2e87f3'.padEnd(40, '0')
  const other = 'f'.repeat(40)
  const upstream = 'https://github.com/agentic-community/mcp-gateway-registry.git'
  const built = (UPSTREAM_VERSION: string, CODEBUILD_SOURCE_REPO_URL = upstream) =>
    build.run({UPSTREAM_VERSION, CODEBUILD_SOURCE_REPO_URL})

  test('is that of the pins', async () => {
    const {code, output} = await built('v1.0.7')
    expect(output).toContain(`Commit ${pinned}`)
    expect(code).toBe(0)
  })

  test('ends the build before anything is downloaded when the tag leads to another one', async () => {
    build.write('head', other)
    const {code, output} = await built('v1.0.7')
    expect(output).toContain(`v1.0.7 is commit ${other}, not e2e87f3: see docs/images.md`)
    expect(code).toBe(1)
    expect(build.calls.filter(call => /^(docker (pull|build|push)|curl)/.test(call))).toEqual([])
  })

  test('is the one that was given in full, and no other', async () => {
    build.write('head', other)
    expect((await built(other)).code).toBe(0)
    const {code, output} = await built(pinned)
    expect(output).toContain(`${pinned} is commit ${other}, not ${pinned}`)
    expect(code).toBe(1)
  })

  test.each([
    ['another version', 'v1.0.8', upstream],
    ['a branch', 'main', upstream],
    ['a tag of that name in a repository of somebody else', 'v1.0.7', 'https://github.com/somebody/a-fork'],
  ])('is whatever it is for %s', async (_, version, source) => {
    build.write('head', other)
    expect((await built(version, source)).code).toBe(0)
  })
})

/** A build of the pinned version in which nothing happens, into which several tests look. */
const plain = checkedOut()
let finished: Awaited<ReturnType<ImageBuild['run']>>
beforeAll(async () => {
  finished = await plain.run(version)
})
afterAll(() => {
  plain.remove()
})

describe('the pins', () => {
  const dockerfile = (name: string) => plain.read(`source/${name}`)
  const line = (text: string, start: string) => text.split('\n').filter(one => one.startsWith(start))

  test('hold what every image starts from, from the mirror and once each', () => {
    const {output} = finished
    expect(plain.calls.filter(call => call.startsWith('docker pull'))).toEqual(
      [python, keycloak].map(image => `docker pull --quiet --platform linux/amd64 ${image}`),
    )
    for (const image of [python, keycloak])
      expect(output).toMatch(new RegExp(`Base image ${image} is sha256:`))
    expect(line(dockerfile('docker/Dockerfile.auth'), 'FROM')).toEqual([
      `FROM ${python} AS base`,
      'FROM base',
    ])
    expect(line(dockerfile('docker/keycloak/Dockerfile'), 'FROM')).toEqual([
      `FROM ${keycloak} as builder`,
      `FROM ${keycloak}`,
    ])
    expect(line(dockerfile(`agents/a2a/src/${agents[0]}/Dockerfile`), 'FROM')).toEqual([
      `FROM --platform=\${TARGETPLATFORM} ${python}`,
    ])
    expect(dockerfile('docker/Dockerfile.registry')).toContain('nodesource.com/setup_20.x | bash')
  })

  test('hold packages to the date, uv and torch to a version, after every FROM', () => {
    const {output} = finished
    expect(output).toContain('Pins of v1.0.7: packages as of 2025-12-12T00:00:00Z, uv 0.13.9\n')
    expect(output).not.toContain('is built with them, too')
    for (const name of ['registry', 'auth', 'mcp-server']) {
      const text = dockerfile(`docker/Dockerfile.${name}`)
      const stages = text.split(/^FROM .*\n/m).slice(1)
      expect(stages.length).toBe(name === 'auth' ? 2 : 1)
      for (const stage of stages)
        expect(stage.split('\n').slice(0, 3)).toEqual([
          `RUN mkdir -p /etc/mcpgw && printf "%s\\n" 'uv==0.13.9' 'torch @ https://download.pytorch.org/whl/cpu/torch-2.9.1%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl#sha256=7417d8c565f219d3455654cb431c6d892a3eb40246055e14d645422de13b9ea1' > /etc/mcpgw/constraints.txt`,
          'ENV PIP_CONSTRAINT=/etc/mcpgw/constraints.txt',
          'ENV UV_EXCLUDE_NEWER=2025-12-12T00:00:00Z UV_CONSTRAINT=/etc/mcpgw/constraints.txt NPM_CONFIG_BEFORE=2025-12-12T00:00:00Z',
        ])
    }
  })

  test('hold uv for the agents, and leave their packages to the lock file', () => {
    for (const agent of agents) {
      const text = dockerfile(`agents/a2a/src/${agent}/Dockerfile`)
      expect(text).toContain('ENV PIP_CONSTRAINT=/etc/mcpgw/constraints.txt\n')
      expect(text).not.toContain('UV_EXCLUDE_NEWER')
    }
  })

  test('build Keycloak without distributed transactions', () => {
    const [builder = ''] = dockerfile('docker/keycloak/Dockerfile').split('kc.sh build')
    expect(builder).toContain('ENV KC_TRANSACTION_XA_ENABLED=false\n')
    expect(dockerfile('docker/keycloak/Dockerfile')).not.toContain('UV_')
  })

  test('build Keycloak without metrics and health, whatever its Dockerfile says', () => {
    const text = dockerfile('docker/keycloak/Dockerfile')
    expect(text.match(/metrics.*/gi)).toEqual([
      'METRICS_ENABLED=false',
      'METRICS_ENABLED "false"',
      'metrics-enabled=false',
    ])
    expect(text).toContain('ENV KC_HEALTH_ENABLED=false\n')
    expect(text).toContain('kc.sh build --health-enabled=false ')
  })

  test('are those of another version than is built: the log says so', async () => {
    const {code, output} = await build.run({...version, UPSTREAM_VERSION: 'v9'})
    expect(code).toBe(0)
    expect(output).toContain('Version v9 is built with them, too: see docs/images.md')
  })
})

describe('the registry image', () => {
  const model = 'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve'

  test('is completed with the model of the pinned revision, without the default site of nginx, and with its time limits', () => {
    const {code, output} = finished
    expect(code).toBe(0)
    const fetched = plain.calls.filter(call => call.startsWith('curl'))
    expect(fetched).toHaveLength(10)
    for (const call of fetched) expect(call).toContain(`${model}/c9745ed1d9f207416be6d2e6f8de32d1f16199bf/`)
    expect(output).toContain('model.safetensors: OK')
    const complete = plain.calls.filter(call => call.includes('complete.Dockerfile'))
    expect(complete).toEqual([expect.stringMatching(/ --tag mcp-gateway-registry:ready \S+\/model$/)])
    expect(plain.dockerfile(/complete\.Dockerfile$/)).toBe(
      'FROM mcp-gateway-registry:application\nCOPY . /app/registry/models/all-MiniLM-L6-v2/\nRUN rm -f /etc/nginx/sites-enabled/default\n' +
        'RUN echo "proxy_read_timeout 120s; keepalive_timeout 130s;" > /etc/nginx/conf.d/time-limits.conf\n',
    )
  })

  test.each([
    ['cannot be fetched', 'refuse', '99 model.safetensors\n'],
    ['is not the one that was pinned', 'model', 'other weights'],
  ])('is not built when its model %s', async (_, file, text) => {
    build.write(file, text)
    const {code} = await build.run(version)
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('registry\n')
    expect(build.calls.join('\n')).not.toMatch(/docker (build|push)/)
  })
})

test('the log tells what packages and which model each image has', async () => {
  build.write('packages-currenttime', 'mcp==1.23.3\nfancy @ file:///app\npydantic==2.12.5\n')
  build.write('models-registry', `${'a'.repeat(64)}  all-MiniLM-L6-v2/model.safetensors\n`)
  const {output} = await build.run(version)
  expect(output).toContain('[currenttime] mcp==1.23.3\n')
  expect(output).toContain(`[registry] ${'a'.repeat(64)}  all-MiniLM-L6-v2/model.safetensors\n`)
  expect(output).not.toContain('file:///app')
})
