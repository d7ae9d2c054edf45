import {CloudWatchLogsClient, CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {afterAll, describe, expect, test} from 'vitest'
import {InProcessRehearsal} from './in-process.js'

describe('why a deployment failed', () => {
  const rehearsal = new InProcessRehearsal()
  afterAll(() => rehearsal.remove())

  test('is a name that is taken, which CloudFormation itself does not tell in its events', async () => {
    const {clientConfig, leave} = await rehearsal.join()
    const logs = new CloudWatchLogsClient(clientConfig)
    await logs.send(new CreateLogGroupCommand({logGroupName: '/aws/rds/proxy/mcp-gateway-keycloak-proxy'}))
    leave()
    const run = await rehearsal.rehearse('deploy', '--yes', '--skip-check', 'log-groups')
    expect(run.code).toBe(1)
    const {diagnosis, message, hint} = run.json().error
    expect(diagnosis).toMatchObject({
      stack: 'mcp-gateway / DataStack',
      type: 'AWS::Logs::LogGroup',
      status: 'VALIDATION_FAILED',
      reason:
        "Resource of type 'AWS::Logs::LogGroup' with identifier '/aws/rds/proxy/mcp-gateway-keycloak-proxy' already exists.",
      others: [],
    })
    expect(diagnosis.template).toMatch(/cloudformation\/data-stack\.yaml:\d+$/)
    expect(message).toContain(diagnosis.reason)
    expect(hint).toMatch(
      /`aws logs delete-log-group --log-group-name \/aws\/rds\/proxy\/mcp-gateway-keycloak-proxy --region us-west-2 --endpoint-url http:\/\/127\.0\.0\.1:\d+`/,
    )
  })
})
