import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {brokenLinks, expectBroken} from './broken-links.js'
import {existingStacksInProcess} from './existing-stacks.js'
import type {Finished, Rehearsal} from './mcpgw.js'

let rehearsal: Rehearsal
let deployed: Finished
let verified: Finished
beforeAll(async () => {
  ;({rehearsal, deployed} = await existingStacksInProcess())
  verified = await verify()
})
afterAll(() => rehearsal.remove())

const names = [
  'verify account',
  'realm',
  'OpenID configuration',
  'login start',
  'login page',
  'login',
  'session',
  'scopes',
  'machine token',
  'token contents',
  'MCP initialize',
  'MCP tools',
]

const verify = (...faults: string[]) =>
  rehearsal.rehearse('verify', ...['clear', ...faults].flatMap(fault => ['--rehearse-fault', fault]))

test('one run deploys, logs a student in and lists the tools of an MCP server', () => {
  expect(deployed.code).toBe(0)
  const {verification} = deployed.json()
  expect(verification.links).toEqual(names.map(name => ({name, ok: true, reason: null, hint: null})))
})

test('verify goes the same way, and --shallow goes none of it', async () => {
  expect([verified.code, verified.json().links.length]).toEqual([0, names.length])
  const shallow = await rehearsal.rehearse('verify', '--shallow')
  expect([shallow.code, shallow.json().healthy, shallow.json().links]).toEqual([0, true, []])
  expect(totalCalls(shallow)).toBeLessThanOrEqual(mostCalls.shallow)
})

/**
 * Of a healthy environment. A service of which several calls tell is asked that way; what has no such call costs one
 * for each: a target group its health, a repository its images, a stack its resources and its template.
 */
const mostCalls = {shallow: 12, whole: 48}

test('nothing is asked twice', () => {
  expect(totalCalls(verified)).toBeLessThanOrEqual(mostCalls.whole)
  const {apiCalls} = verified.json()
  const oncePerThing = {
    'ecr:DescribeImages': 8,
    'elasticloadbalancing:DescribeTargetHealth': 4,
    'cloudformation:GetTemplate': 4,
    'cloudformation:ListStackResources': 4,
    // Of each cluster, and of each load balancer.
    'ecs:DescribeServices': 2,
    'elasticloadbalancing:DescribeListeners': 2,
    // Before and after.
    'cloudformation:DescribeStacks': 2,
  }
  const others = Object.entries(apiCalls).filter(([name]) => !Object.hasOwn(oncePerThing, name))
  expect(apiCalls).toMatchObject(oncePerThing)
  expect(others.filter(([, count]) => count !== 1)).toEqual([])
})

function totalCalls({json}: Finished): number {
  return Object.values<number>(json().apiCalls).reduce((sum, count) => sum + count, 0)
}

describe('a broken link is red, alone, and says what to do', () => {
  // That the built program tells one so; the drills go through all of them in the same way.
  const few = brokenLinks.filter(({what}) => what === 'no-route')

  test.each(few)('$what: $broken', async link => {
    const {code, json} = await verify(`broken-link what=${link.what}`)
    expect(code).toBe(1)
    expectBroken(json(), link)
  })

  test('the commands advised for a realm that lost its users fix it', async () => {
    await verify('broken-link what=no-user')
    const realm = await rehearsal.run(['realm', '--rehearse', '--rehearse-fault', 'clear'])
    expect(realm.code).toBe(0)
    expect((await verify()).code).toBe(0)
  })
})

test('neither documents nor recorded runs hold a password, a cookie or a token', async () => {
  const {stdout, stderr} = verified
  const {json} = await rehearsal.rehearse('credentials', '--reveal')
  const passwords: string[] = json().credentials.map(({password}: any) => password)
  expect(passwords.length).toBeGreaterThan(2)
  for (const text of [stdout, stderr, deployed.stdout, deployed.stderr]) {
    for (const password of passwords) expect(text).not.toContain(password)
    expect(text).not.toMatch(/eyJ[\w-]{10}|mcp_gateway_session=/)
  }
})
