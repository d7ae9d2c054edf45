import {testChain} from './harness/chain.js'
import {resourceTypes} from './table/resource-types.js'

const chains = new Map<string, typeof resourceTypes>()
for (const drill of resourceTypes) {
  const like = `${drill.start}${drill.command.includes('--set') ? ', with all options' : ''}`
  chains.set(like, [...(chains.get(like) ?? []), drill])
}

for (const [like, [first, ...rest]] of chains) {
  if (first) testChain(`types that fail when there is: ${like}`, [first, ...rest])
}
