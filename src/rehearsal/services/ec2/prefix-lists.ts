import {createHash} from 'node:crypto'

/** A managed prefix list that AWS keeps in every region. */
export interface ManagedPrefixList {
  id: string
  name: string
  /** How many rules of a security group it counts as. */
  weight: number
}

/** Ids that are known; those of other regions are made up, and stay the same. */
const knownIds: Readonly<Record<string, string>> = {
  'us-east-1 com.amazonaws.global.cloudfront.origin-facing': 'pl-3b927c52',
  'us-west-2 com.amazonaws.global.cloudfront.origin-facing': 'pl-82a045eb',
  'us-west-2 com.amazonaws.us-west-2.s3': 'pl-68a54001',
  'us-west-2 com.amazonaws.us-west-2.dynamodb': 'pl-00a54069',
}

/** Source: VPC user guide, "AWS-managed prefix lists", with the weights given there. */
export function managedPrefixLists(regionName: string): ManagedPrefixList[] {
  return [
    {name: 'com.amazonaws.global.cloudfront.origin-facing', weight: 55},
    {name: `com.amazonaws.${regionName}.s3`, weight: 1},
    {name: `com.amazonaws.${regionName}.dynamodb`, weight: 1},
  ].map(({name, weight}) => ({id: idOf(regionName, name), name, weight}))
}

function idOf(regionName: string, name: string): string {
  const key = `${regionName} ${name}`
  return knownIds[key] ?? `pl-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`
}
