import {describe, expect, test, vi} from 'vitest'
import {templatesFolder} from '../../../src/environment/templates.js'
import {readTemplateFolder} from '../../../src/input/template-folder.js'
import {type ProgressEvent, type ProgressSink, type StackProgress, silent} from '../../../src/progress.js'
import {maxLagSeconds} from '../../../src/rehearsal/engine/reads.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {OperationRecord} from '../../../src/steps/stacks/record.js'
import type {Layout} from '../../../src/steps/stacks/stack-targets.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {deploySurvey, deployWorkflow} from '../../../src/workflows/deploy.js'
import {runWorkflow} from '../../../src/workflows/run-workflow.js'
import {teardownSurvey, teardownWorkflow} from '../../../src/workflows/teardown.js'
import {type RehearsedAccount, rehearsedAccount} from '../../rehearsal/helpers/rehearsed-account.js'

const templates = readTemplateFolder(templatesFolder())
const commandLine = (command: string) => `mcpgw ${command}`
const environment = 'demo'
const stackType = 'AWS::CloudFormation::Stack'

/** What was told, and how late: both in seconds of the account's clock. */
interface Watched {
  leaves: number[]
  /** Of the last event of every root stack, the last one at the end. */
  ends: number[]
  /** While stacks were followed: what is asked once, after their end, is not polling. */
  seconds: number
  calls: number
  /** Of DescribeStackEvents. */
  looks: number
}

async function watched(account: RehearsedAccount, run: (tell: ProgressSink) => Promise<void>) {
  const {aws, clock} = account
  const began = clock.now()
  const callsBefore = callsOf(account)
  const leaves: number[] = []
  const ends = new Map<string, number>()
  let [seconds, calls] = [0, 0]
  const tell = (event: ProgressEvent) => {
    if (event.kind !== 'stack-event') return
    const late = (clock.now() - event.event.at) / 1000
    if (isRoot(event.event)) {
      ends.delete(event.event.stackId)
      ends.set(event.event.stackId, late)
      seconds = (clock.now() - began) / 1000
      calls = callsOf(account) - callsBefore
    } else if (event.event.type !== stackType) leaves.push(late)
  }
  await run(tell)
  const looks = aws.apiCalls()['cloudformation:DescribeStackEvents'] ?? 0
  const result: Watched = {
    leaves,
    ends: [...ends.values()],
    seconds,
    calls,
    looks,
  }
  return result
}

function isRoot({isStack, stackName}: StackProgress): boolean {
  return isStack && !/-[A-Z0-9]{10,}$/.test(stackName)
}

function callsOf({aws}: RehearsedAccount): number {
  return Object.values(aws.apiCalls()).reduce((sum, count) => sum + count, 0)
}

/** Looks before; what is asked once, at the beginning, is not polling. */
async function readyToDeploy({aws, clock}: RehearsedAccount, layout: Layout) {
  const context: DeployContext = {
    aws,
    clock,
    environment,
    commandLine,
    record: new OperationRecord(),
    operations: new Map(),
    foreseenStacks: new Set(),
    settings: {
      layout,
      templates,
      parameters: {},
      templateBucket: undefined,
      templatePrefix: undefined,
      replace: false,
      replaceData: false,
      repair: false,
      acceptedLosses: [],
      onFailure: 'rollback',
      express: false,
      verify: true,
      realm: false,
      students: undefined,
      skippedChecks: [],
    },
  }
  const options = {clock, tell: silent, signal: new AbortController().signal}
  await runWorkflow(deploySurvey, context, options)
  return (tell: ProgressSink) => runWorkflow(deployWorkflow, context, {...options, tell})
}

async function readyToTearDown({aws, clock}: RehearsedAccount) {
  const record = new OperationRecord()
  const context: TeardownContext = {
    aws,
    clock,
    environment,
    commandLine,
    record,
    keepSnapshot: false,
    headStarts: new Set<string>(),
    headStarted: new Set<string>(),
    express: false,
    forceDelete: false,
    provedGone: new Set<string>(),
    deleteForeign: false,
    liftProtection: false,
    foreseesOnly: false,
    deleteSnapshots: false,
    provesOnly: false,
    cleaned: [],
    remaining: [],
    unknown: [],
  }
  const options = {clock, tell: silent, signal: new AbortController().signal}
  await runWorkflow(teardownSurvey, context, options)
  return (tell: ProgressSink) => runWorkflow(teardownWorkflow, context, {...options, tell})
}

describe.each([
  {layout: 'nested', seed: 1},
  {layout: 'individual', seed: 3},
] as const)('following a whole environment, layout $layout, seed $seed', ({layout, seed}) => {
  test('tells what is due within 6 s after AWS shows it, 10 in a deletion, everything within 15, the end within 2, for a third of a call a second', async () => {
    let drawn = seed
    // The jitter of the pauses, the same in every run.
    vi.spyOn(Math, 'random').mockImplementation(() => {
      drawn = (drawn * 16_807) % 2_147_483_647
      return drawn / 2_147_483_647
    })
    const account = await rehearsedAccount({seed})
    try {
      const up = await watched(account, await readyToDeploy(account, layout))
      const again = {...account, aws: await account.connectAgain()}
      const down = await watched(again, await readyToTearDown(again))
      const both = [
        {...up, soonSeconds: 6},
        {...down, soonSeconds: 10},
      ]
      for (const {leaves, ends, seconds, calls, soonSeconds} of both) {
        expect(leaves.length).toBeGreaterThan(100)
        expect(Math.max(...leaves)).toBeLessThanOrEqual(15 + maxLagSeconds)
        const soon = leaves.filter(late => late <= soonSeconds + maxLagSeconds)
        expect(soon.length / leaves.length).toBeGreaterThan(0.9)
        expect(ends).toHaveLength(layout === 'nested' ? 1 : 4)
        expect(ends.at(-1)).toBeLessThanOrEqual(2 + maxLagSeconds)
        expect(calls / seconds).toBeLessThanOrEqual(0.33)
      }
      expect(up.looks).toBeLessThanOrEqual(320)
      expect(down.looks).toBeLessThanOrEqual(200)
    } finally {
      vi.restoreAllMocks()
      await account.end()
    }
  })
})
