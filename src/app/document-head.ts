import type {Aws} from '../aws/aws.js'
import {accountTime} from '../clock.js'

/**
 * The version of all documents. It grows when a member is renamed, removed or means something else, which is not done
 * without need; members that are added leave it as it is.
 */
export const schemaVersion = 1

type Layout = 'nested' | 'individual'

/** What every document begins with, a failure's too: what it is about, as far as that is known. */
export interface DocumentHead {
  schemaVersion: number
  environment: string | null
  /** Twelve digits; null where AWS was not asked, or did not answer. */
  account: string | null
  region: string | null
  /** Null where nothing of the environment exists, or was looked at. */
  layout: Layout | null
  /** Which time durations in it are of: real, or in a rehearsal that of the embedded account. */
  time: 'real time' | 'account time'
  /** HTTP requests sent to AWS by IAM-style operation name; only where AWS may have been asked. */
  apiCalls?: Record<string, number>
}

/** What is known when nothing is. */
export const emptyHead: DocumentHead = {
  schemaVersion,
  environment: null,
  account: null,
  region: null,
  layout: null,
  time: 'real time',
}

/** The flags that say what a document is about; before they are checked, so that they may be wrong. */
export interface AboutFlags {
  environment?: unknown
  region?: unknown
  profile?: unknown
  layout?: unknown
  rehearse?: unknown
}

/** What the flags and this machine's settings say. Never throws. */
export async function headOfFlags(flags: AboutFlags): Promise<DocumentHead> {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const [environment, region, profile] = [text(flags.environment), text(flags.region), text(flags.profile)]
  const {layout} = flags
  return {
    ...emptyHead,
    environment: environment ?? null,
    region: await regionOf({region, profile, sealed: flags.rehearse === true}, environment !== undefined),
    layout: layout === 'nested' || layout === 'individual' ? layout : null,
    time: flags.rehearse === true ? accountTime : 'real time',
  }
}

async function regionOf(
  connection: {region: string | undefined; profile: string | undefined; sealed: boolean},
  isOfAws: boolean,
): Promise<string | null> {
  if (!isOfAws) return null
  try {
    const {resolveRegion} = await import('../aws/settings.js')
    return await resolveRegion(connection)
  } catch {
    return connection.region ?? null
  }
}

/** A result as a document: what it is about first, the calls last; what the result says itself counts. */
export function headed<Result>({apiCalls, ...head}: DocumentHead, result: Result): object {
  const calls = apiCalls === undefined || hasOwnCalls(result) ? {} : {apiCalls}
  return {...head, ...result, ...calls}
}

function hasOwnCalls(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'apiCalls' in result
}

/** What the contexts of the workflows may know. */
interface Known {
  aws: Pick<Aws, 'region' | 'apiCalls'>
  identity?: {account: string}
  layout?: Layout
  settings?: {layout?: Layout}
  existingStacks?: readonly {layout?: Layout}[]
  examined?: readonly {layout?: Layout}[]
}

/** What a command has found out, beside what its flags say. */
export function headOfContext(head: DocumentHead, context: object): DocumentHead {
  const {aws, identity, layout, settings, existingStacks = [], examined = []} = context as Known
  const found = [...existingStacks, ...examined].find(stack => stack.layout !== undefined)?.layout
  return {
    ...head,
    account: identity?.account ?? null,
    region: aws.region,
    layout: settings?.layout ?? layout ?? found ?? head.layout,
    apiCalls: aws.apiCalls(),
  }
}
