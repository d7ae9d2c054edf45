import type {Aws} from '../../aws/aws.js'
import {awsCommand, shell} from '../../aws/command-line.js'
import {McpgwError, messageOf} from '../../errors.js'
import {costOf} from '../cost-of.js'
import {isUnproved} from '../stacks/express.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'

/** Of the clock: a look costs a call or two for each kind that is left. */
const pollMs = 30_000
/** A database takes ten minutes at times, a distribution forty at worst. */
const patienceMs = 60 * 60_000

/** It costs nothing by being there, and yet goes on for minutes. */
const slowAndFree: ReadonlySet<string> = new Set(['AWS::CloudFront::Distribution'])

/** Its service has deleted it when it answers; the proof asks for it all the same. */
const goneAtOnce: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::EC2::EIP',
  'AWS::ECR::Repository',
  'AWS::Logs::LogGroup',
])

interface Unproved {
  readonly type: string
  readonly physicalId: string
}

/**
 * In express mode CloudFormation says that something is deleted when it has asked for it. What is billed is asked for at its
 * own service until that no longer knows it.
 */
export function awaitGone(): Step<TeardownContext> {
  return {
    id: 'await-gone',
    title: 'Wait until what is billed is gone',
    skip: ({record}) =>
      record.events.some(isUnproved) ? undefined : 'CloudFormation has waited for everything itself',
    async run(context, {tell, signal}) {
      const {aws, clock, remaining, unknown, provedGone} = context
      const deadline = clock.now() + patienceMs
      let left = unprovedOf(context)
      for (;;) {
        const {there, unread} = await lookWhetherGone(aws, left)
        for (const each of left.filter(one => !there.includes(one) && !unread.has(one.type)))
          provedGone.add(each.physicalId)
        left = there
        for (const [type, reason] of unread) unknown.push(notRead(type, reason))
        if (left.length === 0 || clock.now() >= deadline) break
        const kinds = [...new Set(left.map(({type}) => type.replace('AWS::', '')))]
        tell({kind: 'note', text: `Still going: ${kinds.join(', ')}`})
        await clock.sleep(pollMs, signal)
      }
      for (const {type, physicalId} of left)
        remaining.push({
          kind: type,
          name: physicalId,
          reason: 'CloudFormation said that it was deleted, and its service still shows it an hour later.',
          owner: 'the environment',
          kept: false,
          command: awsCommand(
            aws,
            shell`cloudcontrol delete-resource --type-name ${type} --identifier ${physicalId}`,
          ),
        })
    },
  }
}

/** What nobody has waited for, and what costs something or nobody knows what it costs. */
function unprovedOf({aws, record}: TeardownContext): readonly Unproved[] {
  return record.events.filter(
    event =>
      isUnproved(event) &&
      aws.live.types.includes(event.type) &&
      !goneAtOnce.has(event.type) &&
      (slowAndFree.has(event.type) || (costOf(event.type)?.usd ?? 1) > 0),
  )
}

/** Each type once; one that cannot be asked for is told of, and not asked again. */
export async function lookWhetherGone(
  {live}: Aws,
  left: readonly Unproved[],
): Promise<{there: readonly Unproved[]; unread: ReadonlyMap<string, string>}> {
  const unread = new Map<string, string>()
  const types = [...new Set(left.map(({type}) => type))]
  const looks = types.map(async type => {
    const ofType = left.filter(each => each.type === type)
    try {
      const ids = ofType.map(({physicalId}) => physicalId)
      const found = await live.look(type, ids)
      // What waits for its deletion, as keys and secrets do, is deleted as far as that goes.
      return ofType.filter(({physicalId}) => (found.get(physicalId)?.is ?? 'deleting') !== 'deleting')
    } catch (error) {
      if (!(error instanceof McpgwError)) throw error
      unread.set(type, messageOf(error))
      return []
    }
  })
  return {there: (await Promise.all(looks)).flat(), unread}
}

function notRead(type: string, reason: string) {
  return {
    kind: type,
    name: 'what the stacks had of it',
    reason: `CloudFormation did not wait for its deletion (express mode), and it cannot be looked at: ${reason}`,
    command: null,
  }
}
