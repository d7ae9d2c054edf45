import type {Aws} from '../../aws/aws.js'
import type {Clock} from '../../clock.js'
import type {AwsFlags} from './flags.js'

/** What a command works on: AWS, or the embedded account in its place, and the clock that runs there. */
export interface Target {
  aws: Aws
  clock: Clock
  /** What the user should know about it. */
  notes: readonly string[]
  leave(): void
}

const thisIsNotAws =
  'This is the embedded account on this machine, not AWS. `mcpgw rehearse` serves it to other AWS clients.'

/** The one place that turns `--rehearse` into an endpoint; from here on nothing knows the difference. */
export async function openTarget(flags: AwsFlags): Promise<Target> {
  const {connect} = await import('../../aws/aws.js')
  const {region, profile} = flags
  if (!flags.rehearse) {
    const {systemClock} = await import('../../clock.js')
    const aws = await connect({region, profile})
    return {aws, clock: systemClock, notes: [], leave() {}}
  }
  const {joinRehearsal} = await import('../../rehearsal/join.js')
  const joined = await joinRehearsal({speed: flags['rehearse-speed'], seed: flags['rehearse-seed']})
  try {
    const {endpoint, credentials, clock, notes} = joined
    const aws = await connect({region: region ?? joined.region, endpoint, credentials})
    return {aws, clock, notes: [thisIsNotAws, ...notes], leave: () => joined.leave()}
  } catch (error) {
    joined.leave()
    throw error
  }
}
