import {readFileSync} from 'node:fs'
import {StackStatus} from '@aws-sdk/client-cloudformation'
import {beforeEach, describe, expect, test} from 'vitest'
import {childStacks, type StackKey} from '../../../src/environment/stacks.js'
import type {McpgwError} from '../../../src/errors.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import {actionsFor} from '../../../src/steps/stacks/stack-actions.js'
import {cancelSurvey} from '../../../src/workflows/cancel.js'
import {deploySurvey, deployWorkflow} from '../../../src/workflows/deploy.js'
import {diagnoseStacks} from '../../../src/workflows/diagnose.js'
import {runWorkflow} from '../../../src/workflows/run-workflow.js'
import {teardownSurvey, teardownWorkflow} from '../../../src/workflows/teardown.js'
import {verifyWorkflow} from '../../../src/workflows/verify.js'
import {watch} from '../../../src/workflows/watch.js'
import {deployContext, listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}
const commandLine = (command: string) => `mcpgw ${command} --environment demo`

/** How a nested stack is, while its root is complete and at rest. */
interface Row {
  nested: string
  deploy: 'attach' | 'await-deletion' | 'remake' | 'refuse'
  teardown: 'delete' | 'await-then-delete'
  verify: 'busy' | 'failed'
  watch: 'follow' | 'rest'
  cancel: 'refuse' | 'nothing-runs'
}

const rest = {teardown: 'delete', verify: 'failed', watch: 'rest', cancel: 'nothing-runs'} as const
const work = {verify: 'busy', watch: 'follow', cancel: 'refuse'} as const
const rows = {
  deleting: {nested: 'any, in `DELETE_IN_PROGRESS`', deploy: 'await-deletion', teardown: 'delete', ...work},
  changing: {
    nested: 'any, in another `…_IN_PROGRESS`',
    deploy: 'attach',
    teardown: 'await-then-delete',
    ...work,
  },
  services: {nested: 'services, gone or failed', deploy: 'remake', ...rest},
  compute: {
    nested: 'compute, gone or in `DELETE_FAILED`, with services also gone or failed',
    deploy: 'remake',
    ...rest,
  },
  others: {nested: 'compute otherwise, data or network, gone or failed', deploy: 'refuse', ...rest},
} satisfies Record<string, Row>

/** The row of a nested stack that is alone in its state; undefined when nothing is wrong with it. */
function rowOf(key: StackKey, status: string): Row | undefined {
  switch (actionsFor(status).verify) {
    case 'check':
      return undefined
    case 'busy':
      // A creation that runs is stopped by a deletion.
      return actionsFor(status).teardown === 'await-then-delete'
        ? rows.changing
        : {
            ...rows.changing,
            deploy: status === 'DELETE_IN_PROGRESS' ? 'await-deletion' : 'attach',
            teardown: 'delete',
          }
    default:
      return key === 'services' ? rows.services : rows.others
  }
}

let aws: FakeAws
let clock: ReturnType<typeof virtualClock>

beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
})

/** The root complete, its nested stack as given; what runs comes to a good end a minute later. */
function putStack(key: StackKey, status: string): void {
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  aws.stacks.alone('demo', key, status)
  if (actionsFor(status).verify !== 'busy') return
  const end = status === 'DELETE_IN_PROGRESS' ? 'DELETE_COMPLETE' : 'UPDATE_COMPLETE'
  aws.stacks.alone('demo', key, end, 60)
}

interface Done {
  /** The calls that changed something. */
  calls: string[]
  error: McpgwError | undefined
  notes: string[]
  result: any
}

async function done(
  run: (tools: {
    clock: typeof clock
    tell: ReturnType<typeof listener>['tell']
    signal: AbortSignal
  }) => Promise<unknown>,
): Promise<Done> {
  const heard = listener()
  let result: unknown
  const error = await run({clock, tell: heard.tell, signal: new AbortController().signal}).then(
    value => {
      result = value
      return undefined
    },
    (thrown: McpgwError) => thrown,
  )
  // The names of nested stacks end by chance.
  const calls = aws.stacks.calls.map(call => call.replace(/^(\w+) demo-(\w+)-\w+$/, '$1 $2'))
  return {calls, error, notes: heard.notes(), result}
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
    done(options =>
      runWorkflow(verifyWorkflow, {aws, clock, environment: 'demo', commandLine, shallow: true}, options),
    ),
  watch: () =>
    done(options =>
      watch(
        {aws, clock, environment: 'demo', commandLine, record: new OperationRecord()},
        {...options, startedAt: clock.now()},
      ),
    ),
  cancel: () =>
    done(options => {
      const record = new OperationRecord()
      return runWorkflow(
        cancelSurvey,
        {aws, clock, environment: 'demo', commandLine, record, cancelled: []},
        options,
      )
    }),
  diagnose: () =>
    done(options =>
      diagnoseStacks({aws, clock, environment: 'demo', commandLine, stackGiven: undefined}, options),
    ),
} as const

/** All that there are for one; the others are decided alike, and this many states tell the rows apart. */
const someStatuses = [
  'DELETE_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'DELETE_COMPLETE',
  'DELETE_FAILED',
  'UPDATE_ROLLBACK_FAILED',
] as const
const cases = childStacks.flatMap(({key, logicalId}) =>
  (key === 'services' ? Object.values(StackStatus) : someStatuses).flatMap(status => {
    const row = rowOf(key, status)
    return row === undefined ? [] : [{key, logicalId, status, row}]
  }),
)

describe.each(cases)(
  'with $key in $status under a root that is complete',
  ({key, logicalId, status, row}) => {
    test('deploy does what the table says, and says what to do where it stops', async () => {
      putStack(key, status)
      const {calls, error, notes} = await commands.deploy()
      const told = [...notes, error?.message].join('\n')
      expect(told).toContain(status === 'DELETE_COMPLETE' ? 'was deleted directly' : status)
      const isStandingFailed = row.verify === 'failed' && actionsFor(status).verify === 'failed'
      switch (row.deploy) {
        case 'attach':
          expect({calls, error}).toEqual({calls: ['update demo'], error: undefined})
          break
        case 'await-deletion':
          if (key === 'services') expect(calls).toEqual(['update demo', 'update demo'])
          else expect(error).toMatchObject({code: 'STACK_NEEDS_ATTENTION', exitCode: 3})
          break
        case 'remake':
          expect(error).toBeUndefined()
          expect(calls).toEqual([
            ...(isStandingFailed ? [`delete ${logicalId}`] : []),
            'update demo',
            'update demo',
          ])
          break
        case 'refuse':
          expect(calls).toEqual([])
          expect(error).toMatchObject({code: 'STACK_NEEDS_ATTENTION', exitCode: 3})
          expect(error?.hint).toMatch(
            /^Run `mcpgw deploy --environment demo --replace` to start over: the database /,
          )
          break
      }
    })

    test('deploy --replace removes all and creates it anew', async () => {
      putStack(key, status)
      const {calls, error, notes} = await commands.replace()
      expect({calls, error}).toEqual({calls: ['delete demo', 'create demo'], error: undefined})
      expect(notes.join().includes('waiting for it')).toBe(row.teardown === 'await-then-delete')
    })

    test('teardown leaves nothing', async () => {
      putStack(key, status)
      const {calls, error, notes} = await commands.teardown()
      expect({calls, error}).toEqual({calls: ['delete demo'], error: undefined})
      expect(notes.join().includes('waiting for it')).toBe(row.teardown === 'await-then-delete')
    })

    test('verify does not say healthy, but what is the matter and what to do', async () => {
      putStack(key, status)
      const {calls, error} = await commands.verify()
      expect(calls).toEqual([])
      expect(error?.code).toBe(row.verify === 'busy' ? 'ENVIRONMENT_BUSY' : 'ENVIRONMENT_FAILED')
      expect(error?.message).toContain(status === 'DELETE_COMPLETE' ? 'was deleted directly' : status)
      expect(error?.hint).toMatch(/`mcpgw deploy /)
    })

    test('watch follows what runs, shows what rests, and changes nothing', async () => {
      putStack(key, status)
      const began = clock.now()
      const {calls, error, result, notes} = await commands.watch()
      expect({calls, error}).toEqual({calls: [], error: undefined})
      expect(clock.now() > began).toBe(row.watch === 'follow')
      expect(notes.join()).toContain(logicalId)
      expect(result.operation === 'none').toBe(row.watch === 'rest')
      expect(result.stacks.map(({name}: {name: string}) => name).join()).toContain(logicalId)
      const endsWell = row.watch === 'follow' && status !== 'DELETE_IN_PROGRESS'
      expect(result.next).toMatch(endsWell ? /`mcpgw verify / : /`mcpgw deploy /)
    })

    test('cancel says why it stops nothing', async () => {
      putStack(key, status)
      const {calls, error} = await commands.cancel()
      const code = row.cancel === 'refuse' ? 'CANNOT_BE_CANCELLED' : 'NOTHING_RUNS'
      expect({calls, code: error?.code}).toEqual({calls: [], code})
      expect(error?.message).toContain(row.cancel === 'refuse' ? status : 'demo is in CREATE_COMPLETE')
      // Looking goes before removing.
      expect(error?.hint).toMatch(
        row.cancel === 'refuse' ? /`mcpgw watch / : /`mcpgw verify .*`mcpgw teardown /,
      )
    })

    test('diagnose names it and what to do', async () => {
      putStack(key, status)
      const {result} = await commands.diagnose()
      expect(result.state).toBe(row.verify === 'busy' ? 'running' : 'failed')
      expect(result.stacks).toContainEqual({name: expect.stringContaining(logicalId), status})
      expect(result.next).toMatch(/`mcpgw deploy /)
    })
  },
)

test('compute is made anew after services that are gone, too', async () => {
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  aws.stacks.alone('demo', 'services', 'DELETE_COMPLETE')
  aws.stacks.alone('demo', 'compute', 'DELETE_FAILED')
  const {calls, error} = await commands.deploy()
  expect({calls, error}).toEqual({
    calls: ['delete ComputeStack', 'update demo', 'update demo'],
    error: undefined,
  })
})

test('docs/states.md shows this table', () => {
  const page = readFileSync(new URL('../../../docs/states.md', import.meta.url), 'utf8')
  for (const {nested, deploy, teardown, verify, watch: watched, cancel} of Object.values(rows))
    expect(page).toContain(`| ${nested} | ${deploy} | ${teardown} | ${verify} | ${watched} | ${cancel} |`)
})
