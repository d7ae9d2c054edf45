import {awsCommand, shell} from '../../../aws/command-line.js'
import {
  compareEngineVersions,
  engineVersionParameter,
  latestEngineVersion,
  majorEngineVersion,
  nearestEngineVersion,
} from '../../../environment/database.js'
import {declares} from '../../deploy/template-set.js'
import {block, type Check, type CheckContext, type Finding, judgePlanned, pass, warn} from '../check.js'
import {ofType, propertyOf} from '../will-make.js'

const clusterType = 'AWS::RDS::DBCluster'

/**
 * Whether the region offers the version of Aurora that a new database is to have, and whether the existing one can be
 * brought to the one that is asked for: Aurora does not go back.
 */
export const databaseVersion: Check = {
  id: 'database-version',
  title: 'Database version',
  looksAt:
    'the versions of Aurora MySQL that the region offers, and when AWS ends their support; the version of an existing database; warns when that would be upgraded, and when support has ended',
  blocksWhen:
    'the region does not offer the version, AWS has withdrawn it, or the database has a later one: Aurora cannot be downgraded',
  async run(context) {
    const {planned, refusal, settings} = context
    const asked = settings.parameters[engineVersionParameter]
    const made = ofType(planned ?? [], clusterType)
    if (refusal === undefined && made.length === 0 && asked !== undefined) return judgeChange(context, asked)
    return judgePlanned(context, async () => {
      const [first] = made
      if (first === undefined) return pass('no database is created')
      const version = propertyOf(first, 'EngineVersion')
      if (typeof version !== 'string') return pass("AWS's default")
      const engine = String(propertyOf(first, 'Engine'))
      return (
        (await missing(context, engine, version)) ?? (await ended(context, engine, version)) ?? pass(version)
      )
    })
  },
}

async function judgeChange(context: CheckContext, asked: string): Promise<Finding> {
  const {aws, environment, settings} = context
  if (settings.replace) return pass('checked when the old one has been removed')
  const present = latestEngineVersion(await aws.databases.versionsOf(environment))
  if (present === undefined) return pass('no database exists')
  const difference = compareEngineVersions(asked, present)
  if (difference === 0) return pass(`${present}, as asked`)
  if (difference < 0) {
    return block(
      `The database runs ${present}, and Aurora cannot be downgraded to ${asked}.`,
      `Leave ${engineVersionParameter} out, or give ${present}: the database then keeps its version.`,
    )
  }
  const gone = await missing(context, 'aurora-mysql', asked)
  if (gone !== undefined) return gone
  return warn(
    `The database will be upgraded from ${present} to ${asked}: it restarts, nobody can log in for about a minute, and the upgrade cannot be undone.`,
    `Leave ${engineVersionParameter} out to keep its version.`,
  )
}

/** What to say when the region does not offer a version; undefined when it does. */
async function missing(
  {aws, settings}: CheckContext,
  engine: string,
  version: string,
): Promise<Finding | undefined> {
  const {offered, withdrawn} = await aws.databases.engineVersions(engine)
  if (offered.includes(version)) return undefined
  const names = offered.length === 0 ? 'none' : [...offered].sort(compareEngineVersions).join(', ')
  const nearest = nearestEngineVersion(version, offered) ?? 'VERSION'
  const change = declares(settings.templates, engineVersionParameter)
    ? `Use the nearest one: --set ${engineVersionParameter}=${nearest}`
    : `Put the nearest one, ${nearest}, into data-stack.yaml as EngineVersion`
  const list = awsCommand(aws, shell`rds describe-db-engine-versions --engine ${engine}`)
  const why = withdrawn.includes(version)
    ? `has been withdrawn by AWS in ${aws.region}`
    : `is not available in ${aws.region}`
  return block(
    `Version ${version} of ${engine} ${why}; there are: ${names}.`,
    `${change}; \`${list}\` shows all. Or deploy to another --region.`,
  )
}

/** What to say when AWS has ended its support of the major version; undefined when it has not, or does not tell. */
async function ended(
  {aws, clock, settings}: CheckContext,
  engine: string,
  version: string,
): Promise<Finding | undefined> {
  const major = majorEngineVersion(version)
  const ends = await aws.databases.supportEnds(engine, major)
  if (ends === undefined || clock.now() <= ends.standard) return undefined
  const {offered} = await aws.databases.engineVersions(engine)
  const later = latestEngineVersion(offered.filter(each => majorEngineVersion(each) !== major))
  const advice =
    later !== undefined && declares(settings.templates, engineVersionParameter)
      ? `Try a later one: --set ${engineVersionParameter}=${later}`
      : 'Use templates with a later one'
  const after =
    ends.extended === undefined
      ? ''
      : clock.now() <= ends.extended
        ? ` Until ${dayOf(ends.extended)}, RDS Extended Support is charged for it, per vCPU and hour.`
        : ` Its Extended Support ended on ${dayOf(ends.extended)}: AWS upgrades such databases automatically.`
  return warn(
    `AWS ended the standard support of ${engine} ${major} on ${dayOf(ends.standard)}.${after}`,
    `${advice}, which Keycloak must support as well.`,
  )
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
