import {cpSync, existsSync, readFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import {GetParameterCommand, SSMClient} from '@aws-sdk/client-ssm'
import {afterAll, beforeAll, describe, expect, inject, test} from 'vitest'
import {Rehearsal} from '../e2e/mcpgw.js'
import {type Served, serve} from '../e2e/served.js'
import {runIn} from './clients.js'

const source = fileURLToPath(new URL('./cdk-app', import.meta.url))
const app = join(inject('deployed').folder, 'cdk-app')
const StackName = 'conformance-of-the-cdk'

/** The folder of the `cdk` on the path; the library that the app needs lies beside it. */
const bin = (inject('deployed').env.PATH ?? '')
  .split(delimiter)
  .find(folder => existsSync(join(folder, 'cdk')))

const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
let served: Served
let env: Record<string, string>

beforeAll(async () => {
  cpSync(source, app, {recursive: true})
  // The CDK assumes roles for an hour, which is two minutes of its own time at this speed.
  served = await serve(rehearsal, '--speed', '30')
  env = {
    ...inject('deployed').env,
    ...served.env,
    NODE_PATH: join(bin ?? '', '..'),
    HOME: app,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: 'true',
  }
})

afterAll(async () => {
  await served?.stop()
  await rehearsal.remove()
})

async function cdk(...args: string[]): Promise<void> {
  const {code, stdout, stderr} = await runIn(env, 'cdk', [...args, '--ci', '--no-notices'], app)
  expect(code, `${stdout}${stderr}`).toBe(0)
}

const stacks = async (): Promise<[string | undefined, string | undefined][]> => {
  const client = new CloudFormationClient(served.clientConfig)
  const {Stacks = []} = await client.send(new DescribeStacksCommand({}))
  return Stacks.map(stack => [stack.StackName, stack.StackStatus])
}

describe('the AWS CDK', () => {
  test('bootstraps the account with its own template', async () => {
    await cdk('bootstrap')
    expect(await stacks()).toEqual([['CDKToolkit', 'CREATE_COMPLETE']])
    const parameters = new SSMClient(served.clientConfig)
    const version = new GetParameterCommand({Name: '/cdk-bootstrap/hnb659fds/version'})
    expect(Number((await parameters.send(version)).Parameter?.Value)).toBeGreaterThan(20)
  })

  test('deploys an app with a nested stack, whose template it uploads with a role of the bootstrap', async () => {
    await cdk('deploy', '--require-approval', 'never', '--outputs-file', 'outputs.json')
    const {[StackName]: outputs} = JSON.parse(readFileSync(join(app, 'outputs.json'), 'utf8'))
    const client = new CloudFormationClient(served.clientConfig)
    const {StackResources = []} = await client.send(new DescribeStackResourcesCommand({StackName}))
    const nested = StackResources.find(({ResourceType}) => ResourceType === 'AWS::CloudFormation::Stack')
    const inner = await client.send(
      new DescribeStackResourcesCommand({StackName: nested?.PhysicalResourceId ?? ''}),
    )
    const [topic] = inner.StackResources ?? []
    expect(topic).toMatchObject({ResourceType: 'AWS::SNS::Topic', ResourceStatus: 'CREATE_COMPLETE'})
    expect(outputs).toEqual({TopicArn: topic?.PhysicalResourceId, NoteName: '/conformance/cdk'})
    const parameters = new SSMClient(served.clientConfig)
    const note = await parameters.send(new GetParameterCommand({Name: outputs.NoteName}))
    expect(note.Parameter?.Value).toBe(outputs.TopicArn.split(':').at(-1))
  })

  test('destroys the app, and nothing else', async () => {
    await cdk('destroy', '--force')
    expect(await stacks()).toEqual([['CDKToolkit', 'CREATE_COMPLETE']])
  })
})
