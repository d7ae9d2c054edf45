import type {Stack} from '../../../src/rehearsal/account/stack.js'
import type {World} from '../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../src/rehearsal/control/event-handlers.js'
import {cancelUpdate} from '../../../src/rehearsal/engine/cancel-update.js'
import {createChangeSet} from '../../../src/rehearsal/engine/change-sets/create.js'
import {deleteChangeSet} from '../../../src/rehearsal/engine/change-sets/delete.js'
import {executeChangeSet} from '../../../src/rehearsal/engine/change-sets/execute.js'
import {createStack} from '../../../src/rehearsal/engine/create-stack.js'
import {deleteStack} from '../../../src/rehearsal/engine/delete-stack.js'
import {findStack} from '../../../src/rehearsal/engine/lookup.js'
import {continueUpdateRollback, rollBackStack} from '../../../src/rehearsal/engine/rollback-requests.js'
import {updateStack} from '../../../src/rehearsal/engine/update-stack.js'
import {emptyBucket} from '../../../src/rehearsal/services/s3/buckets.js'
import {testWorld} from '../helpers/world.js'

/** An account whose stack engine runs, and the few verbs that its tests need. */
export function engineWorld(seed = 1, endpoint = () => 'http://127.0.0.1:1') {
  const {world, pass} = testWorld({seed})
  return engineOf(world, pass, endpoint)
}

/** The same for an account that is there already; `pass` lets seconds go by in it. */
export function engineOf(
  world: World,
  pass: (seconds: number) => void,
  endpoint = () => 'http://127.0.0.1:1',
) {
  const region = world.region('us-west-2')
  registerEvents(world, {endpoint})

  const find = (name: string): Stack => {
    const stack = findStack(region, name) ?? Object.values(region.stacks).find(found => found.name === name)
    if (!stack) throw new Error(`no stack ${name}`)
    return stack
  }
  return {
    world,
    region,
    pass,
    find,
    /** Puts a template where TemplateURL finds it, and returns that URL. */
    upload(key: string, template: object): string {
      world.account.buckets.templates ??= emptyBucket('templates', region.name, world.now)
      const body = JSON.stringify(template)
      world.account.buckets.templates.objects[key] = {
        body: Buffer.from(body).toString('base64'),
        etag: 'e',
        size: body.length,
        modifiedAt: world.now,
      }
      return `https://templates.s3.us-west-2.amazonaws.com/${key}`
    },
    create(name: string, template: object, more: Partial<Parameters<typeof createStack>[2]> = {}): Stack {
      return createStack(world, region, {
        name,
        templateBody: JSON.stringify(template),
        parameters: [],
        capabilities: [],
        disableRollback: false,
        onFailure: 'ROLLBACK',
        terminationProtection: false,
        ...more,
      })
    },
    update(name: string, template: object, more: Partial<Parameters<typeof updateStack>[2]> = {}): Stack {
      return updateStack(world, region, {
        name,
        templateBody: JSON.stringify(template),
        parameters: [],
        capabilities: [],
        ...more,
      })
    },
    remove: (name: string, more: Partial<Parameters<typeof deleteStack>[2]> = {}) =>
      deleteStack(world, region, {name, ...more}),
    cancel: (name: string) => cancelUpdate(world, region, {name}),
    rollBack: (name: string, more: Partial<Parameters<typeof rollBackStack>[2]> = {}) =>
      rollBackStack(world, region, {name, ...more}),
    continueRollback: (name: string, ...resourcesToSkip: string[]) =>
      continueUpdateRollback(world, region, {name, resourcesToSkip}),
    continueRollbackOnce: (name: string, clientRequestToken: string) =>
      continueUpdateRollback(world, region, {name, clientRequestToken, resourcesToSkip: []}),
    changeSet(
      name: string,
      template: object,
      more: Partial<Parameters<typeof createChangeSet>[2]> = {},
    ): ReturnType<typeof createChangeSet> {
      return createChangeSet(world, region, {
        name,
        changeSetName: 'plan',
        type: 'UPDATE',
        templateBody: JSON.stringify(template),
        parameters: [],
        capabilities: [],
        includeNestedStacks: false,
        importExistingResources: false,
        ...more,
      })
    },
    execute: (stackName: string, more: Partial<Parameters<typeof executeChangeSet>[2]> = {}) =>
      executeChangeSet(world, region, {changeSetName: 'plan', stackName, ...more}),
    dropChangeSet: (stackName: string, changeSetName = 'plan') =>
      deleteChangeSet(world, region, {changeSetName, stackName}),
    /** `LogicalId STATUS` of every event, oldest first; with the reason where there is one. */
    events: (stack: Stack) =>
      stack.events.map(
        ({logicalId, status, reason}) => `${logicalId} ${status}${reason ? ` "${reason}"` : ''}`,
      ),
    children: (stack: Stack) => Object.values(region.stacks).filter(({parentId}) => parentId === stack.id),
  }
}

/** A log group: made at once, named, and replaced when its name changes. */
export function logGroup(name: string, more: object = {}): object {
  return {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: name, RetentionInDays: 7}, ...more}
}

/** A resource that cannot be created: the retention is none that CloudWatch Logs knows. */
export const brokenLogGroup = {
  Type: 'AWS::Logs::LogGroup',
  Properties: {LogGroupName: 'broken', RetentionInDays: 8},
}

/** A custom resource with the function that provides it; the function is never run, the test answers in its place. */
export const withProvider = (text: string, more: object = {}) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {Statement: [{Principal: {Service: 'lambda.amazonaws.com'}}]},
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Runtime: 'nodejs20.x',
        Role: {'Fn::GetAtt': ['Role', 'Arn']},
        Code: {ZipFile: 'exports.handler = async () => {}'},
      },
    },
    Thing: {
      Type: 'Custom::Thing',
      Properties: {ServiceToken: {'Fn::GetAtt': ['Function', 'Arn']}, Text: text},
    },
    ...more,
  },
})
