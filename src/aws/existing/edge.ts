import {parseArn} from '../arn.js'
import {isNamed} from '../errors.js'
import {allPages, unlessAbsent} from '../pages.js'
import {arnIn, type Existing, type Reader, sharedIn, tagsOf} from './reader.js'

const lastOf = (arn: string) => arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)

const loadBalancers: Reader = async clients => {
  const sdk = await clients.loadBalancing()
  const all = await allPages(async marker => {
    const page = await sdk.describeLoadBalancers({Marker: marker})
    return {items: page.LoadBalancers, token: page.NextMarker}
  })
  return all.map(({LoadBalancerArn: arn = '', LoadBalancerName: name = '', VpcId}) => ({
    ...{kind: 'elasticloadbalancing:loadbalancer', arn, name, id: arn},
    within: VpcId === undefined ? [] : [VpcId],
  }))
}

const targetGroups: Reader = async clients => {
  const sdk = await clients.loadBalancing()
  const all = await allPages(async marker => {
    const page = await sdk.describeTargetGroups({Marker: marker})
    return {items: page.TargetGroups, token: page.NextMarker}
  })
  return all.map(({TargetGroupArn: arn = '', TargetGroupName: name = '', VpcId}) => ({
    ...{kind: 'elasticloadbalancing:targetgroup', arn, name, id: arn},
    within: VpcId === undefined ? [] : [VpcId],
  }))
}

const distributions: Reader = async clients => {
  const cloudFront = await clients.cloudFront()
  const all = await allPages(async token => {
    const {DistributionList: list} = await cloudFront.listDistributions({Marker: token})
    return {items: list?.Items, token: list?.IsTruncated ? list.NextMarker : undefined}
  })
  return all.map(({Id: id = '', ARN: arn = ''}) => ({kind: 'cloudfront:distribution', arn, name: id, id}))
}

/** Of every kind of key: without a filter ACM lists those of RSA 2048 alone. Source: ACM API reference, ListCertificates, Filters. */
const keyTypes = [
  ...['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096'],
  ...['EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
] as const

const certificates: Reader = async clients => {
  const acm = await clients.certificates()
  const all = await allPages(async token => {
    const page = await acm.listCertificates({
      Includes: {keyTypes: [...keyTypes]},
      MaxItems: 1000,
      NextToken: token,
    })
    return {items: page.CertificateSummaryList, token: page.NextToken}
  })
  return all.map(({CertificateArn: arn = ''}) => ({
    ...{kind: 'acm:certificate', arn, name: lastOf(arn), id: arn},
  }))
}

const viewerFunctions: Reader = async clients => {
  const cloudFront = await clients.cloudFront()
  const all = await allPages(async token => {
    const {FunctionList: list} = await cloudFront.listFunctions({Marker: token, Stage: 'DEVELOPMENT'})
    return {items: list?.Items, token: list?.NextMarker}
  })
  return all.map(({Name: name = '', FunctionMetadata}) => {
    const arn = FunctionMetadata?.FunctionARN ?? ''
    return {kind: 'cloudfront:function', arn, name, id: arn}
  })
}

/**
 * Zones are sorted by name, and those of one name stand together. A zone has no region, but the VPCs that it is for have: an
 * environment of this name elsewhere has such a zone, too.
 */
const zones: Reader = async (clients, {environment, partition, region}) => {
  const route53 = await clients.route53()
  const name = `${environment}.local`
  const {HostedZones = []} = await route53.listHostedZonesByName({DNSName: `${name}.`})
  const found = await Promise.all(
    HostedZones.filter(({Name}) => Name === `${name}.`).map(async ({Id = ''}): Promise<Existing[]> => {
      const id = Id.slice(Id.lastIndexOf('/') + 1)
      const answer = await unlessAbsent(
        () => route53.getHostedZone({Id: id}),
        error => isNamed(error, 'NoSuchHostedZone'),
        undefined,
      )
      if (answer === undefined) return []
      const {VPCs = []} = answer
      if (VPCs.length > 0 && !VPCs.some(({VPCRegion}) => VPCRegion === region)) return []
      return [{kind: 'route53:hostedzone', arn: `arn:${partition}:route53:::hostedzone/${id}`, name, id}]
    }),
  )
  return found.flat()
}

const namespaces: Reader = async clients => {
  const cloudMap = await clients.serviceDiscovery()
  const all = await allPages(async token => {
    const page = await cloudMap.listNamespaces({NextToken: token})
    return {items: page.Namespaces, token: page.NextToken}
  })
  return all.map(({Id: id = '', Arn: arn = '', Name: name = ''}) => ({
    ...{kind: 'servicediscovery:namespace', arn, name, id},
  }))
}

const sharedNamespaces: Reader = (clients, sought) =>
  sharedIn(sought, 'servicediscovery:namespace', () => namespaces(clients, sought))

/** Of the environment's namespaces: a namespace that has any cannot be deleted. */
const mapServices: Reader = async (clients, sought) => {
  const cloudMap = await clients.serviceDiscovery()
  const ours = (await sharedNamespaces(clients, sought)).filter(
    ({name, id}) => name === `${sought.environment}.local` || sought.ids.includes(id),
  )
  const found = await Promise.all(
    ours.map(namespace =>
      allPages(async token => {
        const Filters = [{Name: 'NAMESPACE_ID' as const, Values: [namespace.id], Condition: 'EQ' as const}]
        const page = await cloudMap.listServices({Filters, NextToken: token})
        const items = page.Services?.map(service => ({...service, namespace: namespace.id}))
        return {items, token: page.NextToken}
      }),
    ),
  )
  return found.flat().map(({Id: id = '', Arn: arn = '', namespace}) => ({
    ...{kind: 'servicediscovery:service', arn, name: id, id, within: [namespace]},
  }))
}

const fileSystems: Reader = async clients => {
  const efs = await clients.efs()
  const all = await allPages(async token => {
    const page = await efs.describeFileSystems({Marker: token})
    return {items: page.FileSystems, token: page.NextMarker}
  })
  return all
    .filter(({LifeCycleState}) => LifeCycleState !== 'deleted')
    .map(({FileSystemId: id = '', FileSystemArn: arn = '', Tags, SizeInBytes}) => ({
      ...{kind: 'elasticfilesystem:file-system', arn, name: id, id},
      tags: tagsOf(Tags),
      size: Math.round((SizeInBytes?.Value ?? 0) / 2 ** 30),
    }))
}

const accessPoints: Reader = async (clients, sought) => {
  const efs = await clients.efs()
  const all = await allPages(async token => {
    const page = await efs.describeAccessPoints({NextToken: token})
    return {items: page.AccessPoints, token: page.NextToken}
  })
  return all.map(({AccessPointId: id = '', AccessPointArn, Tags, FileSystemId}) => ({
    kind: 'elasticfilesystem:access-point',
    arn: AccessPointArn ?? arnIn(sought, 'elasticfilesystem', `access-point/${id}`),
    ...{name: id, id},
    tags: tagsOf(Tags),
    within: FileSystemId === undefined ? [] : [FileSystemId],
  }))
}

/** Buckets of every region; a name is taken in all of them. */
const buckets: Reader = async clients => {
  const s3 = await clients.s3()
  const all = await allPages(async token => {
    const page = await s3.listBuckets({ContinuationToken: token, MaxBuckets: 1000})
    return {items: page.Buckets, token: page.ContinuationToken}
  })
  return all.map(({Name: name = ''}) => ({kind: 's3:bucket', arn: `arn:aws:s3:::${name}`, name, id: name}))
}

const functions: Reader = async clients => {
  const lambda = await clients.lambda()
  const all = await allPages(async token => {
    const page = await lambda.listFunctions({Marker: token})
    return {items: page.Functions, token: page.NextMarker}
  })
  return all.map(({FunctionName: name = '', FunctionArn: arn = ''}) => ({
    ...{kind: 'lambda:function', arn, name, id: name},
  }))
}

/** What Cloud Control lists of a type, by the ARN or the name that identifies it. */
function byCloudControl(
  type: string,
  kind: string,
  read: (identifier: string) => {name: string; resource: string; id?: string},
): Reader {
  return async (clients, sought) => {
    const cloudControl = await clients.cloudControl()
    const all = await allPages(async token => {
      const page = await cloudControl.listResources({TypeName: type, MaxResults: 100, NextToken: token})
      return {items: page.ResourceDescriptions, token: page.NextToken}
    })
    return all.map(({Identifier = ''}) => {
      const {name, resource, id = name} = read(Identifier)
      const arn = parseArn(Identifier) ? Identifier : arnIn(sought, kind.split(':')[0] ?? '', resource)
      return {kind, arn, name, id}
    })
  }
}

export const edgeReaders: Readonly<Record<string, Reader>> = {
  'cloudfront:distribution': distributions,
  'cloudfront:function': viewerFunctions,
  'acm:certificate': certificates,
  'elasticloadbalancing:loadbalancer': loadBalancers,
  'elasticloadbalancing:targetgroup': targetGroups,
  'route53:hostedzone': zones,
  'servicediscovery:service': mapServices,
  'servicediscovery:namespace': sharedNamespaces,
  'elasticfilesystem:access-point': accessPoints,
  'elasticfilesystem:file-system': fileSystems,
  's3:bucket': buckets,
  'lambda:function': functions,
  'events:rule': byCloudControl('AWS::Events::Rule', 'events:rule', arn => ({
    name: lastOf(arn),
    resource: '',
  })),
  'cloudwatch:alarm': byCloudControl('AWS::CloudWatch::Alarm', 'cloudwatch:alarm', name => ({
    ...{name, resource: `alarm:${name}`},
  })),
  'sns:topic': byCloudControl('AWS::SNS::Topic', 'sns:topic', arn => ({
    name: lastOf(arn),
    resource: '',
    id: arn,
  })),
}
