import {Readable} from 'node:stream'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {HttpResponse} from '@smithy/core/protocols'
import {expect, test} from 'vitest'
import {shortenEventPages, withoutSeen} from '../../src/aws/event-pages.js'

function clientAnswering(operation: string, result: string, status = 200) {
  const body = `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`
  const client = new CloudFormation({
    region: 'us-west-2',
    credentials: {accessKeyId: 'x', secretAccessKey: 'y'},
    maxAttempts: 1,
    requestHandler: {
      // In two pieces, as it may come over a wire.
      handle: async () => ({
        response: new HttpResponse({
          statusCode: status,
          headers: {'content-type': 'text/xml'},
          body: Readable.from([Buffer.from(body.slice(0, 90)), Buffer.from(body.slice(90))]),
        }),
      }),
    },
  })
  shortenEventPages(client)
  return client
}

const event = `<member><EventId>e</EventId><ResourceStatusReason>a &lt;ResourceProperties&gt; b</ResourceStatusReason>
  <ResourceProperties>{"Value":"1 &lt; 2"}</ResourceProperties><ClientRequestToken>t</ClientRequestToken>
  <Timestamp>2026-01-01T00:00:00Z</Timestamp></member>`

test('events lose their properties, and nothing else that is read of them', async () => {
  const client = clientAnswering('DescribeStackEvents', `<StackEvents>${event}${event}</StackEvents>`)
  const {StackEvents} = await client.describeStackEvents({StackName: 'demo'})
  const left = {
    EventId: 'e',
    ResourceStatusReason: 'a <ResourceProperties> b',
    Timestamp: new Date('2026-01-01T00:00:00Z'),
  }
  expect(StackEvents).toEqual([left, left])
})

const numbered = (...ids: string[]) =>
  ids
    .map(id => `<member>\n <EventId>${id}</EventId><LogicalResourceId>A</LogicalResourceId></member>`)
    .join('\n')

test.each([
  {title: 'none was seen', seen: [], left: ['e', 'd', 'c', 'b']},
  {title: 'one of those that were seen stays', seen: ['c', 'b', 'a'], left: ['e', 'd', 'c']},
  {title: 'one that came late, below others, stays', seen: ['e', 'd', 'b'], left: ['e', 'c']},
  {title: 'all were seen', seen: ['e', 'd', 'c', 'b'], left: ['e']},
])('events that were seen before are left out: $title', async ({seen, left}) => {
  const client = clientAnswering(
    'DescribeStackEvents',
    `<StackEvents>${numbered('e', 'd', 'c', 'b')}</StackEvents><NextToken>more</NextToken>`,
  )
  const input = withoutSeen({StackName: 'demo'}, new Set(seen))
  const {StackEvents, NextToken} = await client.describeStackEvents(input)
  expect(StackEvents?.map(({EventId}) => EventId)).toEqual(left)
  expect(NextToken).toBe('more')
})

test('other answers stay as they are', async () => {
  const client = clientAnswering(
    'GetTemplate',
    '<TemplateBody>&lt;ResourceProperties&gt;x&lt;/ResourceProperties&gt;</TemplateBody>',
  )
  const {TemplateBody} = await client.getTemplate({StackName: 'demo'})
  expect(TemplateBody).toBe('<ResourceProperties>x</ResourceProperties>')
})

test('a refusal is still understood', async () => {
  const client = clientAnswering('DescribeStackEvents', '', 403)
  await expect(client.describeStackEvents({StackName: 'demo'})).rejects.toMatchObject({
    $metadata: {httpStatusCode: 403},
  })
})
