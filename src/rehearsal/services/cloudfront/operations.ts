import {isDeepStrictEqual} from 'node:util'
import {typicalSeconds} from '../../../durations.js'
import type {Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {pageOf} from '../../resources/paging.js'
import {about} from '../../resources/timing.js'
import {flag, list, record, records, text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations, Output} from '../../wire/operations.js'
import {distributionOf, distributionType, type Rollout} from './distributions.js'
import {checkMatch, functionOperations, functionsOf, removeEverywhere} from './function-operations.js'

type DistributionConfig = NonNullable<Output<'cloudfront', 'GetDistributionConfig'>['DistributionConfig']>

type Origin = NonNullable<NonNullable<DistributionConfig['Origins']>['Items']>[number]

const defaultPage = 100
/** Until every edge location knows a change. */
const updateSeconds = typicalSeconds(distributionType).update

/** As it goes over the wire: what is not set is not there. */
const written = (value: unknown): unknown => value && JSON.parse(JSON.stringify(value))

const isSame = (left: unknown, right: unknown) => isDeepStrictEqual(written(left), written(right))

/** CloudFront, as far as reading distributions, turning them off and on, and deleting them goes. Source: CloudFront API reference. */
export function cloudFrontOperations(world: World) {
  const all = () =>
    Object.values(world.account.regions).flatMap(region => world.resourcesOf(region, distributionType))
  const demand = (id: string | undefined) => {
    const found = all().find(({physicalId}) => physicalId === id)
    if (!found) throw modelled('NoSuchDistribution', 'The specified distribution does not exist.')
    return found
  }
  return {
    ListDistributions({Marker, MaxItems}) {
      const size = Number(MaxItems ?? defaultPage)
      const page = pageOf(all(), Marker, size, () =>
        modelled('InvalidArgument', 'The parameter Marker is invalid.'),
      )
      return {
        DistributionList: {
          Marker: Marker ?? '',
          MaxItems: size,
          IsTruncated: page.next !== undefined,
          NextMarker: page.next,
          Quantity: page.items.length,
          Items: page.items.map(distribution => {
            const config = configOf(distribution)
            const {CallerReference: _, DefaultRootObject: __, Logging: ___, ...summary} = config
            return {
              ...commonOf(world, distribution),
              ...summary,
              CacheBehaviors: config.CacheBehaviors ?? {Quantity: 0},
              CustomErrorResponses: {Quantity: 0},
              Restrictions: {GeoRestriction: {RestrictionType: 'none' as const, Quantity: 0}},
              ViewerCertificate: config.ViewerCertificate ?? {CloudFrontDefaultCertificate: true},
              WebACLId: config.WebACLId ?? '',
              HttpVersion: config.HttpVersion ?? 'http2',
              IsIPV6Enabled: config.IsIPV6Enabled ?? false,
              PriceClass: config.PriceClass ?? 'PriceClass_All',
              Aliases: config.Aliases ?? {Quantity: 0},
              Staging: false,
            }
          }),
        },
      }
    },

    GetDistribution({Id}) {
      const distribution = demand(Id)
      return {
        ETag: etagOf(distribution),
        Distribution: {
          ...commonOf(world, distribution),
          InProgressInvalidationBatches: 0,
          ActiveTrustedSigners: {Enabled: false, Quantity: 0},
          DistributionConfig: configOf(distribution),
        },
      }
    },

    GetDistributionConfig({Id}) {
      const distribution = demand(Id)
      return {ETag: etagOf(distribution), DistributionConfig: configOf(distribution)}
    },

    UpdateDistribution({Id, IfMatch, DistributionConfig}) {
      const distribution = demand(Id)
      checkMatch(IfMatch, etagOf(distribution))
      const before = configOf(distribution)
      const {Enabled, Comment, PriceClass, Origins, DefaultCacheBehavior, ...others} = {
        ...before,
        ...DistributionConfig,
      }
      const {TargetOriginId, ...behavior} = DefaultCacheBehavior ?? {}
      const {TargetOriginId: _, ...behaviorBefore} = before.DefaultCacheBehavior ?? {}
      const same =
        isSame(behavior, behaviorBefore) &&
        Object.entries(others).every(([name, value]) =>
          isSame(value, before[name as keyof DistributionConfig]),
        )
      if (!same) {
        throw modelled(
          'InvalidArgument',
          'This account changes Enabled, Comment, PriceClass, Origins and the default TargetOriginId only.',
        )
      }
      if (!Origins?.Items?.some(({Id: id}) => id === TargetOriginId)) {
        throw modelled('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.')
      }
      const rollout: Rollout = {replaced: distribution.properties.DistributionConfig, changedAt: world.now}
      // A copy: the stack's own record of the properties must not change with it.
      const known = record(distribution.properties.DistributionConfig)
      const config = {
        ...{...known, Enabled, Comment, PriceClass},
        DefaultCacheBehavior: {...record(known.DefaultCacheBehavior), TargetOriginId},
        Origins: isSame(Origins, before.Origins)
          ? known.Origins
          : (Origins.Items ?? []).map(origin => declaredOrigin(records(known.Origins), origin)),
      }
      distribution.properties = {...distribution.properties, DistributionConfig: config}
      distribution.data.rollout = rollout
      distribution.data.changes = Number(distribution.data.changes ?? 0) + 1
      distribution.data.deployedAt =
        world.now + about(world, updateSeconds, Id ?? '', 'update', String(distribution.data.changes)) * 1000
      return {
        ETag: etagOf(distribution),
        Distribution: {
          ...commonOf(world, distribution),
          InProgressInvalidationBatches: 0,
          DistributionConfig: configOf(distribution),
        },
      }
    },

    DeleteDistribution({Id, IfMatch}) {
      const distribution = demand(Id)
      checkMatch(IfMatch, etagOf(distribution))
      if (configOf(distribution).Enabled || commonOf(world, distribution).Status !== 'Deployed') {
        throw modelled(
          'DistributionNotDisabled',
          'The distribution you are trying to delete has not been disabled.',
        )
      }
      removeEverywhere(world, distribution)
    },

    ...functionOperations(world),

    ListTagsForResource({Resource = ''}) {
      const isMeant = (resource: Resource) => arnOf(world, resource) === Resource
      const found = all().find(isMeant) ?? functionsOf(world).find(({physicalId}) => physicalId === Resource)
      if (!found) throw modelled('NoSuchResource', 'The specified resource does not exist.')
      return {Tags: {Items: Object.entries(found.tags).map(([Key, Value]) => ({Key, Value}))}}
    },
  } satisfies Operations<'cloudfront'>
}

const arnOf = (world: World, {physicalId}: Resource): string =>
  `arn:aws:cloudfront::${world.account.id}:distribution/${physicalId}`

/** Changes whenever the distribution does. */
const etagOf = ({physicalId, data}: Resource): string =>
  `E${Math.round(Number(data.deployedAt ?? 0))
    .toString(36)
    .toUpperCase()}${physicalId.slice(-4)}`

function commonOf(world: World, distribution: Resource) {
  const {deployed} = distributionOf(world, distribution, 'https')
  return {
    Id: distribution.physicalId,
    ARN: arnOf(world, distribution),
    Status: deployed ? 'Deployed' : 'InProgress',
    LastModifiedTime: new Date(distribution.createdAt),
    DomainName: text(distribution.attributes.DomainName) ?? '',
  }
}

/** A list as CloudFront writes it: its length, and its items where it has any. */
const counted = <T>(items: readonly T[]) =>
  items.length > 0 ? {Quantity: items.length, Items: [...items]} : {Quantity: 0}

/** The configuration in the spelling of the API, where every list says how long it is. */
function configOf({properties, data, physicalId}: Resource): DistributionConfig {
  const config = record(properties.DistributionConfig)
  const certificate = record(config.ViewerCertificate)
  return {
    CallerReference: physicalId,
    Aliases: counted(texts(config.Aliases)),
    DefaultRootObject: text(config.DefaultRootObject) ?? '',
    Origins: {
      Quantity: list(config.Origins).length,
      Items: records(config.Origins).map(originOf),
    },
    DefaultCacheBehavior: behaviorOf(record(config.DefaultCacheBehavior)),
    CacheBehaviors: counted(
      records(config.CacheBehaviors).map(behavior => ({
        PathPattern: text(behavior.PathPattern) ?? '',
        ...behaviorOf(behavior),
      })),
    ),
    Comment: text(config.Comment) ?? '',
    PriceClass: (text(config.PriceClass) ?? 'PriceClass_All') as 'PriceClass_All',
    Enabled: (flag(config.Enabled) ?? false) && data.disabled !== true,
    ViewerCertificate: {
      CloudFrontDefaultCertificate: certificate.AcmCertificateArn === undefined,
      ACMCertificateArn: text(certificate.AcmCertificateArn),
    },
    WebACLId: text(config.WebACLId) ?? '',
    HttpVersion: (text(config.HttpVersion) ?? 'http2') as 'http2',
    IsIPV6Enabled: flag(config.IPV6Enabled) ?? false,
  }
}

function behaviorOf(behavior: Record<string, unknown>) {
  return {
    TargetOriginId: text(behavior.TargetOriginId) ?? '',
    ViewerProtocolPolicy: (text(behavior.ViewerProtocolPolicy) ?? 'allow-all') as 'allow-all',
    AllowedMethods: counted(allowedMethods(behavior)) as never,
    Compress: flag(behavior.Compress) ?? false,
    CachePolicyId: text(behavior.CachePolicyId),
    OriginRequestPolicyId: text(behavior.OriginRequestPolicyId),
  }
}

/** GET and HEAD unless others are named. Source: CloudFront API reference, AllowedMethods. */
function allowedMethods({AllowedMethods}: Record<string, unknown>): string[] {
  const named = texts(AllowedMethods)
  return named.length > 0 ? named : ['HEAD', 'GET']
}

/** An origin as a template writes it: what the change leaves as it is stays as it was written. */
function declaredOrigin(known: readonly Record<string, unknown>[], changed: Origin): Record<string, unknown> {
  const before = known.find(({Id}) => Id === changed.Id)
  if (before && isSame(originOf(before), changed)) return before
  const {Id, DomainName, OriginPath, CustomHeaders, CustomOriginConfig} = changed
  const headers = (CustomHeaders?.Items ?? []).map(({HeaderName, HeaderValue}) => ({HeaderName, HeaderValue}))
  return {
    ...{...before, Id, DomainName},
    ...(OriginPath && {OriginPath}),
    OriginCustomHeaders: headers.length > 0 ? headers : undefined,
    CustomOriginConfig: {...record(before?.CustomOriginConfig), ...CustomOriginConfig},
  }
}

function originOf(origin: Record<string, unknown>) {
  const custom = record(origin.CustomOriginConfig)
  return {
    Id: text(origin.Id) ?? '',
    DomainName: text(origin.DomainName) ?? '',
    OriginPath: text(origin.OriginPath) ?? '',
    CustomHeaders: counted(
      records(origin.OriginCustomHeaders).map(({HeaderName, HeaderValue}) => ({
        HeaderName: text(HeaderName) ?? '',
        HeaderValue: text(HeaderValue) ?? '',
      })),
    ),
    CustomOriginConfig: {
      HTTPPort: Number(custom.HTTPPort ?? 80),
      HTTPSPort: Number(custom.HTTPSPort ?? 443),
      OriginProtocolPolicy: (text(custom.OriginProtocolPolicy) ?? 'http-only') as 'http-only',
    },
  }
}
