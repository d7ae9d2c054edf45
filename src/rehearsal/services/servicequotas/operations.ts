import type {ServiceQuota} from '@aws-sdk/client-service-quotas'
import {allQuotas, type Quota} from '../../account/quotas.js'
import type {World} from '../../account/world.js'
import {quotaValue} from '../../faults/quota-value.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {modelled, type Operations} from '../../wire/index.js'

/** Where the quotas of services without regions are. Source: Service Quotas user guide, "Viewing service quotas". */
const globalRegion = 'us-east-1'

/** The largest page of a list, and the one that nobody asked for. Source: Service Quotas API reference. */
const largestPage = 100

/** The quotas that the account enforces; of the others it says that they do not exist. Source: Service Quotas API reference. */
export function serviceQuotasOperations(world: World): Operations<'servicequotas'> {
  const applied = (quota: Quota, region: string): ServiceQuota => ({
    ...describe(quota, region, world.account.id),
    Value: quotaValue(world.account, quota),
    QuotaAppliedAtLevel: 'ACCOUNT',
  })
  const byDefault = (quota: Quota, region: string): ServiceQuota => ({
    ...describe(quota, region, ''),
    Value: quota.awsDefault,
  })
  return {
    GetServiceQuota: ({ServiceCode, QuotaCode}, {region}) => ({
      Quota: applied(demandQuota(region, ServiceCode, QuotaCode), region),
    }),
    GetAWSDefaultServiceQuota: ({ServiceCode, QuotaCode}, {region}) => ({
      Quota: byDefault(demandQuota(region, ServiceCode, QuotaCode), region),
    }),
    ListServiceQuotas({ServiceCode, QuotaCode, NextToken, MaxResults}, {region}) {
      const wanted = quotasOf(region, ServiceCode).filter(({code}) => code === (QuotaCode ?? code))
      const page = quotaPage(wanted, NextToken, MaxResults)
      return {Quotas: page.items.map(quota => applied(quota, region)), NextToken: page.next}
    },
    ListAWSDefaultServiceQuotas({ServiceCode, NextToken, MaxResults}, {region}) {
      const page = quotaPage(quotasOf(region, ServiceCode), NextToken, MaxResults)
      return {Quotas: page.items.map(quota => byDefault(quota, region)), NextToken: page.next}
    },
    ListServices({NextToken, MaxResults}, {region}) {
      const services = [...new Set(quotasIn(region).map(({service}) => service))]
      const page = quotaPage(services, NextToken, MaxResults)
      return {
        Services: page.items.map(({code, name}) => ({ServiceCode: code, ServiceName: name})),
        NextToken: page.next,
      }
    },
  }
}

function describe(quota: Quota, region: string, account: string): ServiceQuota {
  const {code, name, service, global = false} = quota
  return {
    ServiceCode: service.code,
    ServiceName: service.name,
    QuotaArn: `arn:aws:servicequotas:${global ? '' : region}:${account}:${service.code}/${code}`,
    QuotaCode: code,
    QuotaName: name,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: global,
  }
}

function quotasIn(region: string): Quota[] {
  return allQuotas.filter(({global}) => !global || region === globalRegion)
}

/** @throws NoSuchResourceException */
function quotasOf(region: string, service: string | undefined): Quota[] {
  const found = quotasIn(region).filter(quota => quota.service.code === service)
  if (found.length > 0) return found
  throw modelled(
    'NoSuchResourceException',
    'The request failed because the specified service does not exist.',
  )
}

/** @throws NoSuchResourceException */
function demandQuota(region: string, service: string | undefined, code: string | undefined): Quota {
  const found = quotasIn(region).find(quota => quota.service.code === service && quota.code === code)
  if (found) return found
  throw modelled(
    'NoSuchResourceException',
    'The request failed because the specified quota and service do not exist.',
  )
}

function quotaPage<T>(all: readonly T[], token: string | undefined, size = largestPage) {
  checkValue('maxResults', size, {least: 1, most: largestPage}, message =>
    modelled('IllegalArgumentException', message),
  )
  return pageOf(all, token, size, invalidToken)
}

function invalidToken() {
  return modelled('InvalidPaginationTokenException', 'Invalid pagination token.')
}
