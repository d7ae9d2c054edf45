import type {CloudFormation} from '@aws-sdk/client-cloudformation'
import type {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import type {CodeBuild} from '@aws-sdk/client-codebuild'
import type {ECS} from '@aws-sdk/client-ecs'
import type {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {KMS} from '@aws-sdk/client-kms'
import type {ResourceGroupsTaggingAPI} from '@aws-sdk/client-resource-groups-tagging-api'
import type {S3} from '@aws-sdk/client-s3'
import type {STS} from '@aws-sdk/client-sts'
import type {Clock} from '../clock.js'
import type {ACM} from './acm-client.js'
import type {ApplicationAutoScaling} from './auto-scaling-client.js'
import type {Bedrock} from './bedrock-client.js'
import type {CloudControl} from './cloud-control-client.js'
import type {CloudFront} from './cloudfront-client.js'
import {type Credentials, credentialsAsTheCli} from './credentials.js'
import type {EC2} from './ec2-client.js'
import type {ECR} from './ecr-client.js'
import type {EFS} from './efs-client.js'
import {shortenEventPages} from './event-pages.js'
import {globalRegionOf} from './global-region.js'
import type {IAM} from './iam-client.js'
import type {Lambda} from './lambda-client.js'
import {type MiddlewareTarget, type Observers, observe} from './middleware.js'
import type {RDS} from './rds-client.js'
import {ClockedRetries, maxAttempts} from './retries.js'
import type {Route53} from './route-53-client.js'
import {sealedOptions} from './sealed.js'
import type {SecretsManager} from './secrets-manager-client.js'
import type {ServiceDiscovery} from './service-discovery-client.js'
import type {ServiceQuotas} from './service-quotas-client.js'
import type {SSM} from './ssm-client.js'
import {TunnelAgent} from './tunnel.js'

/** What every client is made with. */
export interface ClientSettings {
  readonly region: string
  readonly profile: string | undefined
  /** Given explicitly; AWS_ENDPOINT_URL and its service-specific forms are read by the SDK itself. */
  readonly endpoint: string | undefined
  readonly credentials: Credentials | undefined
  /** Asks for the code of an MFA device; undefined where nobody can be asked. */
  readonly askMfaCode?: ((serial: string) => Promise<string>) | undefined
  /** Where S3 requests go instead of AWS, for path-style addresses. */
  readonly s3Endpoint: string | undefined
  /** The endpoint that error messages name. */
  readonly effectiveEndpoint: string | undefined
  /** What error messages advise when it does not answer. */
  readonly unreachableHint?: string
  /** Brings back what answers at the endpoint. */
  readonly revive?: () => Promise<boolean>
  /** What repeats wait on. */
  readonly clock: Clock
  /** Whom to believe that he is AWS; undefined for those whom Node knows. */
  readonly ca?: string[] | undefined
  /** No client looks anything up in the machine's environment and files. */
  readonly sealed: boolean
}

/** The SDK's clients, each imported and made when it is first asked for: importing one takes 60 to 120 ms. */
export interface Clients {
  cloudControl(): Promise<CloudControl>
  cloudFormation(): Promise<CloudFormation>
  cloudFront(): Promise<CloudFront>
  codeBuild(): Promise<CodeBuild>
  ec2(): Promise<EC2>
  ecr(): Promise<ECR>
  ecs(): Promise<ECS>
  efs(): Promise<EFS>
  iam(): Promise<IAM>
  kms(): Promise<KMS>
  loadBalancing(): Promise<ElasticLoadBalancingV2>
  logs(): Promise<CloudWatchLogs>
  quotas(): Promise<ServiceQuotas>
  rds(): Promise<RDS>
  route53(): Promise<Route53>
  s3(): Promise<S3>
  secrets(): Promise<SecretsManager>
  serviceDiscovery(): Promise<ServiceDiscovery>
  ssm(): Promise<SSM>
  sts(): Promise<STS>
  tagging(): Promise<ResourceGroupsTaggingAPI>
  autoScaling(): Promise<ApplicationAutoScaling>
  bedrock(): Promise<Bedrock>
  lambda(): Promise<Lambda>
  certificates(): Promise<ACM>
  /** The same in the region that shows what has no region. */
  globalTagging(): Promise<ResourceGroupsTaggingAPI>
  /** The same in any region, for one question: one attempt, and no long wait for a region that does not answer. */
  taggingIn(region: string): Promise<ResourceGroupsTaggingAPI>
  /** Resolves the credentials, from a cache until they are about to expire. */
  credentials(): Promise<Credentials>
}

/**
 * How long one attempt may take. A call to an AWS that never answers fails after 5 minutes, with five attempts; one to
 * a host that cannot be reached, after 25 s. In real time, because that is what connections take.
 */
const timeouts = {connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true} as const

/** The SDK falls back to the console otherwise. */
const silence = {trace() {}, debug() {}, info() {}, warn() {}, error() {}}

/** The only place where SDK clients are made. Every HTTP request is counted, every error translated. */
export function createClients(settings: ClientSettings, observers: Observers): Clients {
  const {region, profile, endpoint} = settings
  // The SDK warns of Node.js 20 in five lines; we do so in one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const common = {
    region,
    profile,
    ...(endpoint === undefined ? {} : {endpoint}),
    maxAttempts,
    retryStrategy: new ClockedRetries(settings.clock),
    // The embedded account is on this machine: whatever is set for the way to AWS, nothing is asked about it.
    requestHandler: settings.sealed ? timeouts : {...timeouts, httpsAgent: agentTo(settings)},
    logger: silence,
    userAgentAppId: 'mcpgw',
    // All that a mode decides is decided here; of an unknown one the SDK makes a rejection that ends the process.
    defaultsMode: 'legacy' as const,
    ...(settings.sealed ? sealedOptions : {}),
  }
  const observed = <Input extends object, Output extends object, C extends MiddlewareTarget<Input, Output>>(
    client: C & MiddlewareTarget<Input, Output>,
    service: string,
  ): C => {
    const {effectiveEndpoint, unreachableHint, clock, revive} = settings
    observe(client, {service, region, endpoint: effectiveEndpoint, unreachableHint, clock, revive}, observers)
    // It copies every input and output, whether or not anybody reads the log.
    client.middlewareStack.remove('loggerMiddleware')
    // It puts a variable of Lambda's into a header, whatever is in it; nobody runs this program in a function.
    client.middlewareStack.remove('recursionDetectionMiddleware')
    return client
  }
  // Resolved once: the credentials of STS, which every command calls first, serve all.
  const sts = once(async () => {
    const {STS} = await import('@aws-sdk/client-sts')
    const credentials = settings.credentials ?? credentialsAsTheCli(settings)
    return observed(new STS({...common, credentials}), 'sts')
  })
  const credentials = async () => settings.credentials ?? (await sts()).config.credentials()
  const withCredentials = {...common, credentials}
  return {
    sts,
    credentials,
    cloudControl: once(async () => {
      const {CloudControl} = await import('./cloud-control-client.js')
      return observed(new CloudControl(withCredentials), 'cloudcontrol')
    }),
    cloudFormation: once(async () => {
      const {CloudFormation} = await import('@aws-sdk/client-cloudformation')
      const cloudFormation = observed(new CloudFormation(withCredentials), 'cloudformation')
      shortenEventPages(cloudFormation)
      return cloudFormation
    }),
    cloudFront: once(async () => {
      const {CloudFront} = await import('./cloudfront-client.js')
      return observed(new CloudFront(withCredentials), 'cloudfront')
    }),
    codeBuild: once(async () => {
      const {CodeBuild} = await import('@aws-sdk/client-codebuild')
      return observed(new CodeBuild(withCredentials), 'codebuild')
    }),
    ec2: once(async () => {
      const {EC2} = await import('./ec2-client.js')
      return observed(new EC2(withCredentials), 'ec2')
    }),
    ecr: once(async () => {
      const {ECR} = await import('./ecr-client.js')
      return observed(new ECR(withCredentials), 'ecr')
    }),
    ecs: once(async () => {
      const {ECS} = await import('@aws-sdk/client-ecs')
      return observed(new ECS(withCredentials), 'ecs')
    }),
    iam: once(async () => {
      const {IAM} = await import('./iam-client.js')
      return observed(new IAM(withCredentials), 'iam')
    }),
    kms: once(async () => {
      const {KMS} = await import('@aws-sdk/client-kms')
      return observed(new KMS(withCredentials), 'kms')
    }),
    loadBalancing: once(async () => {
      const {ElasticLoadBalancingV2} = await import('@aws-sdk/client-elastic-load-balancing-v2')
      return observed(new ElasticLoadBalancingV2(withCredentials), 'elasticloadbalancing')
    }),
    logs: once(async () => {
      const {CloudWatchLogs} = await import('@aws-sdk/client-cloudwatch-logs')
      return observed(new CloudWatchLogs(withCredentials), 'logs')
    }),
    quotas: once(async () => {
      const {ServiceQuotas} = await import('./service-quotas-client.js')
      return observed(new ServiceQuotas(withCredentials), 'servicequotas')
    }),
    rds: once(async () => {
      const {RDS} = await import('./rds-client.js')
      return observed(new RDS(withCredentials), 'rds')
    }),
    route53: once(async () => {
      const {Route53} = await import('./route-53-client.js')
      return observed(new Route53(withCredentials), 'route53')
    }),
    s3: once(async () => {
      const {S3} = await import('@aws-sdk/client-s3')
      const custom = settings.s3Endpoint !== undefined
      // A bucket that the user names may be in another region; a local endpoint has no bucket host names.
      const s3 = new S3({...withCredentials, forcePathStyle: custom, followRegionRedirects: !custom})
      return observed(s3, 's3')
    }),
    secrets: once(async () => {
      const {SecretsManager} = await import('./secrets-manager-client.js')
      return observed(new SecretsManager(withCredentials), 'secretsmanager')
    }),
    serviceDiscovery: once(async () => {
      const {ServiceDiscovery} = await import('./service-discovery-client.js')
      return observed(new ServiceDiscovery(withCredentials), 'servicediscovery')
    }),
    ssm: once(async () => {
      const {SSM} = await import('./ssm-client.js')
      return observed(new SSM(withCredentials), 'ssm')
    }),
    efs: once(async () => {
      const {EFS} = await import('./efs-client.js')
      return observed(new EFS(withCredentials), 'elasticfilesystem')
    }),
    autoScaling: once(async () => {
      const {ApplicationAutoScaling} = await import('./auto-scaling-client.js')
      return observed(new ApplicationAutoScaling(withCredentials), 'application-autoscaling')
    }),
    bedrock: once(async () => {
      const {Bedrock} = await import('./bedrock-client.js')
      return observed(new Bedrock(withCredentials), 'bedrock')
    }),
    lambda: once(async () => {
      const {Lambda} = await import('./lambda-client.js')
      return observed(new Lambda(withCredentials), 'lambda')
    }),
    certificates: once(async () => {
      const {ACM} = await import('./acm-client.js')
      return observed(new ACM(withCredentials), 'acm')
    }),
    tagging: once(async () => {
      const {ResourceGroupsTaggingAPI} = await import('@aws-sdk/client-resource-groups-tagging-api')
      return observed(new ResourceGroupsTaggingAPI(withCredentials), 'tag')
    }),
    taggingIn: async inRegion => {
      const {ResourceGroupsTaggingAPI} = await import('@aws-sdk/client-resource-groups-tagging-api')
      const {requestHandler} = withCredentials
      const hurried = {...requestHandler, connectionTimeout: 3_000, requestTimeout: 5_000}
      return observed(
        new ResourceGroupsTaggingAPI({
          ...withCredentials,
          region: inRegion,
          requestHandler: hurried,
          maxAttempts: 1,
          retryStrategy: undefined,
        }),
        'tag',
      )
    },
    globalTagging: once(async () => {
      const {ResourceGroupsTaggingAPI} = await import('@aws-sdk/client-resource-groups-tagging-api')
      return observed(
        new ResourceGroupsTaggingAPI({...withCredentials, region: globalRegionOf(region)}),
        'tag',
      )
    }),
  }
}

/** One for all clients; as many sockets as the SDK has by itself. */
function agentTo({ca}: ClientSettings): TunnelAgent {
  return new TunnelAgent({keepAlive: true, maxSockets: 50, ca})
}

/** Imports what nearly every command asks, for a time in which there is nothing else to do. */
export async function importFirstClients(): Promise<void> {
  await Promise.all([
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-ecs'),
    import('@aws-sdk/client-elastic-load-balancing-v2'),
  ])
}

/** The same for what deployments ask beside that. */
export async function importMoreClients(): Promise<void> {
  await Promise.all([import('@aws-sdk/client-s3'), import('./ec2-client.js')])
}

/** Makes the value at the first call and gives the same one from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
