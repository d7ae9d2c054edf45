import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {McpgwError} from '../../src/errors.js'
import {readCommonInput} from '../../src/input/common-input.js'
import {type DeployFlags, readDeploySettings} from '../../src/input/deploy-input.js'
import {parseDuration} from '../../src/input/duration.js'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mcpgw-input-'))
})
afterEach(() => {
  rmSync(folder, {recursive: true})
  vi.unstubAllEnvs()
})

const flags: DeployFlags = {
  environment: 'demo',
  layout: 'nested',
  parameters: undefined,
  set: undefined,
  'template-bucket': undefined,
  'template-prefix': undefined,
  images: undefined,
  replace: false,
  'replace-data': false,
  repair: false,
  'accept-loss': undefined,
  'on-failure': 'rollback',
  'service-role': undefined,
  express: false,
  timeout: '90m',
  verify: true,
  realm: true,
  students: undefined,
  'skip-check': undefined,
}

function write(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

/** As the command reads them. */
async function readDeployInput(all: DeployFlags) {
  const {given, secrets} = await readCommonInput(all)
  return {settings: readDeploySettings(all, given), secrets}
}

async function refusal(change: Partial<DeployFlags>): Promise<McpgwError> {
  const error = await readDeployInput({...flags, ...change}).catch((reason: unknown) => reason)
  if (!(error instanceof McpgwError)) throw new Error(`not refused: ${String(error)}`)
  expect(error.exitCode).toBe(2)
  expect(error.hint).toBeTruthy()
  return error
}

describe('students', () => {
  it.each([
    ['--students', () => ({students: '3'})],
    ['--set', () => ({set: ['Students=ada']})],
    ['p.yaml:1', () => ({parameters: write('p.yaml', 'Students: 3')})],
  ])('are refused beside --no-realm when %s gives them', async (from, given) => {
    const {code, message} = await refusal({realm: false, ...given()})
    expect(code).toBe('INVALID_STUDENTS')
    expect(message).toContain(`${from}: students are given, and --no-realm`)
    expect((await readDeployInput({...flags, ...given()})).settings.students).toBeDefined()
  })
})

describe('express mode', () => {
  it('is for stacks side by side, and for failures that are rolled back or kept', async () => {
    expect(await refusal({express: true})).toMatchObject({
      code: 'INVALID_EXPRESS',
      message: expect.stringContaining('--layout individual'),
    })
    const individual = {layout: 'individual', express: true}
    expect((await refusal({...individual, 'on-failure': 'delete'})).code).toBe('INVALID_EXPRESS')
    for (const onFailure of ['rollback', 'keep'])
      expect(
        (await readDeployInput({...flags, ...individual, 'on-failure': onFailure})).settings.express,
      ).toBe(true)
  })
})

describe('parameters', () => {
  it.each([
    [
      'a map in JSON',
      'p.json',
      '{"TargetCpuUtilization": 60, "EnableMonitoring": false, "IngressCidrBlocks": ["10.0.0.0/8", "192.168.0.0/16"]}',
    ],
    [
      'a map in YAML',
      'p.yaml',
      'TargetCpuUtilization: 60\nEnableMonitoring: false\nIngressCidrBlocks: [10.0.0.0/8, 192.168.0.0/16]\n',
    ],
    [
      "the AWS CLI's form in JSON",
      'p.json',
      '[{"ParameterKey":"TargetCpuUtilization","ParameterValue":"60"},{"ParameterKey":"EnableMonitoring","ParameterValue":"false"},{"ParameterKey":"IngressCidrBlocks","ParameterValue":"10.0.0.0/8,192.168.0.0/16"}]',
    ],
    [
      "the AWS CLI's form in YAML",
      'p.yml',
      '- ParameterKey: TargetCpuUtilization\n  ParameterValue: 60\n- ParameterKey: EnableMonitoring\n  ParameterValue: no\n- ParameterKey: IngressCidrBlocks\n  ParameterValue: 10.0.0.0/8,192.168.0.0/16\n',
    ],
  ])('are read from %s', async (_, name, text) => {
    const {settings} = await readDeployInput({...flags, parameters: write(name, text)})
    expect(settings.parameters).toMatchObject({
      TargetCpuUtilization: '60',
      EnableMonitoring: 'false',
      IngressCidrBlocks: '10.0.0.0/8,192.168.0.0/16',
    })
  })

  it('given with --set win over the file', async () => {
    const file = write('p.yaml', 'TargetCpuUtilization: 60\n')
    const {settings} = await readDeployInput({
      ...flags,
      parameters: file,
      set: ['TargetCpuUtilization=65', 'AlarmEmail=a=b@example.com'],
    })
    expect(settings.parameters).toMatchObject({TargetCpuUtilization: '65', AlarmEmail: 'a=b@example.com'})
  })

  it.each([
    [
      'malformed JSON',
      'p.json',
      '{\n  "TargetCpuUtilization": 60,\n  "MaxCapacity": \n}',
      'PARAMETERS_FILE_MALFORMED',
      4,
    ],
    ['JSON that ends too early', 'p.json', '{"TargetCpuUtilization": 60', 'PARAMETERS_FILE_MALFORMED', 1],
    [
      'malformed YAML',
      'p.yaml',
      'TargetCpuUtilization: 60\nMaxCapacity: [1\n',
      'PARAMETERS_FILE_MALFORMED',
      3,
    ],
    ['neither map nor list', 'p.yaml', 'hello\n', 'PARAMETERS_FILE_MALFORMED', 1],
    ['a list of other things', 'p.json', '[\n {"Key": "A"}\n]', 'PARAMETERS_FILE_MALFORMED', 2],
    ['a nested map as value', 'p.yaml', 'MaxCapacity: 4\nMinCapacity: {a: 1}\n', 'INVALID_PARAMETER', 2],
    [
      'the same key twice in a map',
      'p.yaml',
      'MaxCapacity: 4\nMinCapacity: 1\nMaxCapacity: 5\n',
      'DUPLICATE_PARAMETER',
      3,
    ],
    [
      'the same key twice in a list',
      'p.json',
      '[{"ParameterKey":"MaxCapacity","ParameterValue":"4"},\n{"ParameterKey":"MaxCapacity","ParameterValue":"5"}]',
      'DUPLICATE_PARAMETER',
      2,
    ],
    [
      'a parameter that does not exist',
      'p.yaml',
      'MaxCapacity: 4\nTargetCpuUtilisation: 60\n',
      'UNKNOWN_PARAMETER',
      2,
    ],
    [
      'a value out of bounds',
      'p.yaml',
      'MaxCapacity: 4\nTargetCpuUtilization: 500\n',
      'INVALID_PARAMETER',
      2,
    ],
    ['a value that is not allowed', 'p.yaml', '\nEnableMonitoring: maybe\n', 'INVALID_PARAMETER', 2],
    [
      'a parameter that belongs to --environment',
      'p.yaml',
      'EnvironmentName: other\n',
      'CONTROLLED_PARAMETER',
      1,
    ],
    [
      'a parameter that belongs to --template-bucket',
      'p.yaml',
      'TemplateS3Bucket: mine\n',
      'CONTROLLED_PARAMETER',
      1,
    ],
  ])('are refused with file and line: %s', async (_, name, text, code, line) => {
    const file = write(name, text)
    const error = await refusal({parameters: file})
    expect(error.code).toBe(code)
    expect(error.message).toContain(`${file}:${line}: `)
  })

  it('name the parameter that was probably meant', async () => {
    const error = await refusal({set: ['TargetCpuUtilisation=60']})
    expect(error.message).toBe(
      '--set: the templates have no parameter TargetCpuUtilisation. Did you mean TargetCpuUtilization?',
    )
  })

  it('may repeat what a flag says', async () => {
    const file = write('p.yaml', 'EnvironmentName: demo\nContainerImagesBucket: images\n')
    const {settings} = await readDeployInput({...flags, parameters: file, images: 's3://images/v1'})
    expect(settings.parameters).toMatchObject({ContainerImagesBucket: 'images', ContainerImagesPrefix: 'v1/'})
  })

  it.each([
    [
      {parameters: '/no/such/file.json'},
      'PARAMETERS_FILE_UNREADABLE',
      /--parameters, \/no\/such\/file.json.*does not exist/,
    ],
    [{set: ['NoEquals']}, 'INVALID_SET', /--set must be Key=Value/],
    [{set: ['MaxCapacity=1', 'MaxCapacity=2']}, 'DUPLICATE_PARAMETER', /MaxCapacity twice/],
    [
      {set: ['ContainerImagesBucket=x'], images: 's3://other/v1/'},
      'CONTROLLED_PARAMETER',
      /--images says otherwise/,
    ],
    [{set: ['ContainerImagesPrefix=v1/']}, 'CONTROLLED_PARAMETER', /--images is not given/],
    [{set: ['BaseDomain=example.com']}, 'INVALID_PARAMETERS', /contradict each other/],
    [{environment: 'Demo'}, 'INVALID_ENVIRONMENT', /"Demo"/],
    [{environment: 'a-name-that-is-too-long'}, 'INVALID_ENVIRONMENT', /2 to 19/],
    [{images: 'https://bucket/prefix'}, 'INVALID_IMAGES', /--images must be s3:\/\/bucket\/prefix\//],
    [{images: 's3:///prefix/'}, 'INVALID_IMAGES', /--images/],
    [{timeout: '90'}, 'INVALID_DURATION', /--timeout/],
  ] satisfies [Partial<DeployFlags>, string, RegExp][])('are refused: %j', async (change, code, words) => {
    const error = await refusal(change)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
  })

  it('that do not go together name every line of the file that has one of them', async () => {
    const file = write('p.yaml', 'MaxCapacity: 2\nTargetCpuUtilization: 60\nMinCapacity: 3\n')
    const error = await refusal({parameters: file})
    expect(error.message).toMatch(`${file}:3, ${file}:1: MinCapacity`)
    const mixed = await refusal({parameters: file, set: ['MaxCapacity=1']})
    expect(mixed.message).toMatch(`${file}:3, --set: MinCapacity`)
  })

  it('that break a rule of the templates name every line of the file that has one of them', async () => {
    const file = write(
      'p.yaml',
      'KeycloakMemory: 2048\nTargetCpuUtilization: 60\nKeycloakCpu: 256\nServiceCpu: 512\n',
    )
    const error = await refusal({parameters: file, set: ['KeycloakMemory=512', 'ServiceMemory=512']})
    expect(error.code).toBe('INVALID_PARAMETERS')
    expect(error.message).toMatch(
      `${file}:4, --set: the parameters contradict each other: Fargate does not offer Service`,
    )
    expect(error.hint).toMatch(/rule ServiceMemorySuitsCpu in .*main-stack\.yaml:\d+/)
  })

  it('keep secrets out of every message, and remember them for masking', async () => {
    const error = await refusal({set: ['KeycloakAdminPassword=short"1']})
    expect(`${error.message}${error.hint}`).not.toContain('short"1')
    const {secrets} = await readDeployInput({
      ...flags,
      set: ['KeycloakAdminPassword=long.enough.123', 'MaxCapacity=3'],
    })
    expect(secrets).toEqual(['long.enough.123'])
  })
})

const firstTemplates = fileURLToPath(new URL('../fixtures/templates/0e63a41', import.meta.url))

describe('templates', () => {
  it('that no longer parse are refused with file and line', async () => {
    vi.stubEnv('MCPGW_TEMPLATES_DIR', folder)
    const good = 'Resources:\n  A: {Type: AWS::SNS::Topic}\n'
    for (const name of ['network', 'data', 'compute', 'services', 'main']) write(`${name}-stack.yaml`, good)
    const bad = write('data-stack.yaml', 'Resources:\n  A: {Type: AWS::SNS::Topic\n')
    const error = await refusal({})
    expect(error.code).toBe('INVALID_TEMPLATE')
    expect(error.message).toMatch(new RegExp(`${path.basename(bad)}:\\d+`))
  })

  it('that are missing are named', async () => {
    vi.stubEnv('MCPGW_TEMPLATES_DIR', folder)
    const error = await refusal({})
    expect(error).toMatchObject({code: 'TEMPLATE_UNREADABLE'})
    expect(error.message).toContain('main-stack.yaml')
  })

  it('that lack what the realm needs are refused, unless it is not wanted', async () => {
    vi.stubEnv('MCPGW_TEMPLATES_DIR', firstTemplates)
    const error = await refusal({})
    expect(error).toMatchObject({code: 'TEMPLATES_WITHOUT_REALM', exitCode: 2})
    expect(error.message).toContain('StudentsSecret and VerifyLoginSecret')
    await expect(readDeployInput({...flags, realm: false})).resolves.toBeDefined()
  })

  it('have a digest of what is in them', async () => {
    const {settings} = await readDeployInput(flags)
    expect(settings.templates.digest).toMatch(/^[0-9a-f]{12}$/)
    expect(settings.templates.files.size).toBe(5)
  })

  it('get a prefix that ends in a slash', async () => {
    const {settings} = await readDeployInput({...flags, 'template-prefix': 'classes'})
    expect(settings.templatePrefix).toBe('classes/')
  })
})

describe('durations', () => {
  it.each([
    ['90m', 5_400_000],
    ['2h', 7_200_000],
    ['45s', 45_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration('timeout', text)).toBe(milliseconds)
  })

  it.each(['', '0m', '10', 'm', '-5m', '5 m', '5d', '25h'])('refuses %j', text => {
    expect(() => parseDuration('timeout', text)).toThrow(/--timeout must be/)
  })
})

describe('the service role', () => {
  it.each([
    'arn:aws:iam::123456789012:role/cloudformation',
    'arn:aws-cn:iam::123456789012:role/teams/platform/cfn-service_role',
  ])('%s is handed on', async arn => {
    const {settings} = await readDeployInput({...flags, 'service-role': arn})
    expect(settings.serviceRole).toBe(arn)
  })

  it.each(['cloudformation', 'arn:aws:iam::123456789012:user/me', 'arn:aws:iam::12:role/x', ''])(
    '%j is refused before AWS is asked',
    async text => {
      expect((await refusal({'service-role': text})).code).toBe('INVALID_SERVICE_ROLE')
    },
  )
})
