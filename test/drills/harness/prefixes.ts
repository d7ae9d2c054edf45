import type {Account} from '../../../src/rehearsal/account/account.js'
import {DrillAccount} from './account.js'
import {interrupted, stateOf} from './states.js'

/** Whatever CloudFormation does here alone is over by then. */
const longEnoughSeconds = 3600

/** A moment of a deployment: a resource has just been created, and nobody waits for the rest. */
export interface Prefix {
  /** What has just been created. */
  name: string
  /** What a state file of the account holds then. */
  text(): Promise<string>
}

/** Stacks that a deployment begins, one after the other or two at once, and what it shows by then. */
const beginnings = {
  nested: [/CREATE_IN_PROGRESS/],
  individual: [
    /network: CREATE_IN_PROGRESS/,
    /(?=.*\bdata: CREATE_IN_PROGRESS)(?=.*\bcompute: CREATE_IN_PROGRESS)/s,
    /services: CREATE_IN_PROGRESS/,
  ],
}

/**
 * Every moment of one deployment at which a resource has just been created, in their order. CloudFormation goes on without
 * a client, so that the deployment is made once: it is interrupted when its stacks have begun, and time passes up to
 * each moment. Should a resource fail then, what there is stays as it is.
 */
export async function prefixesOf(layout: keyof typeof beginnings): Promise<Prefix[]> {
  const prefixes: Prefix[] = []
  let text = await stateOf('empty')
  for (const sign of beginnings[layout]) {
    const begun = await after(text, account =>
      interrupted(account, `mcpgw deploy --layout ${layout} --on-failure keep --text`, sign),
    )
    const from = (JSON.parse(begun) as Account).now
    text = await after(begun, account => account.pass(longEnoughSeconds))
    for (const [at, name] of creations(JSON.parse(text), from))
      prefixes.push({name, text: () => after(begun, account => account.pass((at - from) / 1000))})
  }
  return prefixes
}

async function after(text: string, work: (account: DrillAccount) => Promise<unknown>): Promise<string> {
  const account = await DrillAccount.serve(text)
  try {
    await work(account)
    return await account.text()
  } finally {
    await account.stop()
  }
}

/** When which resources were created, from a time on; some at the same moment. */
function creations({regions}: Account, from: number): ReadonlyMap<number, string> {
  const events = Object.values(regions)
    .flatMap(({stacks}) => Object.values(stacks))
    .flatMap(each => each.events)
    .filter(({status, at}) => status === 'CREATE_COMPLETE' && at > from)
    .filter(({type}) => type !== 'AWS::CloudFormation::Stack')
    .sort((a, b) => a.at - b.at)
  const moments = new Map<number, string>()
  for (const {at, logicalId} of events)
    moments.set(at, [moments.get(at), logicalId].filter(each => each !== undefined).join(', '))
  return moments
}
