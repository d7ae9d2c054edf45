import type {Account} from '../../../src/rehearsal/account/account.js'

/** What holds what nobody can make anew. */
const holders = ['AWS::RDS::DBCluster', 'AWS::EFS::FileSystem']

/** The environment's data in stacks that nobody deletes, with when it was made: what was made anew is empty. */
export function dataIn({regions}: Account): ReadonlySet<string> {
  const held = Object.values(regions).flatMap(({resources, stacks}) =>
    Object.values(resources).filter(
      ({type, owner}) =>
        holders.includes(type) && owner && !(stacks[owner.stackId]?.status ?? 'DELETE').includes('DELETE'),
    ),
  )
  return new Set(held.map(({type, physicalId, createdAt}) => `${type} ${physicalId} ${createdAt}`))
}
