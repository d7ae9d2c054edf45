import {text} from 'node:stream/consumers'
import type {DescribeStackEventsInput} from '@aws-sdk/client-cloudformation'
import type {MiddlewareTarget} from './middleware.js'

/** What nobody here reads of an event. */
const unread = /<(ResourceProperties|ClientRequestToken|OperationId)>[^<]*<\/\1>/g
const event = /<member>.*?<\/member>/gs
const eventId = /<EventId>([^<]*)<\/EventId>/

/** Ids of events by the request whose answer need not show them. */
const seenBefore = new WeakMap<object, ReadonlySet<string>>()

/** The request, whose answer will show one event at most of those that were seen before. */
export function withoutSeen(
  input: DescribeStackEventsInput,
  seen: ReadonlySet<string>,
): DescribeStackEventsInput {
  seenBefore.set(input, seen)
  return input
}

/**
 * Takes out of pages of stack events what nobody needs, before the SDK reads them: a page has 100 events with all
 * properties of their resources, is read at every look at a stack that is being worked on, and brings one or two
 * events that are new.
 */
export function shortenEventPages<Input extends object, Output extends object>(
  client: MiddlewareTarget<Input, Output>,
): void {
  client.middlewareStack.add(
    (next, {commandName}) =>
      async args => {
        const result = await next(args)
        if (commandName !== 'DescribeStackEventsCommand') return result
        const response = result.response as {body: NodeJS.ReadableStream | Uint8Array}
        const page = await text(response.body as NodeJS.ReadableStream)
        const fresh = withoutRepeated(page, seenBefore.get(args.input))
        response.body = Buffer.from(fresh.replace(unread, ''))
        return result
      },
    // Innermost: what arrives here comes from the connection.
    {step: 'deserialize', priority: 'low', name: 'mcpgwShortenEventPages'},
  )
}

/** One of the events that were seen stays: it tells that the older pages hold nothing new. */
function withoutRepeated(page: string, seen: ReadonlySet<string> | undefined): string {
  if (!seen?.size) return page
  let isFirst = true
  return page.replace(event, member => {
    if (!seen.has(eventId.exec(member)?.[1] ?? '')) return member
    if (!isFirst) return ''
    isFirst = false
    return member
  })
}
