import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {afterAll, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest'
import Deploy from '../../src/commands/deploy.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bad input is refused before anything is called: the only endpoint that could be called counts. The command runs as the
 * program would run it, in this process: that the built program does the same is in test/e2e/bad-input.test.ts.
 */
describe('bad input', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bad-input-'))
  let server: Server
  let config: Config
  let calls = 0
  let stdout = ''
  const file = (name: string, content: string) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const ranges = (count: number) => Array.from({length: count}, (_, index) => `10.${index}.0.0/16`).join()
  beforeAll(async () => {
    config = await Config.load(root)
    server = createServer((_, response) => {
      calls += 1
      response.statusCode = 500
      response.end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.close()
    rmSync(folder, {recursive: true, force: true})
  })
  beforeEach(() => {
    for (const name of Object.keys(process.env).filter(name => /^(AWS|MCPGW)_/.test(name)))
      vi.stubEnv(name, undefined)
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'x')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'y')
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'no-config'))
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'no-credentials'))
    vi.stubEnv('MCPGW_REHEARSAL_STATE', join(folder, 'account.json'))
    vi.stubEnv('MCPGW_RUNS_DIR', join(folder, 'runs'))
    vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    vi.spyOn(process.stdout, 'write').mockImplementation(chunk => {
      stdout += chunk
      return true
    })
    return () => {
      vi.restoreAllMocks()
      process.exitCode = undefined
    }
  })

  const cases: [title: string, args: () => string[], code: string, says: RegExp][] = [
    [
      'an unknown parameter, with the name that was meant',
      () => ['--set', 'TargetCpuUtilisation=60'],
      'UNKNOWN_PARAMETER',
      /TargetCpuUtilisation.*TargetCpuUtilization/s,
    ],
    ['a value against its pattern', () => ['--set', 'VpcCidr=ten'], 'INVALID_PARAMETER', /VpcCidr/],
    ['a value that is not allowed', () => ['--set', 'ServiceCpu=1000'], 'INVALID_PARAMETER', /ServiceCpu/],
    ['a number that is none', () => ['--set', 'MinCapacity=one'], 'INVALID_PARAMETER', /MinCapacity/],
    [
      'a password that is too short',
      () => ['--set', 'KeycloakAdminPassword=short'],
      'INVALID_PARAMETER',
      /KeycloakAdminPassword/,
    ],
    ['--set without a value', () => ['--set', 'MinCapacity'], 'INVALID_SET', /--set/],
    [
      'malformed JSON, with file and line',
      () => ['--parameters', file('bad.json', '{\n  "MinCapacity": 2,\n}\n')],
      'PARAMETERS_FILE_MALFORMED',
      /bad\.json:3/,
    ],
    [
      'malformed YAML, with file and line',
      () => ['--parameters', file('bad.yaml', 'MinCapacity: 2\nMaxCapacity: [1\n')],
      'PARAMETERS_FILE_MALFORMED',
      /bad\.yaml:[23]/,
    ],
    [
      'a bad value in a file, with file and line',
      () => ['--parameters', file('value.yaml', 'MinCapacity: 2\nServiceCpu: 1000\n')],
      'INVALID_PARAMETER',
      /value\.yaml:2/,
    ],
    [
      'more ranges than the templates read, with file and line',
      () => ['--parameters', file('ranges.yaml', `MinCapacity: 2\nIngressCidrBlocks: [${ranges(6)}]\n`)],
      'INVALID_PARAMETER',
      /ranges\.yaml:2: IngressCidrBlocks/,
    ],
    [
      "more ranges than a security group takes beside CloudFront's",
      () => ['--set', `DirectAccessCidrBlocks=${ranges(3)}`],
      'INVALID_PARAMETER',
      /DirectAccessCidrBlocks.*BaseDomain.*CloudFront/s,
    ],
    [
      'fewest tasks above most tasks, with file and line',
      () => ['--parameters', file('tasks.yaml', 'ServiceCpu: 1024\nMinCapacity: 5\n')],
      'INVALID_PARAMETER',
      /tasks\.yaml:2: MinCapacity.*MaxCapacity/,
    ],
    [
      'the smallest database above the largest',
      () => ['--set', 'DatabaseMinACU=8', '--set', 'DatabaseMaxACU=4'],
      'INVALID_PARAMETER',
      /DatabaseMinACU.*DatabaseMaxACU/,
    ],
    [
      'a capacity between the steps, in the words of the template, with file and line',
      () => ['--parameters', file('steps.yaml', 'ServiceCpu: 1024\nDatabaseMinACU: 0.7\n')],
      'INVALID_PARAMETER',
      /steps\.yaml:2: .*DatabaseMinACU.*0\.5 to 256 in steps of 0\.5/,
    ],
    [
      'a domain without its zone, with file and line',
      () => ['--parameters', file('domain.yaml', 'BaseDomain: example.com\n')],
      'INVALID_PARAMETERS',
      /domain\.yaml:1: .*BaseDomain is given without HostedZoneId/,
    ],
    [
      '--verify together with --no-verify',
      () => ['--verify', '--no-verify'],
      'USAGE',
      /--verify.*--no-verify/,
    ],
    [
      'a missing file',
      () => ['--parameters', join(folder, 'nothing.yaml')],
      'PARAMETERS_FILE_UNREADABLE',
      /nothing\.yaml/,
    ],
    [
      'an environment name that is too long',
      () => ['-e', 'a-name-of-twenty-chars'],
      'INVALID_ENVIRONMENT',
      /--environment/,
    ],
    ['an environment name with capitals', () => ['-e', 'Class'], 'INVALID_ENVIRONMENT', /--environment/],
    [
      '--images that is no S3 address',
      () => ['--images', 'bucket/prefix/'],
      'INVALID_IMAGES',
      /--images.*s3:\/\//s,
    ],
    [
      '--images together with its parameter',
      () => ['--images', 's3://images/v1/', '--set', 'ContainerImagesBucket=c'],
      'INVALID_IMAGES|CONTROLLED_PARAMETER',
      /ContainerImagesBucket/,
    ],
    ['a time limit that is none', () => ['--timeout', 'soon'], 'INVALID_DURATION', /--timeout/],
    ['a layout that does not exist', () => ['--layout', 'flat'], 'USAGE', /--layout/],
    ['an unknown flag', () => ['--fast'], 'USAGE', /--fast/],
    [
      'a parameter that a flag sets',
      () => ['--set', 'EnvironmentName=other'],
      'INVALID_IMAGES|CONTROLLED_PARAMETER',
      /--environment/,
    ],
    [
      'a rehearsal speed without a rehearsal',
      () => ['--rehearse-speed', 'max'],
      'USAGE',
      /--rehearse-speed.*--rehearse/s,
    ],
    [
      'a rehearsal speed that is none',
      () => ['--rehearse', '--rehearse-speed', 'abc'],
      'USAGE',
      /--rehearse-speed/,
    ],
    [
      'a rehearsal speed at which its calendar would end',
      () => ['--rehearse', '--rehearse-speed', '1e12'],
      'USAGE',
      /a number above 0 and at most 1000000, or max, is wanted, not 1e12/,
    ],
  ]

  test.each(cases)('%s: exit code 2, and nothing is called', async (_, args, code, says) => {
    calls = 0
    stdout = ''
    await Deploy.run(['--yes', '--json', ...args()], config)
    const {error} = JSON.parse(stdout)
    expect(error.code).toMatch(new RegExp(`^(${code})$`))
    expect(error.message + error.hint).toMatch(says)
    expect(process.exitCode).toBe(2)
    expect(calls).toBe(0)
  })
})
