import type {Region, Task} from '../../../account/account.js'
import type {World} from '../../../account/world.js'

/** What reaches a container over HTTP. Header names are in lower case. */
export interface AppRequest {
  method: string
  /** Path and query. */
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface AppAnswer {
  status: number
  /** In lower case; of `set-cookie` there may be several. */
  headers: Record<string, string | string[]>
  body: string
}

/** A container at work. */
export interface RunningContainer {
  world: World
  region: Region
  task: Task
  image: string
  /** Its variables; those that come from secrets as they were when it started. */
  environment: Readonly<Record<string, string>>
}

/** What is known of a container image: how long it takes, which ports listen, what they answer. */
export interface App {
  /** What the image's repository is called, after the environment's prefix. */
  name: string
  /** Typical seconds to pull the image: the two large ones take longer. */
  pullSeconds: number
  /** Typical seconds from the container's start until its ports answer. */
  startSeconds: number
  /** Ports that listen; absent for an image that is not known: those that its task definition maps. */
  ports?: readonly number[]
  /** What it answers without looking anything up: a health check asks no more, and often. */
  answer(port: number, request: AppRequest, container: RunningContainer): AppAnswer
  /** What it answers to people and programs; absent where it is the same. */
  serve?(port: number, request: AppRequest, container: RunningContainer): Promise<AppAnswer>
  /** Why the process exits at once with this configuration. */
  refusal?(container: RunningContainer): string | undefined
  /** Hosts without whose names the process ends as soon as it has started. */
  hostsAtStart?(environment: Readonly<Record<string, string>>): readonly string[]
  /** What the process does once it runs. */
  started?(container: RunningContainer): void
}

/** A JSON answer. */
export function json(status: number, body: unknown): AppAnswer {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}

/** A page. */
export function html(status: number, title: string): AppAnswer {
  return {
    status,
    headers: {'content-type': 'text/html; charset=utf-8'},
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  }
}

/** The path without its query. */
export function pathOf(request: AppRequest): string {
  return request.path.split('?')[0] ?? '/'
}
