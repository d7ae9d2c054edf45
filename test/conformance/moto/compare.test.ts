import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Check, masked, refusal} from './check.js'
import {containerChecks} from './checks/containers.js'
import {otherChecks} from './checks/others.js'
import {stackChecks} from './checks/stacks.js'
import {storageChecks} from './checks/storage.js'
import {type Clients, clientsOf} from './clients.js'
import {DISAGREEMENTS} from './disagreements.js'
import {type Asked, serveAccount, serveMoto} from './servers.js'

const checks: Check[] = [...storageChecks, ...stackChecks, ...containerChecks, ...otherChecks]

let servers: Asked[] = []
let clients: Clients[] = []

beforeAll(async () => {
  const started = await Promise.allSettled([serveAccount(), serveMoto()])
  servers = started.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  for (const result of started) if (result.status === 'rejected') throw result.reason
  clients = servers.map(clientsOf)
})

afterAll(async () => {
  for (const of of clients) for (const client of Object.values(of)) client.destroy()
  await Promise.all(servers.map(({stop}) => stop()))
})

/** A call that fails against expectation is an answer like another. */
async function answerOf({ask}: Check, of: Clients): Promise<unknown> {
  const asked = ask(of)
  return masked(await asked.catch(() => refusal(asked)))
}

describe('the embedded account and moto, asked', () => {
  for (const asked of checks) {
    test(asked.title, async () => {
      const [ours, motos] = await Promise.all(clients.map(of => answerOf(asked, of)))
      // Two that fail in the same way agree about nothing.
      const wasRefused = {code: expect.not.stringMatching(/^none$/), status: expect.any(Number)}
      if (asked.isRefused) expect(ours).toEqual(wasRefused)
      else expect(ours).not.toEqual(wasRefused)
      const known = DISAGREEMENTS[asked.title]
      if (known) expect({ours, motos}, known.source).toEqual({ours: known.ours, motos: known.motos})
      else expect(ours, JSON.stringify({ours, motos})).toEqual(motos)
    })
  }
})

test('every listed disagreement is about something that was asked, and is one', () => {
  const titles = new Set(checks.map(({title}) => title))
  expect(Object.keys(DISAGREEMENTS).filter(title => !titles.has(title))).toEqual([])
  expect(titles.size).toBe(checks.length)
  for (const {ours, motos} of Object.values(DISAGREEMENTS)) expect(ours).not.toEqual(motos)
})
