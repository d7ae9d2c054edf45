import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
  type ServiceQuotasClientConfig,
  type ServiceQuotas as WholeServiceQuotas,
} from '@aws-sdk/client-service-quotas'
import {createAggregatedClient} from '@smithy/core/client'

/** ServiceQuotas with the operations that this program calls; the build leaves out the others. */
export type ServiceQuotas = ServiceQuotasClient &
  Pick<WholeServiceQuotas, 'getServiceQuota' | 'getAWSDefaultServiceQuota'>

class LeanServiceQuotas extends ServiceQuotasClient {}
createAggregatedClient({GetServiceQuotaCommand, GetAWSDefaultServiceQuotaCommand}, LeanServiceQuotas)

export const ServiceQuotas = LeanServiceQuotas as new (
  configuration: ServiceQuotasClientConfig,
) => ServiceQuotas
