import type {Clients} from '../clients.js'

/** Something that a service itself says is there. */
export interface Existing {
  /** Service and type as ARNs name them: `rds:cluster`. */
  readonly kind: string
  readonly arn: string
  readonly name: string
  /** What CloudFormation calls it: the physical id of a stack's resource. */
  readonly id: string
  /** Undefined where the service's list does not tell them. */
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Ids of what it is in: a VPC, a cluster, a namespace. */
  readonly within?: readonly string[]
  /** Who made it or uses it, where the service tells, in words: "the load balancer class". */
  readonly owner?: string
  /** It has to be taken out of use before it can be deleted. */
  readonly isInUse?: boolean
  /** It was deleted, and AWS is about to remove it. */
  readonly isGoing?: boolean
  /** Epoch ms: it is deleted then, and can be had back until then. */
  readonly goesAt?: number
  /** Epoch ms. */
  readonly createdAt?: number
  /** GiB of what is stored. */
  readonly size?: number
}

/** What is asked for, where a service has too much to list all of it. */
export interface Sought {
  readonly environment: string
  readonly account: string
  readonly partition: string
  readonly region: string
  /** Physical ids of what the environment's stacks have had, of any type. */
  readonly ids: readonly string[]
  /** Names, of this kind, of what the tagging API lists. */
  readonly tagged: readonly string[]
  /** Lists that several kinds need, of one look. */
  readonly shared?: Map<string, Promise<unknown>>
}

/** A list that several kinds need: had once in a look, and again in the next. */
export function sharedIn<T>({shared}: Sought, name: string, list: () => Promise<T>): Promise<T> {
  const known = shared?.get(name) ?? list()
  shared?.set(name, known)
  return known as Promise<T>
}

/**
 * Lists what there is of one kind: all of it, or at least all that the environment could have had. Whose it is, is for
 * others to say.
 */
export type Reader = (clients: Clients, sought: Sought) => Promise<readonly Existing[]>

/** `arn:…` of something in the region that is asked. */
export function arnIn({partition, region, account}: Sought, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** Tags as most services give them; undefined where it gives none at all. */
export function tagsOf(
  list: readonly {Key?: string | undefined; Value?: string | undefined}[] | undefined,
): Readonly<Record<string, string>> | undefined {
  return list && Object.fromEntries(list.map(({Key = '', Value = ''}) => [Key, Value]))
}

/** The physical ids among those sought that are of a kind, by what their ARNs or ids begin with. */
export function idsLike({ids}: Pick<Sought, 'ids'>, form: RegExp): readonly string[] {
  return ids.filter(id => form.test(id))
}
