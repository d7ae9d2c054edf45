import {describe, expect, test} from 'vitest'
import type {ProgressEvent} from '../../../src/progress.js'
import {type Capture, play, prompt, type Stage, stackEvent} from './play.js'

const steps = [
  'Identify the account',
  'Check the parameters',
  'Create or update the stacks',
  'Restart services',
  'Verify the environment',
]
const started = (id: number): ProgressEvent => ({kind: 'step-started', id: `s${id}`, title: steps[id] ?? ''})
const finished = (id: number, seconds: number): ProgressEvent => ({
  kind: 'step-finished',
  id: `s${id}`,
  title: steps[id] ?? '',
  seconds,
})
const begin: ProgressEvent = {
  kind: 'workflow-started',
  title: 'Deploy',
  steps: steps.map((title, id) => ({id: `s${id}`, title})),
}

const deploy: readonly Stage[] = [
  {
    name: 'looks',
    events: [
      begin,
      started(0),
      {
        kind: 'note',
        text: 'Account 123456789012, region us-west-2, a note that is too long for a narrow terminal',
      },
    ],
  },
  {
    name: 'network',
    events: [
      finished(0, 2),
      {kind: 'step-skipped', id: 's1', title: 'Check', reason: 'nothing was given'},
      started(2),
      {
        kind: 'resources-expected',
        stacks: [
          {label: 'network', resources: 2},
          {label: 'data', resources: 1},
        ],
      },
      stackEvent('main', 'stack', 'CREATE_IN_PROGRESS'),
      stackEvent('network', 'stack', 'CREATE_IN_PROGRESS'),
      stackEvent('network', 'Vpc', 'CREATE_IN_PROGRESS'),
      stackEvent('network', 'InternetGateway', 'CREATE_IN_PROGRESS'),
    ],
  },
  {
    name: 'data and images',
    events: [
      stackEvent('network', 'Vpc', 'CREATE_COMPLETE'),
      stackEvent('network', 'InternetGateway', 'CREATE_COMPLETE'),
      stackEvent('network', 'stack', 'CREATE_COMPLETE'),
      stackEvent('data', 'DatabaseCluster', 'CREATE_IN_PROGRESS'),
      {kind: 'build-phase', buildId: 'b', phase: 'BUILD', status: 'IN_PROGRESS', seconds: 0},
    ],
  },
  {
    name: 'verifies',
    events: [
      finished(2, 600),
      {kind: 'step-skipped', id: 's3', title: 'Restart', reason: 'the database has not changed'},
      started(4),
      {
        kind: 'verify-waiting',
        services: {ok: 7, total: 8},
        targetGroups: {ok: 4, total: 4},
        endpoints: {ok: 2, total: 3},
        links: {ok: 9, total: 12},
        problem: 'demo-mcpgw: 0 of 1 tasks run, 1 are starting.',
      },
    ],
  },
  {name: 'is healthy', events: [finished(4, 30)]},
]

const failure: readonly Stage[] = [
  ...deploy.slice(0, 2),
  {
    name: 'fails',
    events: [
      stackEvent('network', 'Vpc', 'CREATE_FAILED', {reason: 'The maximum number of VPCs has been reached.'}),
      stackEvent('network', 'stack', 'ROLLBACK_IN_PROGRESS'),
      {kind: 'step-failed', id: 's2', title: 'Stacks', message: 'x'},
    ],
  },
]

const teardown: readonly Stage[] = [
  {
    name: 'deletes',
    events: [
      begin,
      started(2),
      {kind: 'resources-expected', stacks: [{label: 'network', resources: 2}]},
      stackEvent('network', 'stack', 'DELETE_IN_PROGRESS'),
      stackEvent('network', 'InternetGateway', 'DELETE_COMPLETE'),
      stackEvent('network', 'Vpc', 'DELETE_IN_PROGRESS'),
    ],
  },
  {
    name: 'is gone',
    events: [
      stackEvent('network', 'Vpc', 'DELETE_COMPLETE'),
      stackEvent('network', 'stack', 'DELETE_COMPLETE'),
      finished(2, 300),
    ],
  },
]

const stories = {deploy, 'a deploy that fails': failure, teardown}
const usual = {columns: 80, rows: 24}
const shown = (captures: readonly Capture[], name: string) =>
  (captures.find(capture => capture.name === name)?.lines ?? []).filter(line => line !== '')

describe('in a terminal of 80 by 24', () => {
  test('five stages of a deploy', async () => {
    const captures = await play(deploy, {size: usual})
    expect(
      captures.map(({name}) => [name, ...shown(captures, name)].join('\n')).join('\n\n'),
    ).toMatchInlineSnapshot(`
      "looks
      $ mcpgw
      ▸ Identify the account
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      · Check the parameters
      · Create or update the stacks
      · Restart services
      · Verify the environment

      network
      $ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ▸ Create or update the stacks
        0/3 resources · 7s
        ▸ main     CREATE_IN_PROGRESS
        ▸ network  CREATE_IN_PROGRESS     0/2  Vpc 12s, InternetGateway 12s
        · data     waiting                0/1
      · Restart services
      · Verify the environment

      data and images
      $ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ▸ Create or update the stacks
        2/3 resources · 13s
        ▸ main     CREATE_IN_PROGRESS
        ✔ network  CREATE_COMPLETE        2/2
        · data     waiting                0/1  DatabaseCluster 18s
          image build BUILD running
      · Restart services
      · Verify the environment

      verifies
      $ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ✔ Create or update the stacks (10m00s)
        2/3 resources · 13s
        ▸ main     CREATE_IN_PROGRESS
        ✔ network  CREATE_COMPLETE        2/2
        · data     waiting                0/1  DatabaseCluster 18s
          image build BUILD running
      – Restart services (skipped: the database has not changed)
      ▸ Verify the environment
        services 7/8, target groups 4/4, endpoints 2/3, links 9/12 healthy · 3s
        demo-mcpgw: 0 of 1 tasks run, 1 are starting.

      is healthy
      $ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ✔ Create or update the stacks (10m00s)
        2/3 resources · 13s
        ▸ main     CREATE_IN_PROGRESS
        ✔ network  CREATE_COMPLETE        2/2
        · data     waiting                0/1  DatabaseCluster 18s
          image build BUILD running
      – Restart services (skipped: the database has not changed)
      ✔ Verify the environment (30s)
        services 7/8, target groups 4/4, endpoints 2/3, links 9/12 healthy · 3s
        demo-mcpgw: 0 of 1 tasks run, 1 are starting.

      end
      $ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ✔ Create or update the stacks (10m00s)
        2/3 resources · 13s
        ▸ main     CREATE_IN_PROGRESS
        ✔ network  CREATE_COMPLETE        2/2
        · data     waiting                0/1  DatabaseCluster 18s
          image build BUILD running
      – Restart services (skipped: the database has not changed)
      ✔ Verify the environment (30s)
        services 7/8, target groups 4/4, endpoints 2/3, links 9/12 healthy · 3s
        demo-mcpgw: 0 of 1 tasks run, 1 are starting."
    `)
  })

  test('a failure', async () => {
    expect(shown(await play(failure, {size: usual}), 'end').join('\n')).toMatchInlineSnapshot(`
      "$ mcpgw
      ✔ Identify the account (2s)
        Account 123456789012, region us-west-2, a note that is too long for a narrow
        terminal
      – Check the parameters (skipped: nothing was given)
      ✖ Create or update the stacks (failed)
        0/3 resources · 9s
        ▸ main     CREATE_IN_PROGRESS
        ✖ network  ROLLBACK_IN_PROGRESS     0/2  InternetGateway 14s
        · data     waiting                0/1
      · Restart services
      · Verify the environment"
    `)
  })

  test('a teardown', async () => {
    const captures = await play(teardown, {size: usual})
    expect(
      captures.map(({name}) => [name, ...shown(captures, name)].join('\n')).join('\n\n'),
    ).toMatchInlineSnapshot(`
      "deletes
      $ mcpgw
      · Identify the account
      · Check the parameters
      ▸ Create or update the stacks
        1/2 resources · 6s
        ▸ network  DELETE_IN_PROGRESS     1/2  Vpc 6s
      · Restart services
      · Verify the environment

      is gone
      $ mcpgw
      · Identify the account
      · Check the parameters
      ✔ Create or update the stacks (5m00s)
        2/2 resources · 8s
        ✔ network  DELETE_COMPLETE        2/2
      · Restart services
      · Verify the environment

      end
      $ mcpgw
      · Identify the account
      · Check the parameters
      ✔ Create or update the stacks (5m00s)
        2/2 resources · 8s
        ✔ network  DELETE_COMPLETE        2/2
      · Restart services
      · Verify the environment"
    `)
  })
})

describe.each(Object.entries(stories))('%s', (_, story) => {
  test.each([
    [60, 24],
    [80, 12],
    [120, 30],
    [200, 50],
  ])(
    'at %d by %d shows what a terminal shows in which it is drawn anew, and scrolls nothing away',
    async (columns, rows) => {
      const size = {columns, rows}
      const captures = await play(story, {size})
      for (const [index, {name, all}] of captures.slice(0, -1).entries()) {
        const whole = {name, events: story.slice(0, index + 1).flatMap(({events}) => events)}
        const [fresh] = await play([whole], {size, secondsBetween: 0})
        // Seconds go by while it is played.
        const steady = (some: readonly string[]) =>
          some.map(line => line.replaceAll(/\d+m?\d*s|…/g, 'T').trimEnd()).filter(line => line !== '')
        expect(all[0]).toBe(prompt)
        expect(steady(all).map(line => line.slice(0, 40))).toEqual(
          steady(fresh?.all ?? []).map(line => line.slice(0, 40)),
        )
        // A drawing that fills the terminal pushes up what stood there, and nothing of its own.
        expect(all.length).toBeLessThanOrEqual(rows + 1)
      }
      const end = captures.at(-1)
      expect(end?.all[0]).toBe(prompt)
      expect(end?.all.filter(line => line.includes(steps[2] ?? ''))).toHaveLength(1)
    },
  )

  test('is drawn again where the terminal has become narrower, wider, lower or higher, once', async () => {
    const sizes = [
      {columns: 60, rows: 24},
      {columns: 100, rows: 20},
      {columns: 80, rows: 30},
    ]
    for (const size of sizes) {
      const [first, ...rest] = story
      const captures = await play([first as Stage, {name: 'resized', events: [], size}, ...rest], {
        size: usual,
      })
      const titles = shown(captures, 'end').filter(line => line.includes(steps[0] ?? ''))
      expect(titles).toHaveLength(1)
      for (const {lines} of captures.slice(1))
        expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(size.columns)
    }
  })

  test('reads the same without colors', async () => {
    const [colored, plain] = await Promise.all([
      play(story, {size: usual}),
      play(story, {size: usual, noColor: true}),
    ])
    expect(plain.map(({lines}) => lines)).toEqual(colored.map(({lines}) => lines))
    const sgr = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`)
    expect(colored.some(({text}) => sgr.test(text))).toBe(true)
    expect(plain.filter(({text}) => sgr.test(text))).toEqual([])
  })
})

describe('what is written', () => {
  test('is nothing while nothing changes, and a few lines when seconds go by', async () => {
    const quiet = {name: 'quiet', events: [] as ProgressEvent[]}
    const captures = await play([...deploy.slice(0, 2), quiet], {size: usual})
    const one = captures.find(({name}) => name === 'quiet')
    expect(one?.writes).toBeLessThanOrEqual(2)
    expect(one?.bytes).toBeLessThan(400)
    expect(one?.text).not.toContain(steps[0])
  })

  test('shows an event within a quarter of a second, and a hundred at once in one drawing', async () => {
    const flood = Array.from({length: 100}, (_, at) =>
      stackEvent('network', `Subnet${at}`, 'CREATE_IN_PROGRESS'),
    )
    const captures = await play([...deploy.slice(0, 2), {name: 'flood', events: flood}], {
      size: usual,
      secondsBetween: 0,
    })
    expect(captures.find(({name}) => name === 'flood')?.writes).toBeLessThanOrEqual(4)
    const spread = await play(
      [...deploy.slice(0, 2), {name: 'one', events: [stackEvent('network', 'Late', 'CREATE_IN_PROGRESS')]}],
      {size: {columns: 200, rows: 24}, secondsBetween: 0.25},
    )
    expect(spread.find(({name}) => name === 'one')?.text).toContain('Late')
  })
})
