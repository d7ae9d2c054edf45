import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {CloudWatchLogs, CloudWatchLogsClient, DeleteLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {ECSClient, UpdateServiceCommand} from '@aws-sdk/client-ecs'
import {DeleteBucketCommand, DeleteObjectCommand, S3, S3Client} from '@aws-sdk/client-s3'
import {DeleteSecretCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager'
import {describe, expect, test} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {nothingElse} from './harness/command.js'
import type {Drill} from './harness/drill.js'
import {followAdvice} from './harness/follow.js'
import {interferences} from './harness/interference.js'
import {advised} from './harness/next-step.js'
import {ailments, losses, remains} from './harness/oracle.js'
import {runDrill} from './harness/run-drill.js'
import {mayHaveEnded} from './harness/said-of-failures.js'
import {type StartState, stateOf} from './harness/states.js'
import {changesToOthers} from './harness/whole-account.js'

const empty = async (): Promise<Account> => JSON.parse(await stateOf('empty'))

/** The account of a start after something was done in it. */
async function accountAfter(
  start: StartState,
  work: (account: DrillAccount) => Promise<unknown>,
): Promise<Account> {
  const account = await DrillAccount.serve(await stateOf(start))
  try {
    await work(account)
    return await account.state()
  } finally {
    await account.stop()
  }
}

describe('what a failure says of a stack, and AWS shows otherwise', () => {
  test.each([
    ['INTERRUPTED', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE', true],
    ['INTERRUPTED', 'CREATE_IN_PROGRESS', 'ROLLBACK_COMPLETE', true],
    ['INTERRUPTED', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED', true],
    ['INTERRUPTED', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', true],
    ['INTERRUPTED', 'DELETE_IN_PROGRESS', 'ROLLBACK_COMPLETE', false],
    ['INTERRUPTED', 'CREATE_IN_PROGRESS', 'DELETE_COMPLETE', false],
    ['INTERRUPTED', 'CREATE_COMPLETE', 'DELETE_COMPLETE', false],
    ['STACK_FAILED', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE', false],
  ])('%s: %s, then %s: was true before the last pause: %s', (code, said, shown, expected) => {
    expect(mayHaveEnded({code}, said, shown)).toBe(expected)
  })
})

describe('what is read in the account itself', () => {
  test('an existing environment is healthy, and no other start is', async () => {
    expect(ailments(JSON.parse(await stateOf('deployed')))).toEqual([])
    expect(ailments(JSON.parse(await stateOf('individual')))).toEqual([])
    for (const start of ['empty', 'no-services', 'creating', 'deleting'] as const) {
      expect(ailments(JSON.parse(await stateOf(start))), start).not.toEqual([])
    }
  })

  test('a task that is lost is missed', async () => {
    const account = await accountAfter('deployed', async one => {
      await one.setFaults(['lose-task *-mcpgw'])
      await one.pass(10)
    })
    expect(ailments(account)).toEqual(['service mcpgw has 0 of 1 tasks'])
  })

  test('a service that is to have no tasks is not healthy', async () => {
    const account = await accountAfter('deployed', async one => {
      const input = {cluster: 'mcp-gateway-ecs-cluster', service: 'mcp-gateway-mcpgw', desiredCount: 0}
      await new ECSClient(one.clientConfig).send(new UpdateServiceCommand(input))
      await one.pass(300)
    })
    expect(ailments(account)).toContain('service mcpgw is to have no tasks')
  })

  test('targets that do not answer are noticed, and those without a listener', async () => {
    const account = await accountAfter('deployed', async one => {
      await one.setFaults(['unhealthy *-registry-tg', 'remove-listener *-alb:7860'])
      await one.pass(10)
    })
    expect(ailments(account)).toEqual([
      'GradioListener (AWS::ElasticLoadBalancingV2::Listener) is gone',
      'targets of mcp-gateway-registry-tg are unhealthy',
      'targets of mcp-gateway-gradio-tg are unused',
    ])
  })

  test('a secret, a role, its policies and a log group that somebody deleted are missed', async () => {
    const account = await accountAfter('deployed', async ({clientConfig}) => {
      const secrets = new SecretsManagerClient(clientConfig)
      await secrets.send(
        new DeleteSecretCommand({SecretId: 'mcp-gateway-secret-key', ForceDeleteWithoutRecovery: true}),
      )
      await secrets.send(
        new DeleteSecretCommand({SecretId: 'mcp-gateway-admin-password', RecoveryWindowInDays: 7}),
      )
      const logGroupName = '/ecs/mcp-gateway-registry'
      await new CloudWatchLogsClient(clientConfig).send(new DeleteLogGroupCommand({logGroupName}))
    })
    expect(ailments(account)).toEqual([
      'SecretKeySecret (AWS::SecretsManager::Secret) is gone',
      'AdminPasswordSecret (AWS::SecretsManager::Secret) waits for its deletion',
      'RegistryLogGroup (AWS::Logs::LogGroup) is gone',
    ])
    const roles = [
      'detaches a policy from a role',
      'deletes the policy of the role that starts tasks',
    ] as const
    for (const start of ['deployed', 'individual'] as const) {
      const other = await accountAfter(start, async one => {
        for (const name of roles) await interferences[name].does(one)
      })
      expect(ailments(other), start).toEqual([
        'AppTaskExecutionRole (AWS::IAM::Role) lacks the policy pull-images-and-write-logs',
        expect.stringMatching(/^TaskRole \(AWS::IAM::Role\) lacks the policy arn:.*ExecPolicy/),
      ])
    }
  })

  test('what is left of an environment is found, and nothing else is taken for it', async () => {
    expect(remains(await empty(), await empty())).toEqual([])
    expect(remains(JSON.parse(await stateOf('network-and-data')), await empty()).length).toBeGreaterThan(50)
  })

  test('what other people lose is missed', async () => {
    const account = await accountAfter('empty', async one => {
      const s3 = new S3Client({...one.clientConfig, forcePathStyle: true})
      const Bucket = 'somebody-elses-notes'
      await s3.send(new DeleteObjectCommand({Bucket, Key: 'mcp-gateway/notes.txt'}))
      await s3.send(new DeleteBucketCommand({Bucket}))
    })
    expect(losses(account, await empty())).toEqual([
      expect.stringMatching(
        /^us-west-2 AWS::S3::Bucket\/somebody-elses-notes |^bucket somebody-elses-notes /,
      ),
      expect.stringMatching(/^object somebody-elses-notes\/mcp-gateway\/notes\.txt /),
    ])
  })
})

describe('what a teardown did to the rest of the account', () => {
  const changes = async (work: (account: DrillAccount) => Promise<unknown>) =>
    changesToOthers(JSON.parse(await stateOf('deployed')), await accountAfter('deployed', work))

  test('is nothing when only time passes, or when the environment alone changes', async () => {
    expect(await changes(account => account.pass(1200))).toEqual([])
    const ofOurs = changes(account =>
      new CloudWatchLogsClient(account.clientConfig).send(
        new DeleteLogGroupCommand({logGroupName: '/ecs/mcp-gateway-registry'}),
      ),
    )
    expect(await ofOurs).toEqual([])
  })

  test('is told of what is gone, of a changed property, of a version of an object, and of what is new', async () => {
    const found = await changes(async ({clientConfig}) => {
      const logs = new CloudWatchLogs(clientConfig)
      await logs.deleteLogGroup({logGroupName: '/ecs/mcp-gateway-registry-notes'})
      await logs.putRetentionPolicy({logGroupName: '/ecs/mcp-gateway-2-registry', retentionInDays: 1})
      await logs.createLogGroup({logGroupName: '/somebody'})
      const s3 = new S3({...clientConfig, forcePathStyle: true})
      await s3.putObject({Bucket: 'somebody-elses-notes', Key: 'mcp-gateway/notes.txt', Body: 'other'})
      await new CloudFormation(clientConfig).deleteStack({StackName: 'mcp-gateway-2'})
    })
    expect(found.sort()).toEqual([
      expect.stringMatching(/^bucket somebody-elses-notes was changed: /),
      expect.stringMatching(/registry was changed: .*RetentionInDays/),
      expect.stringMatching(/LogGroup\/\/ecs\/mcp-gateway-registry-notes is gone$/),
      expect.stringMatching(/LogGroup\/\/somebody is new$/),
      expect.stringMatching(/stack mcp-gateway-2 .* was changed: /),
    ])
  })
})

describe('the commands that a hint advises', () => {
  const of = (hint: string) =>
    advised({
      error: {...nothingElse, code: 'X', message: '', hint},
      document: undefined,
      stdout: '',
    })

  test('are taken in their order, without the alternatives to the first', () => {
    const hint =
      'Correct the cause and run `mcpgw deploy --rehearse`, which starts over, or remove it with `mcpgw teardown --rehearse`.'
    expect(of(hint)).toEqual(['mcpgw deploy --rehearse'])
    const both =
      'Remove it with `mcpgw teardown --rehearse`. Then correct the cause and run `mcpgw deploy --rehearse`.'
    expect(of(both)).toEqual(['mcpgw teardown --rehearse', 'mcpgw deploy --rehearse'])
  })

  test('do not count when they would reach AWS itself, or when somebody has to fill something in', () => {
    expect(of('Run `mcpgw deploy`, then `aws logs delete-log-group --log-group-name NAME`.')).toEqual([])
    expect(of('Run `mcpgw deploy --rehearse --images s3://BUCKET/PREFIX/`.')).toEqual([])
  })

  test('are beside what is not healthy in a document', () => {
    const services = [{reason: 'It is scaled to zero. Run: aws ecs update-service --x'}, {reason: null}]
    const links = [
      {hint: 'Run: mcpgw realm --rehearse. If that changes nothing: Look: aws logs tail x'},
      {hint: null},
      {hint: 'Run: mcpgw realm --rehearse'},
    ]
    expect(advised({error: undefined, document: {services, links}, stdout: ''})).toEqual([
      'aws ecs update-service --x',
      'mcpgw realm --rehearse',
    ])
  })
})

describe('a drill fails', () => {
  const good: Drill = {
    name: 'a check finds nothing',
    start: 'empty',
    command: 'mcpgw verify',
    goal: 'clean',
    expect: {
      exit: 1,
      code: 'NO_SUCH_ENVIRONMENT',
      resource: 'mcp-gateway',
      next: /^mcpgw deploy --rehearse$/,
    },
  }
  const failing = (change: Partial<Drill['expect']>) =>
    runDrill({...good, expect: {...good.expect, ...change}})

  test('when the exit code, the error, the resource, the words or the next command are others', async () => {
    await expect(failing({exit: 0})).rejects.toThrow('mcpgw verify said')
    await expect(failing({code: 'NOT_HEALTHY'})).rejects.toThrow()
    await expect(failing({resource: 'mcp-gateway/Vpc'})).rejects.toThrow()
    await expect(failing({message: /quota/})).rejects.toThrow()
    await expect(failing({next: /teardown/})).rejects.toThrow()
  })

  test('when a command fails and advises nothing', async () => {
    const account = await DrillAccount.serve(await stateOf('empty'))
    const error = {...nothingElse, code: 'X', message: 'No.', hint: 'Think.'}
    const ended = {line: 'mcpgw deploy', exitCode: 1, stdout: '', stderr: '', error, document: undefined}
    const following = followAdvice(account, ended, {goal: 'healthy', before: await empty()})
    await expect(following).rejects.toThrow('mcpgw deploy ended with 1 and advises nothing')
    await account.stop()
  })
})
