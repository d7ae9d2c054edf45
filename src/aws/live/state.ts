import type {Clients} from '../clients.js'

/** What a service says of a resource that it knows. One that it does not know is not told of at all. */
export type LiveState =
  | {readonly is: 'there'}
  /** It waits for its deletion, from which it can be brought back; epoch ms of the request, where AWS tells it. */
  | {readonly is: 'deleting'; readonly since?: number}
  | {readonly is: 'disabled'}
  /** A task definition that is INACTIVE. */
  | {readonly is: 'deregistered'}
  /** A distribution that is enabled, and where it leads. */
  | ({readonly is: 'distribution'} & Routes)
  /** It has no value; of a repository, these images are not in it. */
  | {readonly is: 'empty'; readonly images?: readonly string[]}
  /** The target group of a database proxy that leads to no database. */
  | {readonly is: 'untargeted'; readonly proxy: string}
  /** A role, with what is attached to it. */
  | {readonly is: 'role'; readonly attached: readonly string[]; readonly inline: readonly string[]}
  /** A service, with what runs in it. */
  | {readonly is: 'service'; readonly definition: string; readonly desired: number}
  /** A record: a host name in lower case without the dot at its end; `conflict` is one of another type that has its name. */
  | {readonly is: 'record'; readonly to: string; readonly conflict?: Conflict}
  /** A certificate with another status than ISSUED. */
  | {readonly is: 'unusable'; readonly status: string}
  /** A listener: where it listens, the target groups that its default actions forward to, and its default certificate, with TLS. */
  | {
      readonly is: 'listener'
      readonly port: number
      readonly targetGroups: readonly string[]
      readonly certificate: string | undefined
    }
  /** What scales a service. */
  | {readonly is: 'scaling'; readonly least: number; readonly most: number}

/** Where a distribution leads. */
export interface Routes {
  readonly origins: readonly {
    readonly id: string
    /** Host names are in lower case. */
    readonly domain: string
    readonly path: string
    /** Such as `http-only`; empty where it is no web server's. */
    readonly protocol: string
    /** Names of headers that it adds, in lower case. */
    readonly headers: readonly string[]
  }[]
  /** The default one first, whose `path` is `*`. */
  readonly behaviors: readonly {readonly path: string; readonly origin: string}[]
}

/** A record that has to go before one of another type can have its name. */
export interface Conflict {
  readonly type: string
  readonly ttl: number
  readonly values: readonly string[]
}

/** What only templates say of resources, and looking at them takes. */
export interface Wanted {
  readonly images: WantedImages
  /** Ids of the hosted zones that records are in. */
  readonly zones: readonly string[]
}

/** What is there of a type's resources, by physical id. */
export type Look = (
  clients: Clients,
  ids: readonly string[],
  wanted: Wanted,
) => Promise<ReadonlyMap<string, LiveState>>

/** The images that task definitions name, by repository: each a tag, or a digest that begins with `sha256:`. */
export type WantedImages = ReadonlyMap<string, readonly string[]>

export const there: LiveState = {is: 'there'}

/** All of a list that are asked for, as simply there. */
export function thereOf(found: readonly (string | undefined)[]): ReadonlyMap<string, LiveState> {
  return new Map(found.flatMap(id => (id === undefined ? [] : [[id, there] as const])))
}
