import type {Clients} from './clients.js'

/** Managed prefix lists of EC2. */
export interface PrefixLists {
  /** The id of the list of addresses from which CloudFront reaches origins; undefined where the region has none. */
  cloudFrontOriginFacing(): Promise<string | undefined>
}

/** AWS's own name for the list, the same in every region. */
const cloudFrontListName = 'com.amazonaws.global.cloudfront.origin-facing'

export function createPrefixLists(clients: Pick<Clients, 'ec2'>): PrefixLists {
  return {
    async cloudFrontOriginFacing() {
      const ec2 = await clients.ec2()
      const {PrefixLists: lists} = await ec2.describeManagedPrefixLists({
        Filters: [{Name: 'prefix-list-name', Values: [cloudFrontListName]}],
      })
      return lists?.find(list => list.PrefixListName === cloudFrontListName)?.PrefixListId
    },
  }
}
