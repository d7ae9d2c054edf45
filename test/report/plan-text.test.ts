import {describe, expect, test} from 'vitest'
import {paint} from '../../src/report/paint.js'
import {planText} from '../../src/report/plan-text.js'
import type {PlannedImagesResult, PlanResult} from '../../src/results.js'

const plain = paint({stream: process.stdout, noColor: true})
const stackType = 'AWS::CloudFormation::Stack'
const images: PlannedImagesResult = {
  stack: 'demo-ComputeStack',
  logicalId: 'ContainerImages',
  type: 'Custom::ContainerImages',
  seconds: 561,
  slackSeconds: 85,
  mode: 'source',
  otherwiseSeconds: 670,
}
const result: PlanResult = {
  operation: 'create',
  stays: [],
  environment: 'demo',
  region: 'us-west-2',
  layout: 'nested',
  stacks: [
    {
      name: 'demo',
      logicalId: 'demo',
      beginsAfterSeconds: 0,
      expectedSeconds: 670,
      resources: [{logicalId: 'ComputeStack', type: stackType, action: 'create'}],
    },
    {
      name: 'demo-ComputeStack',
      logicalId: 'ComputeStack',
      beginsAfterSeconds: 4,
      expectedSeconds: 661,
      resources: ['A', 'B', 'C', 'D', 'E', 'E'].map((kind, index) => ({
        logicalId: `${kind}${index}`,
        type: `AWS::Service::${kind}`,
        action: 'create',
      })),
    },
  ],
  expectedSeconds: 670,
  criticalPath: [
    {stack: 'demo', logicalId: 'demo', type: stackType, seconds: 4},
    {stack: 'demo', logicalId: 'ComputeStack', type: stackType, seconds: 5},
    {stack: 'demo-ComputeStack', logicalId: 'A0', type: 'AWS::Service::A', seconds: 651},
    {stack: 'demo', logicalId: 'ComputeStack', type: stackType, seconds: 5},
    {stack: 'demo', logicalId: 'demo', type: stackType, seconds: 5},
  ],
  hidden: [images],
  serialSeconds: 1804,
  images,
  keycloakAdmin: ['0.0.0.0/0'],
}
const text = (change: Partial<PlanResult> = {}, verbose = false) =>
  planText({...result, ...change}, {paint: plain, verbose})
const lines = (...args: Parameters<typeof text>) => text(...args).split('\n')

describe('the text of a plan', () => {
  test("says in a line that Keycloak's administration is open, and nothing where it is not", () => {
    const line =
      "Keycloak's administration is open to everyone who has its password (AdminCidrBlocks restricts it)."
    expect(lines()).toContain(line)
    expect(text({keycloakAdmin: ['192.0.2.0/24']})).not.toContain('administration')
  })

  test('of a teardown says what goes, what stays, and nothing of what a deployment would need', () => {
    const teardown = text({
      operation: 'delete',
      stays: [
        {stack: 'demo-DataStack', logicalId: 'Database', type: 'AWS::RDS::DBCluster', what: 'snapshot'},
      ],
    })
    expect(teardown).toContain('teardown would delete 2 stacks with 6 resources')
    expect(teardown).toMatch(/^STACK +DELETE +FROM/m)
    expect(teardown).toContain(
      'A final snapshot of Database is kept, and is billed until someone deletes it.',
    )
    expect(teardown).not.toMatch(/administration|deploy would| complete/)
  })

  test('begins with what would be made and how long that takes', () => {
    expect(lines()[0]).toBe(
      'demo in region us-west-2, layout nested: deploy would create 2 stacks with 6 resources, in about 11 minutes.',
    )
  })

  test('counts the resources of each stack by kind, or lists them', () => {
    expect(lines()).toContainEqual(
      expect.stringMatching(
        /^compute +6 +0:04 +11:05 +2 Service::E, 1 Service::A, 1 Service::B, 1 Service::C, 1 more kind$/,
      ),
    )
    expect(text()).not.toContain('D3')
    expect(lines({}, true)).toContainEqual(expect.stringMatching(/^compute +create +D3 +AWS::Service::D$/))
  })

  test('shows the path, each link with what it takes and when it is done', () => {
    const from = lines().indexOf('CRITICAL PATH')
    expect(
      lines()
        .slice(from + 2, from + 7)
        .map(line => line.replace(/ +/g, ' ')),
    ).toEqual([
      'main demo begins 4s 0:04 CloudFormation::Stack',
      'main ComputeStack begins 5s 0:09 CloudFormation::Stack',
      'compute A0 10m51s 11:00 Service::A',
      'main ComputeStack complete 5s 11:05 CloudFormation::Stack',
      'main demo complete 5s 11:10 CloudFormation::Stack',
    ])
  })

  test('shows what is hidden, and leaves the table out when nothing is', () => {
    expect(lines()).toContainEqual(
      expect.stringMatching(/^compute +ContainerImages +9m21s +1m25s +Custom::ContainerImages$/),
    )
    expect(text({hidden: []})).not.toContain('HIDDEN')
  })

  test.each([
    [
      {},
      'beside other work: it could take 1m25s longer without delaying the deployment. Importing them (--images): no difference in total.',
    ],
    [
      {slackSeconds: 0, otherwiseSeconds: 500},
      'and is on the critical path. Importing them (--images): 2m50s less in total.',
    ],
    [
      {mode: 'import', seconds: 201, otherwiseSeconds: 700},
      'Importing the images takes about 3 minutes beside other work',
    ],
    [{mode: 'import', otherwiseSeconds: 700}, 'Building them from source: 30s more in total.'],
  ] as const)('says what the images cost: %j', (change, expected) => {
    expect(text({images: {...images, ...change}})).toContain(expected)
  })

  test('compares with one stack after another where that says anything', () => {
    expect(text()).toContain('One stack after another, it would take about 30 minutes.')
    expect(text({serialSeconds: 670})).not.toContain('One stack after another')
    expect(text({images: null})).not.toContain('images')
  })
})
