import {text} from 'node:stream/consumers'
import type {MiddlewareTarget} from './middleware.js'

/** What nobody here reads of an event; none of these holds markup. */
const unread = /<(ResourceProperties|ClientRequestToken|OperationId)>[^<]*<\/\1>/g

/**
 * Takes the properties of resources, and other parts of no interest, out of pages of stack events before the SDK
 * reads them. They are most of a page, and a page of 100 events is read at every look at a stack that is being worked
 * on.
 */
export function leaveOutProperties<Input extends object, Output extends object>(
  client: MiddlewareTarget<Input, Output>,
): void {
  client.middlewareStack.add(
    (next, {commandName}) =>
      async args => {
        const result = await next(args)
        if (commandName !== 'DescribeStackEventsCommand') return result
        const response = result.response as {body: NodeJS.ReadableStream | Uint8Array}
        response.body = Buffer.from((await text(response.body as NodeJS.ReadableStream)).replace(unread, ''))
        return result
      },
    // Innermost: what arrives here comes from the connection.
    {step: 'deserialize', priority: 'low', name: 'mcpgwLeaveOutProperties'},
  )
}
