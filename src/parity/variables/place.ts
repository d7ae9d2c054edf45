import type {Json} from '../json.js'
import {mostFrequent} from '../plan/caller.js'
import type {TerraformPlan} from '../plan/resource.js'

/** Where a plan would be applied. */
export interface Place {
  readonly region: string
  readonly account: string
  readonly partition: string
  /** Undefined where the plan says nothing of its Region. */
  readonly isAssumed: boolean
}

/** Terraform's default, for a plan that says nothing of its Region. */
export const assumedRegion = 'us-east-1'
/** Of AWS's documentation, for a plan that says nothing of its account: nothing in it holds one then. */
const assumedAccount = '123456789012'

/** Beginnings of Regions' names whose ARNs begin otherwise. Source: AWS General Reference, "Amazon Resource Names". */
const partitions: readonly [beginning: string, partition: string][] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
]

/**
 * Where a plan would be applied: as its variable says, as AWS told while it was made, as most of its ARNs, zones and images say.
 * @param variable the value of the variable for the Region
 */
export function placeOf(plan: TerraformPlan, variable: Json | undefined): Place {
  const texts = textsIn([plan.variables, ...plan.resources.map(({values}) => values)])
  const told = typeof variable === 'string' && isRegion(variable) ? variable : plan.caller.region
  const region = told ?? mostFrequent(texts.flatMap(regionsIn))
  const account = plan.caller.account ?? mostFrequent(texts.flatMap(accountsIn)) ?? assumedAccount
  const name = region ?? assumedRegion
  const [, partition = 'aws'] = partitions.find(([beginning]) => name.startsWith(beginning)) ?? []
  return {region: name, account, partition, isAssumed: region === undefined}
}

function isRegion(text: string): boolean {
  return /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(text)
}

function regionsIn(text: string): string[] {
  const found = [
    /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):/.exec(text)?.[1],
    /^([a-z]{2}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(text)?.[1],
  ]
  return found.filter(one => one !== undefined).filter(isRegion)
}

function accountsIn(text: string): string[] {
  const [, ofArn] = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/.exec(text) ?? []
  const [, ofImage] = /^(\d{12})\.dkr\.ecr\./.exec(text) ?? []
  return [ofArn, ofImage].filter(one => one !== undefined)
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
