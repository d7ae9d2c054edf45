import {describe, expect, test} from 'vitest'
import type {FailureDocument} from '../../src/app/failure-document.js'
import type {DiagnosisResult} from '../../src/results.js'
import {DrillAccount} from './harness/account.js'
import {nothingElse, runCommand} from './harness/command.js'
import {type InterferenceName, interferences} from './harness/interference.js'
import {atMoments} from './harness/moments.js'
import {losses} from './harness/oracle.js'
import {disagreements} from './harness/shown.js'
import {type StartState, stateOf} from './harness/states.js'
import {checkSchedule, type Rule} from './random/check-schedule.js'
import {asEntry} from './random/print.js'
import {type NamedSchedule, nameOf, type Schedule} from './random/schedule.js'

async function within<T>(start: StartState, work: (account: DrillAccount) => Promise<T>): Promise<T> {
  const account = await DrillAccount.serve(await stateOf(start))
  try {
    return await work(account)
  } finally {
    await account.stop()
  }
}

/** An entry of a table, as TypeScript would read it there. */
function pasted(entry: string): NamedSchedule {
  const [schedule] = new Function(`return [${entry}]`)() as NamedSchedule[]
  if (!schedule) throw new Error(`no entry: ${entry}`)
  return schedule
}

describe('a schedule that fails', () => {
  const schedule: Schedule = {
    start: 'deployed',
    command: 'mcpgw verify',
    faults: ['throttle cloudformation:* once', `fail-update Vpc message="It's not yours." once`],
    meanwhile: {does: 'scales the registry to nothing', afterCalls: 3},
    interrupt: {signal: 'SIGHUP', afterCalls: 30},
  }
  /** A planted defect: nobody may scale anything. */
  const rule: Rule = ({meanwhile}, {exitCode}) =>
    meanwhile?.does === 'scales the registry to nothing' ? [`scaled, and it ended with ${exitCode}`] : []

  test('is printed as an entry of a table, and fails there in the same way', async () => {
    const failing = async (one: Schedule): Promise<string> => {
      const failure = await checkSchedule(one, [rule]).then(
        () => undefined,
        (error: Error) => error.message,
      )
      return failure ?? 'did not fail'
    }
    const message = await failing(schedule)
    expect(message).toMatch(/^mcpgw verify breaks a rule: scaled, and it ended with \d+/)
    const [, entry = '', line] = /found\.ts:\n(.*?)\nand run: (.*)$/s.exec(message) ?? []
    const again = pasted(entry)
    expect(again).toEqual({...schedule, name: nameOf(schedule)})
    expect(line).toContain('npm run drills -- found --filter ')
    const first = /ended with \d+/.exec(message)?.[0]
    expect(await failing(again)).toContain(`breaks a rule: scaled, and it ${first}`)
  })

  test('is not one that only others fail', async () => {
    await expect(
      checkSchedule({...schedule, meanwhile: undefined, interrupt: undefined, faults: []}, [rule]),
    ).resolves.toMatchObject({outcome: '0'})
  })

  test('is written so that whatever is in it comes back', () => {
    const odd: Schedule = {
      start: 'empty',
      command: String.raw`mcpgw deploy --set A='\n'`,
      faults: [`a "b" 'c' \\ d`],
    }
    expect(pasted(asEntry(odd))).toEqual({...odd, name: nameOf(odd)})
  })
})

describe('a moment', () => {
  test('comes after so many calls of the command, and nothing is answered until it is over', async () => {
    await within('deployed', async account => {
      const {calls: whole} = await atMoments(account, [], () => runCommand(account, 'mcpgw verify'))
      let passed = 0
      const act = async () => {
        const before = await account.now()
        await account.pass(600)
        passed = (await account.now()) - before
      }
      const moments = [
        {afterCalls: 5, act},
        {afterCalls: whole.made + 50, act: () => Promise.reject(new Error('This never comes.'))},
      ]
      const {calls, result} = await atMoments(account, moments, () => runCommand(account, 'mcpgw verify'))
      expect(result.exitCode).toBe(0)
      expect(passed).toBe(600_000)
      expect(calls.since).toEqual([calls.made - 5, undefined])
    })
  })
})

describe('what somebody else does', () => {
  const names = Object.keys(interferences) as InterferenceName[]

  test.each(names)('changes the account, whatever the layout: %s', async name => {
    for (const start of ['deployed', 'individual'] as const) {
      await within(start, async account => {
        const before = await account.text()
        await interferences[name].does(account)
        expect(await account.text(), start).not.toBe(before)
      })
    }
  })

  test.each(names)('takes nothing from other people, though nothing of ours is there: %s', async name => {
    await within('empty', async account => {
      await interferences[name].does(account).catch(() => {})
      expect(losses(await account.state(), JSON.parse(await stateOf('empty')))).toEqual([])
    })
  })

  test('is missed by the oracle when what they made for themselves is gone', async () => {
    await within('empty', async account => {
      await interferences['makes a repository and a log group under our prefix'].does(account)
      await account.pass(300)
      const state = await account.state()
      expect(losses(state, JSON.parse(await stateOf('empty')))).toEqual([])
      delete state.regions['us-west-2']?.resources['AWS::ECR::Repository/mcp-gateway-somebody-else']
      expect(losses(state, JSON.parse(await stateOf('empty')))).toEqual([
        'somebody-elses-names: Repository (AWS::ECR::Repository)',
      ])
    })
  })
})

describe('what was said and what AWS shows', () => {
  const saying = (line: string, document: unknown) => ({
    line,
    exitCode: 0,
    stdout: '',
    stderr: '',
    error: undefined,
    document,
  })

  test('agree after a check, and every figure that is another one is found', async () => {
    await within('deployed', async account => {
      const ended = await runCommand(account, 'mcpgw verify')
      expect(await disagreements(account, ended)).toEqual([])
      const wrong = structuredClone(ended.document)
      wrong.services[0].running = 7
      wrong.targetGroups[0].healthy = 0
      expect(await disagreements(account, saying('mcpgw verify', wrong))).toEqual([
        expect.stringMatching(/^service mcp-gateway-auth-server: said .*7.*, shown .*1/),
        expect.stringMatching(/^target group mcp-gateway-registry-tg: said .*0.*, shown .*1/),
      ])
    })
  })

  test('differ after a deployment whose stacks or outputs are others', async () => {
    await within('deployed', async account => {
      const document = {
        stacks: [{name: 'mcp-gateway', status: 'UPDATE_COMPLETE'}],
        outputs: {RegistryUrl: 'https://elsewhere.example'},
        verification: {healthy: true},
      }
      await interferences['deletes the services stack'].does(account)
      expect(await disagreements(account, saying('mcpgw deploy', document))).toEqual([
        'stack mcp-gateway: said "UPDATE_COMPLETE", shown "CREATE_COMPLETE"',
        expect.stringMatching(/^output RegistryUrl: said "https:\/\/elsewhere\.example", shown "https:/),
        expect.stringMatching(
          /^said healthy, and stack mcp-gateway-ServicesStack-\w+ is DELETE_IN_PROGRESS$/,
        ),
      ])
    })
  })

  test('differ after a teardown that left something and named nothing', async () => {
    await within('deployed', async account => {
      const document = {
        removed: [{stack: 'mcp-gateway', status: 'DELETE_COMPLETE'}],
        cleaned: [],
        remaining: [],
      }
      const found = await disagreements(account, saying('mcpgw teardown', document))
      expect(found).toContain('stack mcp-gateway: said "DELETE_COMPLETE", shown "CREATE_COMPLETE"')
      expect(found).toContainEqual(expect.stringMatching(/^said nothing of arn:aws:secretsmanager:/))
      expect(found).toContain('said nothing of stack mcp-gateway, which exists')
    })
  })

  const failing = (error: Partial<FailureDocument['error']>) =>
    saying('mcpgw deploy', {error: {...nothingElse, code: 'X', message: 'No.', hint: null, ...error}})

  test('agree where a failure says nothing of stacks', async () => {
    await within('empty', async account => expect(await disagreements(account, failing({}))).toEqual([]))
  })

  test('differ where a failure names another status, or a cause that no event shows', async () => {
    await within('deployed', async account => {
      const right = failing({
        message: 'Stack mcp-gateway is in CREATE_COMPLETE, and mcp-gateway-data ended in DELETE_COMPLETE.',
      })
      expect(await disagreements(account, right)).toEqual([])
      const wrong = failing({
        message: 'It failed (mcp-gateway ended in UPDATE_ROLLBACK_COMPLETE): no.',
        hint: 'It continues: stack mcp-gateway is in DELETE_IN_PROGRESS, mcp-gateway-data (CREATE_FAILED).',
      })
      expect(await disagreements(account, wrong)).toEqual([
        'stack mcp-gateway: said UPDATE_ROLLBACK_COMPLETE, shown CREATE_COMPLETE',
        'stack mcp-gateway: said DELETE_IN_PROGRESS, shown CREATE_COMPLETE',
        'stack mcp-gateway-data: said CREATE_FAILED, shown DELETE_COMPLETE',
      ])
      const cause = (logicalId: string, status: string): DiagnosisResult => ({
        ...{stack: 'mcp-gateway / NetworkStack', logicalId, type: 'AWS::EC2::VPC', status, reason: 'No.'},
        ...{template: null, meaning: null, advice: null, others: [], cancelled: 0},
      })
      const seen = failing({diagnosis: cause('Vpc', 'CREATE_COMPLETE')})
      expect(await disagreements(account, seen)).toEqual([])
      const invented = failing({diagnosis: cause('Vpc', 'CREATE_FAILED')})
      expect(await disagreements(account, invented)).toEqual([
        'said that Vpc of mcp-gateway / NetworkStack was CREATE_FAILED, no event shows it',
      ])
    })
  })
})
