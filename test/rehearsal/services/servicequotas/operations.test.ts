import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  ListServicesCommand,
  paginateListAWSDefaultServiceQuotas,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {allQuotas, quotas} from '../../../../src/rehearsal/account/quotas.js'
import {setQuotas} from '../../../../src/rehearsal/control/quota-settings.js'
import {serviceQuotasOperations} from '../../../../src/rehearsal/services/servicequotas/operations.js'
import {testWorld} from '../../helpers/world.js'
import {type Served, served} from '../served.js'

const {world} = testWorld()
let server: Served
let here: ServiceQuotasClient
let global: ServiceQuotasClient

beforeAll(async () => {
  setQuotas(world.account, {[quotas.elasticIps.code]: 12})
  server = await served({servicequotas: serviceQuotasOperations(world)})
  here = new ServiceQuotasClient(server.client)
  global = new ServiceQuotasClient({...server.client, region: 'us-east-1'})
})
afterAll(() => server.close())

describe('Service Quotas', () => {
  it('tells what a quota is now, and what AWS gives a new account', async () => {
    const wanted = {ServiceCode: 'ec2', QuotaCode: 'L-0263D0A3'}
    const {Quota} = await here.send(new GetServiceQuotaCommand(wanted))
    expect(Quota).toEqual({
      ServiceCode: 'ec2',
      ServiceName: 'Amazon Elastic Compute Cloud (Amazon EC2)',
      QuotaArn: `arn:aws:servicequotas:us-west-2:${world.account.id}:ec2/L-0263D0A3`,
      QuotaCode: 'L-0263D0A3',
      QuotaName: 'EC2-VPC Elastic IPs',
      Value: 12,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
      QuotaAppliedAtLevel: 'ACCOUNT',
    })
    const byDefault = await here.send(new GetAWSDefaultServiceQuotaCommand(wanted))
    expect(byDefault.Quota).toMatchObject({
      Value: 5,
      QuotaArn: 'arn:aws:servicequotas:us-west-2::ec2/L-0263D0A3',
    })
  })

  it('tells apart what AWS gives a new account and what it has raised by itself since', async () => {
    const wanted = {ServiceCode: 'fargate', QuotaCode: 'L-3032A538'}
    expect((await here.send(new GetServiceQuotaCommand(wanted))).Quota?.Value).toBe(4000)
    expect((await here.send(new GetAWSDefaultServiceQuotaCommand(wanted))).Quota?.Value).toBe(6)
  })

  it('lists the quotas of a service, page by page', async () => {
    const codes: (string | undefined)[] = []
    const pages = paginateListAWSDefaultServiceQuotas({client: here, pageSize: 2}, {ServiceCode: 'vpc'})
    for await (const {Quotas = []} of pages) {
      expect(Quotas.length).toBeLessThanOrEqual(2)
      codes.push(...Quotas.map(({QuotaCode}) => QuotaCode))
    }
    const expected = allQuotas.filter(({service}) => service.code === 'vpc').map(({code}) => code)
    expect(codes).toEqual(expected)
    const one = await here.send(new ListServiceQuotasCommand({ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE'}))
    expect(one.Quotas).toMatchObject([{QuotaCode: 'L-F678F1CE', Value: 5}])
  })

  it('has the quotas of services without regions in us-east-1 only', async () => {
    const wanted = {ServiceCode: 'iam', QuotaCode: 'L-FE177D64'}
    expect((await global.send(new GetServiceQuotaCommand(wanted))).Quota).toMatchObject({
      Value: 1000,
      GlobalQuota: true,
      QuotaArn: `arn:aws:servicequotas::${world.account.id}:iam/L-FE177D64`,
    })
    await expect(here.send(new GetServiceQuotaCommand(wanted))).rejects.toMatchObject({
      name: 'NoSuchResourceException',
    })
    const codes = async (client: ServiceQuotasClient) =>
      (await client.send(new ListServicesCommand())).Services?.map(({ServiceCode}) => ServiceCode)
    expect(await codes(here)).toEqual(['ec2', 'vpc', 'elasticloadbalancing', 'codebuild', 'fargate'])
    expect(await codes(global)).toContain('iam')
  })

  it('says of a service or quota that it does not know that it does not exist', async () => {
    const quota = new GetServiceQuotaCommand({ServiceCode: 'vpc', QuotaCode: 'L-0263D0A3'})
    await expect(here.send(quota)).rejects.toMatchObject({
      name: 'NoSuchResourceException',
      message: 'The request failed because the specified quota and service do not exist.',
    })
    await expect(here.send(new ListServiceQuotasCommand({ServiceCode: 'EC2'}))).rejects.toMatchObject({
      name: 'NoSuchResourceException',
      message: 'The request failed because the specified service does not exist.',
    })
    const beyond = new ListServiceQuotasCommand({ServiceCode: 'vpc', NextToken: 'nonsense'})
    await expect(here.send(beyond)).rejects.toMatchObject({name: 'InvalidPaginationTokenException'})
  })
})
