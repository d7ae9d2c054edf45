import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {beforeAll, describe, expect, test} from 'vitest'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {registerEvents} from '../../../src/rehearsal/control/event-handlers.js'
import {checkAccount, readAccount} from '../../../src/rehearsal/process/state-file.js'

/**
 * Written by mcpgw when it still wrote version 1, in the middle of much: stacks that are created, updated, rolled back
 * and deleted, change sets, a build, a service that loses its task, a function that is to run much later.
 */
const file = fileURLToPath(new URL('../../fixtures/accounts/version-1.json', import.meta.url))
/** Every stack event an hour later, as that mcpgw told them. */
const later = readFileSync(new URL('../../fixtures/accounts/version-1.events.txt', import.meta.url), 'utf8')

function readOf(readWhole?: number) {
  const account = readAccount(file, readWhole)
  if (!account) throw new Error(`${file} is missing`)
  return account
}

describe('an account of version 1', () => {
  let world: World

  beforeAll(() => {
    const account = readOf()
    const clock = new VirtualClock({speed: 'max', now: account.now})
    world = new World(account, clock)
    registerEvents(world, {endpoint: () => 'http://127.0.0.1:9'})
    clock.moveTo(account.now + 3_600_000)
    world.advance()
  })

  test('is read as a whole or line by line, and passes the check of a large file', () => {
    expect(readOf(0)).toEqual(readOf())
    checkAccount(file, 0)
  })

  test('keeps every event that it had scheduled, with its time and data', () => {
    const {agenda} = JSON.parse(readFileSync(file, 'utf8'))
    expect(readOf().eventQueue.map(({name, ...event}) => event)).toEqual(
      agenda.map(({kind, ...event}: {kind: string}) => event),
    )
  })

  test('lives the life that it would have lived', () => {
    const stacks = Object.values(world.region('us-west-2').stacks)
    const told = stacks.flatMap(({name, events}) =>
      events.map(
        ({at, logicalId, status}) =>
          `${new Date(at).toISOString().slice(11)} ${name} ${logicalId} ${status}\n`,
      ),
    )
    expect(told.join('')).toBe(later)
    const {tasks, builds} = world.region('us-west-2')
    expect(Object.values(tasks).map(({lastStatus}) => lastStatus)).toEqual(['STOPPED', 'STOPPED', 'RUNNING'])
    expect(Object.values(builds).map(({status}) => status)).toEqual(['SUCCEEDED'])
    expect(world.account.faults?.map(({struck}) => struck)).toEqual([1, 1])
  })

  test('still has ahead of it what was scheduled for later', () => {
    expect(world.account.eventQueue).toContainEqual(
      expect.objectContaining({
        name: 'lambda.invoke',
        data: expect.objectContaining({function: 'demo-function', event: {answer: 42}, attempt: 0}),
      }),
    )
  })
})
