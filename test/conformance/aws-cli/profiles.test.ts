import {execFile} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect, test, vi} from 'vitest'
import {credentialsAsTheCli} from '../../../src/aws/credentials.js'
import {readSharedFiles} from '../../../src/aws/shared-files.js'

const file = (name: string) => fileURLToPath(new URL(`../../fixtures/aws-profiles/${name}`, import.meta.url))

/** Nothing but the files counts, and whoever asks STS for a role gets no answer: both must have come that far. */
const surroundings = {
  AWS_CONFIG_FILE: file('config'),
  AWS_SHARED_CREDENTIALS_FILE: file('credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
  AWS_REGION: 'us-east-1',
}

beforeAll(() => {
  for (const name of Object.keys(process.env).filter(key => key.startsWith('AWS_')))
    vi.stubEnv(name, undefined)
  for (const [name, value] of Object.entries(surroundings)) vi.stubEnv(name, value)
})
afterAll(() => vi.unstubAllEnvs())

/** Without a terminal, so that nobody is asked for a code. */
function ask(
  command: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<string> {
  const {PATH = '', HOME = '/'} = process.env
  const env = {PATH, HOME, ...surroundings, AWS_DEFAULT_REGION: 'us-east-1', ...variables}
  return new Promise(resolve => {
    const child = execFile(command, args, {env}, (_error, stdout) => resolve(stdout))
    child.stdin?.end()
  })
}

/** The access key to which variables lead; undefined where they are refused. */
async function keyOfCli(variables: Record<string, string>): Promise<string | undefined> {
  const printed = await ask(
    'aws2',
    ['configure', 'export-credentials', '--format', 'env-no-export'],
    variables,
  )
  return /^AWS_ACCESS_KEY_ID=(.*)$/m.exec(printed)?.[1]
}

async function keyOfOurs(
  profile: string | undefined,
  variables: Record<string, string> = {},
): Promise<string | undefined> {
  try {
    return (await credentialsAsTheCli({profile}, variables)()).accessKeyId
  } catch (error) {
    // A refusal is no defect.
    expect(error).not.toBeInstanceOf(TypeError)
    return undefined
  }
}

/** The AWS CLI signs with the comment as a part of the key, which AWS refuses; it is named before anything is asked. */
const refusedByName = ['comment']

test('every profile leads to the key to which it leads for the AWS CLI, or is refused by both', async () => {
  const names = [...Object.keys((await readSharedFiles()).profiles), 'nobody', 'noprefix', 'a b']
  const script = fileURLToPath(new URL('profiles.py', import.meta.url))
  const theirs: Record<string, string | null> = JSON.parse(await ask('python3', [script, ...names]))
  const ours: Record<string, string | null> = {}
  for (const name of names) ours[name] = (await keyOfOurs(name)) ?? null
  for (const name of refusedByName) {
    expect(theirs[name]).toContain('#')
    expect(ours[name]).toBeNull()
    delete theirs[name]
    delete ours[name]
  }
  expect(Object.values(theirs).filter(Boolean).length).toBeGreaterThan(20)
  expect(Object.values(theirs).filter(key => key === null).length).toBeGreaterThan(20)
  expect(ours).toEqual(theirs)
})

const keys = {AWS_ACCESS_KEY_ID: 'AKIAEXPORTED', AWS_SECRET_ACCESS_KEY: 's'}

test.each([
  ['exported keys', keys],
  ['exported keys beside a profile', {...keys, AWS_PROFILE: 'class-a'}],
  ['exported keys beside a profile that is not there', {...keys, AWS_PROFILE: 'nobody'}],
  ['half a pair beside a profile', {AWS_ACCESS_KEY_ID: 'AKIAHALF', AWS_PROFILE: 'class-a'}],
  ['the other half beside a profile', {AWS_SECRET_ACCESS_KEY: 's', AWS_PROFILE: 'class-a'}],
  ['both variables that name a profile', {AWS_DEFAULT_PROFILE: 'class-a', AWS_PROFILE: 'ok'}],
  ['a profile of a variable', {AWS_PROFILE: 'ok'}],
])('%s mean the same as for the AWS CLI', async (_what, variables: Record<string, string>) => {
  expect(await keyOfOurs(undefined, variables)).toBe(await keyOfCli(variables))
})
