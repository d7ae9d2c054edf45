/**
 * The versions of Aurora MySQL that the account offers, oldest first. AWS's own list changes every few months: lines that are not kept
 * for long go, new ones come. Source: Aurora MySQL release notes, document history; long-term support is 3.04 and 3.10.
 */
export const auroraVersions: readonly string[] = [
  '8.0.mysql_aurora.3.04.4',
  '8.0.mysql_aurora.3.08.2',
  '8.0.mysql_aurora.3.09.0',
  '8.0.mysql_aurora.3.10.0',
  '8.0.mysql_aurora.3.10.1',
  '8.0.mysql_aurora.3.10.2',
  '8.0.mysql_aurora.3.10.3',
]

/** Those that AWS has withdrawn. Source: Aurora MySQL release notes, "Release calendars". */
export const withdrawnVersions: readonly string[] = [
  '8.0.mysql_aurora.3.02.0',
  '8.0.mysql_aurora.3.03.1',
  '8.0.mysql_aurora.3.05.2',
  '8.0.mysql_aurora.3.06.0',
  '8.0.mysql_aurora.3.07.1',
]

/** What clusters of Aurora MySQL 3 are. */
export const auroraMajor = '8.0'

/**
 * Until when AWS supports Aurora MySQL 3. Source: Aurora user guide, "Amazon Aurora major versions" (standard support) and
 * "Amazon RDS Extended Support with Amazon Aurora".
 */
export const auroraLifecycles = [
  {
    LifecycleSupportName: 'open-source-rds-standard-support',
    LifecycleSupportStartDate: new Date('2021-11-18T00:00:00Z'),
    LifecycleSupportEndDate: new Date('2028-04-30T23:59:59Z'),
  },
  {
    LifecycleSupportName: 'open-source-rds-extended-support',
    LifecycleSupportStartDate: new Date('2028-05-01T00:00:00Z'),
    LifecycleSupportEndDate: new Date('2029-07-31T23:59:59Z'),
  },
] as const

export const auroraEngine = 'aurora-mysql'

/** Where an upgrade in place may lead: to later versions only. Source: Aurora user guide, "Upgrading Aurora MySQL DB clusters". */
export function upgradeTargets(version: string): readonly string[] {
  return auroraVersions.slice(auroraVersions.indexOf(version) + 1)
}

/** Why a cluster cannot be made with this version, in RDS's words; other engines are not looked at. */
export function versionProblem(engine: string | undefined, version: string | undefined): string | undefined {
  if (engine !== auroraEngine || version === undefined || auroraVersions.includes(version)) return undefined
  return `Cannot find version ${version} for ${engine}`
}

/** Why a cluster cannot go from one version to another, in RDS's words. */
export function upgradeProblem(engine: string | undefined, from: string, to: string): string | undefined {
  if (engine !== auroraEngine || from === to) return undefined
  const unknown = versionProblem(engine, to)
  if (unknown !== undefined) return unknown
  return upgradeTargets(from).includes(to) ? undefined : `Cannot upgrade ${engine} from ${from} to ${to}`
}
