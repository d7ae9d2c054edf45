import type {ResourceGroupsTaggingAPI} from '@aws-sdk/client-resource-groups-tagging-api'
import {McpgwError} from '../errors.js'
import type {Clients} from './clients.js'
import {listed} from './tagged-resources.js'

/** Where else stacks with a tag are, and where that could not be asked. */
export interface Elsewhere {
  /** By region, the names of the stacks; regions without any are left out. */
  readonly found: readonly {readonly region: string; readonly stacks: readonly string[]}[]
  /** Regions that AWS did not answer for, with the reason of the first. */
  readonly unasked: readonly string[]
  readonly reason: string | undefined
}

/** Stacks in other regions. */
export interface OtherRegions {
  /**
   * Asks every other region that the account has, one call each, one attempt, all at the same time: a few seconds
   * in all. Tells what could not be asked instead of failing.
   */
  withTag(key: string, value: string): Promise<Elsewhere>
}

/** More than AWS has today; a list that is longer is no list of regions. */
const mostRegions = 60

/** Enabled in every account (EC2 user guide, "Available Regions"): asked where the account's own list may not be had. */
const usualRegions: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
]

export function createOtherRegions(clients: Pick<Clients, 'ec2' | 'taggingIn'>, here: string): OtherRegions {
  return {
    async withTag(key, value) {
      const regions = (await regionsOf(clients)).filter(region => region !== here).slice(0, mostRegions)
      const answers = await Promise.all(
        regions.map(async region => {
          try {
            return {region, stacks: await stacksIn(await clients.taggingIn(region), key, value)}
          } catch (error) {
            if (!(error instanceof McpgwError)) throw error
            return {region, reason: error.message}
          }
        }),
      )
      return {
        found: answers.flatMap(({region, stacks = []}) => (stacks.length > 0 ? [{region, stacks}] : [])),
        unasked: answers.flatMap(({region, reason}) => (reason === undefined ? [] : [region])),
        reason: answers.find(({reason}) => reason !== undefined)?.reason,
      }
    },
  }
}

/** Those that the account has enabled; the usual ones when it may not be asked. */
async function regionsOf({ec2}: Pick<Clients, 'ec2'>): Promise<readonly string[]> {
  try {
    const {Regions = []} = await (await ec2()).describeRegions({})
    return Regions.flatMap(({RegionName}) => RegionName ?? [])
  } catch (error) {
    if (!(error instanceof McpgwError)) throw error
    return usualRegions
  }
}

/** Nested ones have the tag as well; the root is what people know. */
async function stacksIn(
  tagging: ResourceGroupsTaggingAPI,
  key: string,
  value: string,
): Promise<readonly string[]> {
  const resources = await listed(tagging, key, value, ['cloudformation:stack'])
  const names = resources.map(({name}) => name.split('/')[0] ?? name)
  return [...new Set(names)].filter(name => !names.some(other => name.startsWith(`${other}-`))).sort()
}
