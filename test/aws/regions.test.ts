import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {expect, it} from 'vitest'
import {regions} from '../../src/aws/regions.js'
import {resolveRegion} from '../../src/aws/settings.js'

it('are those of the SDK', () => {
  const core = dirname(createRequire(import.meta.url).resolve('@aws-sdk/core/package.json'))
  const file = join(core, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js')
  const names = readFileSync(file, 'utf8').matchAll(/"([a-z]{2,4}(?:-[a-z]+)+-\d+)"/g)
  expect(regions).toEqual([...new Set(Array.from(names, ([, name]) => name))].sort())
})

const none = {AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null'}

it.each([
  ['--region', 'us-wset-2', {}],
  ['AWS_REGION', undefined, {AWS_REGION: 'us-wset-2'}],
  ['AWS_DEFAULT_REGION', undefined, {AWS_DEFAULT_REGION: 'us-wset-2'}],
])(
  'that are none are refused, with what named them and the nearest: %s',
  async (source, region, variables) => {
    await expect(resolveRegion({region}, {...none, ...variables})).rejects.toMatchObject({
      code: 'INVALID_REGION',
      exitCode: 2,
      message: `${source} is "us-wset-2", and AWS has no region of that name. Did you mean us-west-2?`,
      hint: expect.stringContaining('MCPGW_NEW_REGION=us-wset-2'),
    })
  },
)

it('that are newer than mcpgw are taken when they are named once more', async () => {
  const env = {...none, AWS_REGION: 'eu-south-7', MCPGW_NEW_REGION: 'eu-south-7'}
  expect(await resolveRegion({}, env)).toBe('eu-south-7')
})
