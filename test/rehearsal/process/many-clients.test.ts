import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterEach, expect, test} from 'vitest'
import {endAll, faulty} from '../faults/faulty.js'

afterEach(endAll)

const template = JSON.stringify({
  Resources: Object.fromEntries(
    Array.from({length: 60}, (_, index) => [`Topic${index}`, {Type: 'AWS::SNS::Topic'}]),
  ),
})

test('fifty clients that poll at once are all answered, while a stack is created', async () => {
  const account = await faulty([])
  const clients = Array.from(
    {length: 50},
    () => new CloudFormation({...account.client, requestHandler: {requestTimeout: 60_000}}),
  )
  const [first] = clients
  await first?.createStack({StackName: 'busy', TemplateBody: template})
  const polled = await Promise.all(
    clients.map(async client => {
      const pages = []
      for (let call = 0; call < 3; call += 1)
        pages.push(await client.describeStackEvents({StackName: 'busy'}))
      return pages.map(({StackEvents}) => StackEvents?.at(-1)?.ResourceStatusReason)
    }),
  )
  expect(new Set(polled.flat())).toEqual(new Set(['User Initiated']))
  await account.minute(5)
  const {Stacks: [busy] = []} = (await first?.describeStacks({StackName: 'busy'})) ?? {}
  expect(busy?.StackStatus).toBe('CREATE_COMPLETE')
})
