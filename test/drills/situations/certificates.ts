import {ACM} from '@aws-sdk/client-acm'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {Route53} from '@aws-sdk/client-route-53'
import {runCommand} from '../harness/command.js'
import type {Scene, Situation} from '../harness/rule-drill.js'
import {wordsOfRule} from './lifted.js'
import {somebodyLeaves, somebodyMakes} from './somebody.js'

const withoutDomain = 'mcpgw deploy --layout individual'

/** The hosted zone of the domain, which is there before anything is deployed. */
let zone = ''
async function makeZone({account}: Scene): Promise<void> {
  const {HostedZone} = await new Route53(account.clientConfig).createHostedZone({
    Name: 'example.org',
    CallerReference: 'class',
  })
  zone = HostedZone?.Id?.replace('/hostedzone/', '') ?? ''
}

const withDomain = {
  start: 'empty',
  make: makeZone,
  command: () => `${withoutDomain} --set BaseDomain=example.org --set HostedZoneId=${zone}`,
} as const

const refused = (rule: string) => () => [`fail-create RegistryCertificate message="${wordsOfRule(rule)}"`]

/** Certificates of a domain: what keeps one from being issued, used, or deleted. */
export const certificates: readonly Situation[] = [
  {
    ...withDomain,
    rule: 'certificate-not-validated',
    faults: refused('certificate-not-validated'),
    says: /^Let `mcpgw preflight --rehearse [^`]+` compare the name servers .* enter those that it names where the domain is registered/,
    async byHand({account}) {
      const {document} = await runCommand(account, withDomain.command().replace('deploy', 'preflight'))
      expectCheck(document, 'hosted-zone')
    },
  },
  {
    ...withDomain,
    rule: 'certificate-limit',
    faults: refused('certificate-limit'),
    lasting: true,
    says: /open a case with AWS Support and quote the message.* Until then, deploy without `BaseDomain` and `HostedZoneId`/,
    async byHand({account}) {
      const {exitCode, stdout} = await runCommand(account, withoutDomain)
      if (exitCode !== 0) throw new Error(`Without a domain it ended with ${exitCode}: ${stdout}`)
      // AWS Support has raised it.
      await account.clearFaults()
    },
  },
  {
    ...withDomain,
    rule: 'certificate-unusable',
    /** As soon as both are issued, and before the listeners have them. */
    async during({account}) {
      const acm = new ACM(account.clientConfig)
      const {CertificateSummaryList = []} = await acm.listCertificates({CertificateStatuses: ['ISSUED']})
      const unused = CertificateSummaryList.filter(({InUse}) => !InUse)
      for (const {CertificateArn} of unused) await acm.deleteCertificate({CertificateArn})
      return unused.length > 0
    },
    says: /then deploy again: what was rolled back is requested anew/,
  },
  {
    rule: 'certificate-in-use',
    start: 'domain',
    command: 'mcpgw teardown',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.9.0.0/16'}},
        ...{SubnetA: subnet('us-west-2a', '10.9.0.0/24'), SubnetB: subnet('us-west-2b', '10.9.1.0/24')},
        Balancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: {Scheme: 'internal', Subnets: [{Ref: 'SubnetA'}, {Ref: 'SubnetB'}]},
        },
        Listener: {
          Type: 'AWS::ElasticLoadBalancingV2::Listener',
          Properties: {
            LoadBalancerArn: {Ref: 'Balancer'},
            ...{Protocol: 'HTTPS', Port: 443},
            Certificates: [{CertificateArn: id('RegistryCertificate')}],
            DefaultActions: [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '404'}}],
          },
        },
      }),
    says: /^See which: `aws acm describe-certificate .* or delete it when nobody needs it/,
    async byHand({account}, [{Certificate}]) {
      const elb = new ElasticLoadBalancingV2(account.clientConfig)
      for (const LoadBalancerArn of Certificate.InUseBy) await elb.deleteLoadBalancer({LoadBalancerArn})
      await somebodyLeaves(account)
    },
    kept: / AWS::Route53::HostedZone\//,
  },
]

function subnet(AvailabilityZone: string, CidrBlock: string) {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: {VpcId: {Ref: 'Vpc'}, AvailabilityZone, CidrBlock},
  }
}

/** The check is among those that were made: otherwise the advice would send to one that does not look. */
function expectCheck(document: any, id: string): void {
  const found = document?.checks?.some((check: {id: string}) => check.id === id)
  if (!found) throw new Error(`preflight has no check ${id}: ${JSON.stringify(document)}`)
}
