import {parseArn} from '../../aws/arn.js'
import {awsCommand, shell} from '../../aws/command-line.js'
import {globalRegionOf} from '../../aws/global-region.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import {environmentTag, viewersFunctionName} from '../../environment/names.js'
import type {TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'

/** Of an entry about a list that AWS does not show. */
export const listKind = 'tagged resources'

type Context = Pick<TeardownContext, 'aws' | 'environment' | 'unknown'>

/** What has the environment's tag, in its region and in none; a list that AWS refuses leaves an entry about it. */
export async function allTagged(context: Context): Promise<readonly TaggedResource[]> {
  const {aws, environment} = context
  const globalRegion = globalRegionOf(aws.region)
  const [own, global] = await Promise.all([
    unlessRefused(
      () => aws.tagged.withTag(environmentTag, environment),
      reason => noteRefused(context, aws.region, reason),
    ),
    // What has no region is among the others in the one region that shows it.
    globalRegion === aws.region ? [] : withoutRegion(context, globalRegion),
  ])
  return [...(own ?? []), ...global].filter(one => isOfThisRegion(one, aws.region))
}

/**
 * What has no region. Policies that allow an account some regions only refuse the list of the region that shows it, but
 * not CloudFront (AWS Organizations User Guide, "Deny access to AWS based on the requested AWS Region"), and of
 * what an environment is made of CloudFront's things are all that are listed there: so that is asked then.
 */
async function withoutRegion(context: Context, region: string): Promise<readonly TaggedResource[]> {
  const {aws, environment} = context
  let refusal = ''
  const listed = await unlessRefused(
    () => aws.tagged.globalWithTag(environmentTag, environment),
    reason => {
      refusal = reason
    },
  )
  if (listed !== undefined) return listed
  const asked = await unlessRefused(
    () => askCloudFront(context),
    reason => noteRefused(context, region, `${refusal} CloudFront itself cannot be asked either: ${reason}`),
  )
  return asked ?? []
}

async function askCloudFront({aws, environment}: Context): Promise<readonly TaggedResource[]> {
  const distributions = await aws.distributions.withTag(environmentTag, environment)
  const viewers = await aws.distributions.functionNamed(viewersFunctionName(environment, aws.region))
  if (viewers === undefined) return distributions
  // A function may have no tags: then its name, which is one of ours, tells.
  const owner = viewers.tags[environmentTag] ?? environment
  return owner === environment ? [...distributions, viewers] : distributions
}

function noteRefused({aws, environment, unknown}: Context, region: string, reason: string): void {
  const list = shell`resourcegroupstaggingapi get-resources --tag-filters Key=${environmentTag},Values=${environment}`
  unknown.push({kind: listKind, name: region, reason, command: awsCommand({...aws, region}, list)})
}

/** An environment of the same name in another region has the same tag; CloudFormation tells whose stack made it. */
function isOfThisRegion({arn, stackId}: TaggedResource, region: string): boolean {
  if (parseArn(arn)?.region !== '' || stackId === undefined) return true
  return parseArn(stackId)?.region === region
}
