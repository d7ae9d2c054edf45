import type {constructStack} from '@smithy/core/client'
import {HttpRequest, HttpResponse} from '@smithy/core/protocols'
import {type Clock, holding} from '../clock.js'
import {translate} from './errors.js'
import type {MachineClock} from './machine-clock.js'
import {notAws, strangersAnswer} from './not-aws.js'
import type {AwsCall} from './sdk-error.js'

/** Counts HTTP requests by `service:Operation`. */
export class CallCounter {
  readonly #calls = new Map<string, number>()

  count(name: string): void {
    this.#calls.set(name, (this.#calls.get(name) ?? 0) + 1)
  }

  /** Of one service. */
  of(service: string): number {
    const calls = [...this.#calls].filter(([name]) => name.startsWith(`${service}:`))
    return calls.reduce((sum, [, count]) => sum + count, 0)
  }

  /** A copy, sorted by name. */
  calls(): Record<string, number> {
    return Object.fromEntries([...this.#calls].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** What is told of every request and answer. */
export interface Observers {
  readonly counter: CallCounter
  readonly machineClock: MachineClock
}

/** The part of an SDK client that `observe` needs. */
export interface MiddlewareTarget<Input extends object, Output extends object> {
  readonly middlewareStack: ReturnType<typeof constructStack<Input, Output>>
}

/**
 * Counts every HTTP request of the client, repeats included, refuses answers that are not AWS's, notes the time in those
 * that are, and turns every error that leaves it into an `McpgwError`.
 */
export function observe<Input extends object, Output extends object>(
  client: MiddlewareTarget<Input, Output>,
  target: Omit<AwsCall, 'operation'> & {clock: Clock; revive?: () => Promise<boolean>},
  {counter, machineClock}: Observers,
): void {
  // Outermost: what arrives here has been retried.
  client.middlewareStack.add(
    (next, context) => async args => {
      try {
        return await next(args)
      } catch (error) {
        throw translate(error, {...target, operation: operationOf(context)})
      }
    },
    {step: 'initialize', priority: 'high', name: 'mcpgwTranslateErrors'},
  )
  // Inside the retry middleware, which is of this step with high priority: called once for every attempt.
  client.middlewareStack.add(
    (next, context) => args => {
      const send = () => {
        counter.count(`${target.service}:${operationOf(context)}`)
        return next(args)
      }
      return holding(target.clock, () =>
        send().catch(async error => {
          // As the SDK itself does with a lost connection, but after what is gone is there again.
          if (!isLost(error) || !(await target.revive?.())) throw error
          return send()
        }),
      )
    },
    {step: 'finalizeRequest', priority: 'low', name: 'mcpgwCountRequests'},
  )
  // Innermost: what arrives here nobody has read yet. What looks like a fault of AWS is repeated all the same.
  client.middlewareStack.add(
    (next, context) => async args => {
      // Requests are signed by the machine's own time.
      const sentAt = Date.now()
      const result = await next(args)
      const {request} = args
      const {response} = result
      if (!HttpRequest.isInstance(request) || !HttpResponse.isInstance(response)) return result
      const stranger = strangersAnswer(response, request.headers['content-type'])
      if (stranger === undefined) machineClock.note(response.headers, {sentAt, receivedAt: Date.now()})
      if (stranger === undefined || isFault(response.statusCode)) return result
      response.body?.destroy?.()
      throw notAws(stranger, {...target, operation: operationOf(context)})
    },
    {step: 'deserialize', priority: 'low', name: 'mcpgwRefuseStrangers'},
  )
}

/** The connection could not be made, or broke: not by an answer. */
function isLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE'
}

/** 511 is no fault: a network says with it that it wants a login first. */
function isFault(status: number): boolean {
  return status >= 500 && status !== 511
}

/** The SDK names the command class, `DescribeStacksCommand`. */
function operationOf(context: {commandName?: string}): string {
  return (context.commandName ?? 'UnknownCommand').replace(/Command$/, '')
}
