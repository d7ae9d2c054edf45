import {createHash} from 'node:crypto'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {ImageBuild, imageKeys} from './stub-tools.js'

const from = {CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v1/'}
const tarball = (key: string) => `mcp-gateway-${key}.tar.gz`

let build: ImageBuild

beforeEach(() => {
  build = new ImageBuild()
})
afterEach(() => {
  build.remove()
})

function give(...keys: string[]) {
  for (const key of keys) build.write(`bucket/v1/${tarball(key)}`, `image ${key}`)
}

function list(content: (key: string) => string) {
  const line = (key: string) =>
    `${createHash('sha256').update(content(key)).digest('hex')}  ${tarball(key)}\n`
  build.write('bucket/v1/SHA256SUMS', imageKeys.map(line).join(''))
}

describe('importing', () => {
  test('pushes every image under the name that its tarball has inside', async () => {
    give(...imageKeys)
    list(key => `image ${key}`)
    // Each is tried once more.
    const refused = [`s3 cp --only-show-errors s3://images/v1/${tarball('mcpgw')}`, 'list-objects-v2']
    build.write('refuse', refused.map(part => `1 ${part}\n`).join(''))
    const {code, output} = await build.run(from)
    expect(output).toContain('[mcpgw] denied: try again')
    expect(output).toContain(`All ${imageKeys.length} images are in place.`)
    expect(code).toBe(0)
    expect(build.calls).toContain('docker tag of-somebody/mcp-gateway-keycloak:1 mcp-gateway-keycloak:ready')
    expect(build.pushes).toHaveLength(8)
    // The listing is all that the role needs to be allowed beside the tarballs themselves.
    expect(build.calls.filter(call => call.startsWith('aws s3api')).slice(1)).toEqual([
      'aws s3api list-objects-v2 --bucket images --prefix v1/ --delimiter / --query Contents[].[Key] --output text',
    ])
  })

  test('keeps the set apart from others, and moves the tag of the environment last', async () => {
    give(...imageKeys)
    const {code} = await build.run({...from, IMAGE_SET: 'set-42'})
    expect(code).toBe(0)
    const tags = build.pushes.map(call => call.split(':').at(-1))
    expect(tags).toEqual([...Array(8).fill('set-42'), ...Array(8).fill('latest')])
  })

  test('names every tarball that is missing, and imports nothing', async () => {
    give(...imageKeys.filter(key => key !== 'registry' && key !== 'mcpgw'))
    // Neither a longer name nor another folder is the file.
    build.write(`bucket/v1/${tarball('registry')}.old`, '')
    build.write(`bucket/v1/v1/${tarball('registry')}`, '')
    const {code, output} = await build.run(from)
    expect(output).toContain('Missing: s3://images/v1/mcp-gateway-registry.tar.gz')
    expect(output).toContain('Missing: s3://images/v1/mcp-gateway-mcpgw.tar.gz')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('registry mcpgw\n')
    expect(build.calls.join('\n')).not.toMatch(/s3 cp|docker load/)
  })

  test('says so when there is nothing at all', async () => {
    const {code} = await build.run(from)
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe(`${imageKeys.join(' ')}\n`)
  })

  test('refuses a tarball that is not the one in the list', async () => {
    give(...imageKeys)
    list(key => (key === 'keycloak' ? 'another image' : `image ${key}`))
    const {code, output} = await build.run(from)
    expect(output).toContain('s3://images/v1/mcp-gateway-keycloak.tar.gz does not match SHA256SUMS')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('keycloak\n')
    // Neither are the others: together with what is there already they would be no set.
    expect(build.pushes).toEqual([])
  })

  test('refuses an image for other processors', async () => {
    give(...imageKeys)
    build.write('architecture', 'linux/arm64\n')
    const {code, output} = await build.run(from)
    expect(output).toContain('is for linux/arm64; the services run on linux/amd64')
    expect(code).toBe(1)
    expect(build.pushes).toEqual([])
  })

  test('takes the tarballs unchecked when there is no list, and says so', async () => {
    give(...imageKeys)
    // A longer name is another file.
    build.write('bucket/v1/SHA256SUMS.asc', '')
    const {code, output} = await build.run(from)
    expect(output).toContain('No s3://images/v1/SHA256SUMS: the tarballs are taken unchecked.')
    expect(code).toBe(0)
  })

  test.each([
    'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied',
    'An error occurred (SlowDown) when calling the ListObjectsV2 operation: Reduce your request rate.',
    'Could not connect to the endpoint URL',
  ])('imports nothing when the bucket cannot be listed: %s', async error => {
    give(...imageKeys)
    build.write('refuse', '2 list-objects-v2\n')
    build.write('refusal', error)
    const {code, output} = await build.run(from)
    expect(output).toContain('Cannot tell what s3://images/v1/ holds')
    expect(output).toContain(error)
    expect(code).not.toBe(0)
    expect(build.calls.join('\n')).not.toMatch(/s3 cp|docker load|docker push/)
  })

  test('imports nothing when the list is there and cannot be fetched', async () => {
    give(...imageKeys)
    list(key => `image ${key}`)
    build.write('refuse', '2 s3 cp --only-show-errors s3://images/v1/SHA256SUMS\n')
    const {code} = await build.run(from)
    expect(code).not.toBe(0)
    expect(build.calls.join('\n')).not.toMatch(/docker load|docker push/)
  })

  test('names the tarball that S3 refuses to hand out', async () => {
    give(...imageKeys)
    build.write('refuse', `9 s3 cp --only-show-errors s3://images/v1/${tarball('mcpgw')}\n`)
    build.write(
      'refusal',
      'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden',
    )
    const {code, output} = await build.run(from)
    expect(output).toContain('[mcpgw] fatal error: An error occurred (403)')
    expect(output).toContain('[mcpgw] Not readable: s3://images/v1/mcp-gateway-mcpgw.tar.gz')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('mcpgw\n')
  })
})
