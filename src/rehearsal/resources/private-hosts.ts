import type {Region} from '../account/account.js'
import type {World} from '../account/world.js'
import type {AppAnswer, AppRequest} from './http-messages.js'

/** Asks an address and port inside a VPC; undefined: nobody listens there. */
type Ask<Answer> = (
  world: World,
  region: Region,
  address: string,
  port: number,
  request: AppRequest,
) => Answer | undefined

/**
 * Who listens at the private addresses of an account. Load balancers send requests to addresses and know nothing of the
 * containers behind them, so whoever runs those says here what they answer.
 */
export interface PrivateHosts {
  /** What a health check gets: at once, without looking anything up. */
  answerOf: Ask<AppAnswer>
  /** What anybody else gets. */
  servedBy: Ask<Promise<AppAnswer | undefined>>
}

const hosts = new WeakMap<World, PrivateHosts>()

/** Tells an account who listens inside its VPCs; one for each account. */
export function usePrivateHosts(world: World, privateHosts: PrivateHosts): void {
  hosts.set(world, privateHosts)
}

export const answerOf: PrivateHosts['answerOf'] = (world, ...call) =>
  hosts.get(world)?.answerOf(world, ...call)

export const servedBy: PrivateHosts['servedBy'] = async (world, ...call) =>
  hosts.get(world)?.servedBy(world, ...call)
