import {fileURLToPath} from 'node:url'
import {beforeAll, describe, expect, inject, test} from 'vitest'
import {run} from './clients.js'

const {document, stacks} = inject('deployed')
const script = fileURLToPath(new URL('./boto3_reads.py', import.meta.url))
const root = stacks.find(({name}) => name === document.environment)!

let read: any
beforeAll(async () => {
  const {code, stdout, stderr} = await run('python3', [script, document.environment])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  read = JSON.parse(stdout)
})

/** The script asks for the root by name and for the others by id, as its resources name them. */
const byAskedName = <Value>(value: (stack: (typeof stacks)[number]) => Value) =>
  Object.fromEntries(stacks.map(stack => [stack === root ? stack.name : stack.id, value(stack)]))

describe('boto3', () => {
  test('reads the account, the outputs and the stacks that mcpgw reports', () => {
    expect(read.account).toBe(document.account)
    expect(read.stacks.outputs).toEqual(document.outputs)
    const reported = document.stacks.map(({name, status}: any) => [name, status])
    const seen = Object.entries(read.stacks.status).map(([asked, status]) => [
      stacks.find(({id, name}) => asked === id || asked === name)?.name,
      status,
    ])
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(reported))
  })

  test('pages through all events and all resources of every stack', () => {
    expect(read.stacks.events).toEqual(byAskedName(({events}) => events.toReversed()))
    expect(read.stacks.rows).toEqual(byAskedName(({rows}) => rows))
  })

  test('waits for stable services and targets in service, and finds what mcpgw reports', () => {
    const {services, targetGroups} = document.verification
    expect(read.services).toEqual(
      services.map(({name, desired, running}: any) => [name, desired, running]).sort(),
    )
    expect(read.targets).toEqual(
      Object.fromEntries(
        targetGroups.map(({name, targets}: any) => [
          name,
          targets.map(({id, port, state}: any) => [id, port, state]),
        ]),
      ),
    )
  })

  test('reads every list in small pages as it is in one', () => {
    expect(Object.keys(read.smallPages)).toHaveLength(8)
    for (const [operation, pages] of Object.entries(read.smallPages))
      expect([operation, pages]).toEqual([operation, {same: true, once: true, full: true, several: true}])
  })

  test('waits for tasks, load balancers, stacks and buckets, and gives up where nothing comes', () => {
    expect(read.waited).toContain('Max attempts exceeded')
  })

  test('makes a stack and waits until it is complete, deletes it and waits until it is gone', () => {
    expect(read.ownStack).toEqual({
      value: 'conformance-of-boto3',
      status: 'DELETE_COMPLETE',
      deleted: true,
      parameter: {class: 'ParameterNotFound', code: 'ParameterNotFound'},
    })
  })

  test('puts, gets, lists and deletes objects, with checksums that are held to the bytes', () => {
    expect(read.objects).toEqual({
      same: true,
      metadata: {'made-by': 'boto3'},
      crc32: [true, true],
      sha256: true,
      range: '010203',
      wrong: {class: 'ClientError', code: 'BadDigest'},
      listed: ['a/bytes', 'b/0', 'b/1', 'b/2', 'b/3', 'b/4', 'told'],
      full: {class: 'ClientError', code: 'BucketNotEmpty'},
      missing: {class: 'NoSuchKey', code: 'NoSuchKey'},
      left: [],
      gone: {class: 'NoSuchBucket', code: 'NoSuchBucket'},
    })
  })

  test('catches the refusals of each service by class', () => {
    const both = (name: string, code = name) => ({class: name, code})
    expect(read.refusals).toEqual({
      cluster: both('ClusterNotFoundException'),
      secret: both('ResourceNotFoundException'),
      repository: both('RepositoryNotFoundException'),
      logGroup: both('ResourceNotFoundException'),
      loadBalancer: both('LoadBalancerNotFoundException', 'LoadBalancerNotFound'),
      existingStack: both('AlreadyExistsException', 'AlreadyExistsException'),
      changeSet: both('ChangeSetNotFoundException', 'ChangeSetNotFound'),
      stack: both('ClientError', 'ValidationError'),
      waiter: expect.stringContaining('Max attempts exceeded'),
    })
  })
})
