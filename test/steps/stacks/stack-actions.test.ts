import {readFileSync} from 'node:fs'
import {StackStatus} from '@aws-sdk/client-cloudformation'
import {beforeEach, describe, expect, test} from 'vitest'
import type {McpgwError} from '../../../src/errors.js'
import {decide} from '../../../src/steps/stacks/decide.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import {actionsByStatus, actionsFor} from '../../../src/steps/stacks/stack-actions.js'
import {cancel, cancelSurvey} from '../../../src/workflows/cancel.js'
import {deploySurvey, deployWorkflow} from '../../../src/workflows/deploy.js'
import {runWorkflow} from '../../../src/workflows/run-workflow.js'
import {teardownSurvey, teardownWorkflow} from '../../../src/workflows/teardown.js'
import {verifyWorkflow} from '../../../src/workflows/verify.js'
import {watch} from '../../../src/workflows/watch.js'
import {deployContext, listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const statuses = Object.values(StackStatus)
const tags = {'mcpgw:environment': 'demo'}
const commandLine = (command: string) => `mcpgw ${command} --environment demo`
const stackType = 'AWS::CloudFormation::Stack'

/** Where an operation comes to rest that nobody disturbs. */
const rest: Record<string, string> = {
  CREATE_IN_PROGRESS: 'CREATE_COMPLETE',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_COMPLETE',
  UPDATE_IN_PROGRESS: 'UPDATE_COMPLETE',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_COMPLETE',
  UPDATE_ROLLBACK_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  DELETE_IN_PROGRESS: 'DELETE_COMPLETE',
  IMPORT_IN_PROGRESS: 'IMPORT_COMPLETE',
  IMPORT_ROLLBACK_IN_PROGRESS: 'IMPORT_ROLLBACK_COMPLETE',
}

/** What a command did with the stack: the calls that changed something, and how it ended. */
interface Done {
  calls: string[]
  error: McpgwError | undefined
  notes: string[]
}

let aws: FakeAws
let clock: ReturnType<typeof virtualClock>

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
})

type Tools = {clock: typeof clock; tell: ReturnType<typeof listener>['tell']; signal: AbortSignal}

async function done(run: (tools: Tools) => Promise<unknown>): Promise<Done> {
  const heard = listener()
  const error = await run(tools(heard.tell)).then(
    () => undefined,
    (thrown: McpgwError) => thrown,
  )
  return {calls: aws.stacks.calls, error, notes: heard.notes()}
}

function tools(tell: Tools['tell']): Tools {
  return {clock, tell, signal: new AbortController().signal}
}

const commands = {
  deploy: () =>
    done(async options => {
      const context = deployContext(aws, clock, {verify: false})
      await runWorkflow(deploySurvey, context, options)
      await runWorkflow(deployWorkflow, context, options)
    }),
  replace: () =>
    done(async options => {
      const context = deployContext(aws, clock, {verify: false, replace: true})
      await runWorkflow(deploySurvey, context, options)
      await runWorkflow(deployWorkflow, context, options)
    }),
  teardown: () =>
    done(async options => {
      const context = teardownContext(aws, clock)
      await runWorkflow(teardownSurvey, context, options)
      await runWorkflow(teardownWorkflow, context, options)
    }),
  verify: () =>
    done(options => {
      // What it checks is shown elsewhere; here counts whether it does.
      const context = {aws, clock, environment: 'demo', commandLine, shallow: true}
      return runWorkflow(verifyWorkflow, context, options)
    }),
  watch: () =>
    done(options =>
      watch(
        {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()},
        {...options, startedAt: clock.now()},
      ),
    ),
  cancel: () =>
    done(async options => {
      const record = new OperationRecord()
      const context = {aws, clock, environment: 'demo', commandLine, record, cancelled: []}
      await runWorkflow(cancelSurvey, context, options)
      await cancel(context, {...options, startedAt: clock.now()})
    }),
} as const

/** Puts the stack there; an operation that runs comes to rest a minute later. */
function putStack(status: string): void {
  const id = aws.stacks.putStack('demo', status, {tags})
  const end = rest[status]
  if (end !== undefined) aws.stacks.happen(id, 'demo', stackType, end, 60)
}

test('every status that CloudFormation knows has a row, and no other', () => {
  expect(Object.keys(actionsByStatus).sort()).toEqual(['ABSENT', ...statuses].sort())
})

test('a status that nobody knows yet is followed while it is in progress, and left to a person else', () => {
  expect(actionsFor('SOMETHING_IN_PROGRESS')).toMatchObject({deploy: 'attach', watch: 'follow'})
  expect(actionsFor('SOMETHING_ELSE')).toMatchObject({deploy: 'refuse', teardown: 'delete'})
})

describe.each(statuses)('from %s', status => {
  const row = actionsFor(status)

  test('deploy does what the table says, and says what to do where it stops', async () => {
    putStack(status)
    const {calls, error, notes} = await commands.deploy()
    const decision = decide({name: 'demo', status}, {onFailure: 'rollback', teardown: 'T', reach: aws})
    const expected: Record<typeof decision.action, string[]> = {
      create: ['create demo'],
      update: ['update demo'],
      attach: rest[status] === 'ROLLBACK_COMPLETE' ? [] : attached(status),
      'await-deletion': ['create demo'],
      'continue-rollback': ['continue demo', 'update demo'],
      recreate: ['delete demo', 'create demo'],
      refuse: [],
    }
    expect(calls).toEqual(expected[decision.action])
    if (decision.action === 'refuse')
      expect(error).toMatchObject({code: 'STACK_NEEDS_ATTENTION', exitCode: 3})
    if (decision.action === 'recreate') expect(notes.join()).toContain('Deleting stack demo first')
    if (error !== undefined) expect(error.hint).toMatch(/`(mcpgw|aws) /)
  })

  test('deploy --replace removes it and creates it anew', async () => {
    putStack(status)
    const {calls, error} = await commands.replace()
    expect(error).toBeUndefined()
    expect(calls).toEqual(status === 'DELETE_COMPLETE' ? ['create demo'] : ['delete demo', 'create demo'])
  })

  test('teardown leaves nothing', async () => {
    putStack(status)
    const {calls, error, notes} = await commands.teardown()
    expect(error).toBeUndefined()
    expect(calls).toEqual(row.teardown === 'nothing' ? [] : ['delete demo'])
    expect(notes.join().includes('cannot be deleted before that has ended')).toBe(
      row.teardown === 'await-then-delete',
    )
  })

  test('verify checks it, or says why not and what to do', async () => {
    putStack(status)
    const {calls, error} = await commands.verify()
    expect(calls).toEqual([])
    const codes = {
      check: undefined,
      busy: 'ENVIRONMENT_BUSY',
      failed: 'ENVIRONMENT_FAILED',
      missing: 'NO_SUCH_ENVIRONMENT',
    }
    expect(error?.code).toBe(codes[row.verify])
    if (error !== undefined) expect(error.hint).toMatch(/`(mcpgw|aws) /)
  })

  test('watch follows what runs and changes nothing', async () => {
    putStack(status)
    const began = clock.now()
    const {calls, error} = await commands.watch()
    expect(calls).toEqual([])
    expect(clock.now() > began).toBe(row.watch === 'follow')
    const ended = rest[status] === 'ROLLBACK_COMPLETE' ? 'STACK_FAILED' : undefined
    expect(error?.code).toBe(row.watch === 'missing' ? 'NO_SUCH_ENVIRONMENT' : ended)
    if (error !== undefined) expect(error.hint).toMatch(/`mcpgw /)
  })

  test('cancel stops what can be stopped, or says why not and what to do', async () => {
    putStack(status)
    const {calls, error} = await commands.cancel()
    const expected = {
      delete: {calls: ['delete demo'], code: undefined},
      'cancel-update': {calls: ['cancel demo'], code: undefined},
      refuse: {calls: [], code: 'CANNOT_BE_CANCELLED'},
      'nothing-runs': {calls: [], code: 'NOTHING_RUNS'},
      missing: {calls: [], code: 'NO_SUCH_ENVIRONMENT'},
    }
    expect({calls, code: error?.code}).toEqual(expected[row.cancel])
    if (error !== undefined) expect(error.hint).toMatch(/`mcpgw /)
  })
})

/** What deploy does after the operation that it followed: an update, which finds nothing where that has ended. */
function attached(status: string): string[] {
  return rest[status] === 'UPDATE_ROLLBACK_COMPLETE' || rest[status] === 'IMPORT_ROLLBACK_COMPLETE'
    ? []
    : ['update demo']
}

test('docs/states.md shows this table', () => {
  const page = readFileSync(new URL('../../../docs/states.md', import.meta.url), 'utf8')
  for (const [status, row] of Object.entries(actionsByStatus)) {
    const cells = [row.deploy, row.teardown, row.verify, row.watch, row.cancel]
    const name = status === 'ABSENT' ? 'no stack' : `\`${status}\``
    expect(page).toContain(`| ${name} | ${cells.join(' | ')} |`)
  }
})
