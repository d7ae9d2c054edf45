import type {Region, Task} from '../../../account/account.js'
import type {World} from '../../../account/world.js'
import type {AppAnswer, AppRequest} from '../../../resources/http-messages.js'

/** A container at work. */
export interface RunningContainer {
  world: World
  region: Region
  task: Task
  image: string
  /** Its variables; those that come from secrets as they were when it started. */
  environment: Readonly<Record<string, string>>
}

/** What is known of a container image: which ports listen, and what they answer. */
export interface App {
  /** What the image's repository is called, after the environment's prefix. */
  name: string
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
