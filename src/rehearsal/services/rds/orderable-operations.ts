import {availabilityZones} from '../../resources/names.js'
import {AwsError} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {auroraEngine, auroraVersions} from './engine-versions.js'
import {rdsPage} from './page.js'

/** Aurora Serverless v2. Source: Aurora user guide, "Using Aurora Serverless v2"; every version that is offered here has it. */
const serverless = 'db.serverless'

/** What instances a region offers of which versions. Source: Amazon RDS API reference, DescribeOrderableDBInstanceOptions. */
export function orderableOperations() {
  return {
    DescribeOrderableDBInstanceOptions(
      {Engine, EngineVersion, DBInstanceClass, Marker, MaxRecords},
      {region},
    ) {
      if (DBInstanceClass !== serverless) {
        throw new AwsError(
          'InvalidParameterValue',
          `This account knows what versions ${serverless} is offered for, and of no other class.`,
        )
      }
      const versions = Engine === auroraEngine ? auroraVersions : []
      const wanted = versions.filter(version => EngineVersion === undefined || EngineVersion === version)
      const page = rdsPage(wanted, Marker, MaxRecords)
      return {
        OrderableDBInstanceOptions: page.items.map(version => ({
          ...{Engine: auroraEngine, EngineVersion: version, DBInstanceClass: serverless},
          LicenseModel: 'general-public-license',
          AvailabilityZones: availabilityZones(region).map(Name => ({Name})),
          ...{Vpc: true, SupportsClusters: true, SupportedEngineModes: ['provisioned']},
        })),
        Marker: page.next,
      }
    },
  } satisfies Operations<'rds'>
}
