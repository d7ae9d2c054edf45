import {parseArn} from '../../aws/arn.js'
import type {Aws} from '../../aws/aws.js'
import type {StackDescription, StackResource} from '../../aws/stack-data.js'
import {createResolver, parseTemplate, type Resolver, type Template} from '../../template/index.js'

/** What a stack's template says of its roles, services, listeners and secrets, by logical id. */
export interface Declared {
  roles: ReadonlyMap<string, {attached: readonly string[]; inline: readonly string[]}>
  services: ReadonlyMap<string, {desired: number | undefined; definition: string | undefined}>
  /** Without target groups where that cannot be known here. */
  listeners: ReadonlyMap<string, DeclaredListener>
  /** Images that its task definitions name, in repositories of this account and region. */
  images: readonly {repository: string; image: string}[]
  /** Hosted zones that its records are in. */
  zones: readonly string[]
  /** Secrets that are made with a value. */
  valued: ReadonlySet<string>
  /** What the template gives a resource, with `unknown` for what cannot be known here. */
  properties(logicalId: string): Readonly<Record<string, unknown>>
}

export interface DeclaredListener {
  readonly port: number
  readonly targetGroups: readonly string[]
  /** The default one; undefined without TLS, and where it cannot be known here. */
  readonly certificate: string | undefined
}

/** What a template refers to. */
interface Around {
  /** Of the stack. */
  readonly resources: Promise<readonly StackResource[]>
  /** What the stacks beside it export, by name. */
  readonly exported: ReadonlyMap<string, string>
}

/** Anything that cannot be known here: attributes, and exports of other stacks. */
const unknown = '?'

/** Whether a text that the template gives is one that can be known here. */
export function isKnown(value: string): boolean {
  return value !== unknown
}

/**
 * Reads it from the template that the stack was last given, with the stack's own parameters; undefined where that cannot
 * be read, or made sense of: what only the template says is then not looked at.
 */
export async function declaredIn(
  aws: Pick<Aws, 'stacks' | 'region'>,
  stack: Pick<StackDescription, 'id' | 'name' | 'parameters' | 'outputs'>,
  {resources, exported}: Around,
): Promise<Declared | undefined> {
  try {
    const [text, found] = await Promise.all([aws.stacks.template(stack.id), resources])
    const template = parseTemplate(text)
    const attributes = attributesIn(template, stack.outputs)
    const resolver = createResolver({
      template,
      parameters: stack.parameters,
      pseudo: {
        'AWS::AccountId': parseArn(stack.id)?.account,
        'AWS::Partition': parseArn(stack.id)?.partition,
        'AWS::Region': aws.region,
        'AWS::StackName': stack.name,
        'AWS::StackId': stack.id,
        'AWS::URLSuffix': 'amazonaws.com',
      },
      lookups: {
        ref: logicalId => found.find(resource => resource.logicalId === logicalId)?.physicalId ?? unknown,
        getAtt: (logicalId, attribute) => attributes.get(`${logicalId}.${attribute}`) ?? unknown,
        importValue: name => exported.get(String(name)) ?? unknown,
      },
    })
    const active = resolver.activeResources().map(logicalId => ({
      logicalId,
      type: template.resources[logicalId]?.type,
    }))
    const ofType = (wanted: string) => active.filter(({type}) => type === wanted)
    return {
      roles: new Map(ofType('AWS::IAM::Role').map(({logicalId}) => [logicalId, roleOf(resolver, logicalId)])),
      valued: new Set(
        ofType('AWS::SecretsManager::Secret')
          .map(({logicalId}) => logicalId)
          .filter(logicalId => {
            const {GenerateSecretString, SecretString} = resolver.properties(logicalId)
            return GenerateSecretString !== undefined || SecretString !== undefined
          }),
      ),
      listeners: new Map(
        ofType('AWS::ElasticLoadBalancingV2::Listener').map(({logicalId}) => [
          logicalId,
          listenerOf(resolver, logicalId),
        ]),
      ),
      properties: logicalId => resolver.properties(logicalId),
      zones: texts(
        ofType('AWS::Route53::RecordSet').map(({logicalId}) => resolver.properties(logicalId).HostedZoneId),
      ),
      images: ofType('AWS::ECS::TaskDefinition').flatMap(({logicalId}) =>
        imagesOf(resolver, logicalId, `${parseArn(stack.id)?.account}.dkr.ecr.${aws.region}.`),
      ),
      services: new Map(
        ofType('AWS::ECS::Service').map(({logicalId}) => [logicalId, serviceOf(resolver, logicalId)]),
      ),
    }
  } catch {
    return undefined
  }
}

/** Attributes that the stack's outputs tell: what a load balancer's DNS name is, no template says. */
function attributesIn(
  {outputs}: Template,
  told: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(outputs).flatMap(([name, {value}]) => {
      const reference =
        typeof value === 'object' && value !== null && 'Fn::GetAtt' in value && value['Fn::GetAtt']
      const found = told[name]
      return Array.isArray(reference) && found !== undefined ? [[reference.join('.'), found] as const] : []
    }),
  )
}

function roleOf(resolver: Resolver, logicalId: string) {
  const {ManagedPolicyArns, Policies} = resolver.properties(logicalId)
  const names = listOf(Policies).flatMap(policy =>
    typeof policy === 'object' && policy !== null && 'PolicyName' in policy ? [policy.PolicyName] : [],
  )
  return {attached: texts(listOf(ManagedPolicyArns)), inline: texts(names)}
}

function serviceOf(resolver: Resolver, logicalId: string) {
  const {DesiredCount, TaskDefinition} = resolver.properties(logicalId)
  const [definition] = texts([TaskDefinition])
  return {desired: DesiredCount === undefined ? undefined : Number(DesiredCount), definition}
}

/** Of a registry whose name begins so: `REGISTRY/REPOSITORY:TAG`, or `@sha256:…`; without either it is `latest`. */
function imagesOf(resolver: Resolver, logicalId: string, registry: string) {
  const containers = listOf(resolver.properties(logicalId).ContainerDefinitions)
  const images = containers.map(container =>
    typeof container === 'object' && container !== null && 'Image' in container ? container.Image : undefined,
  )
  return texts(images).flatMap(text => {
    const [, repository, digest, tag = 'latest'] =
      /^[^/]+\/([^:@]+)(?:@(sha256:[0-9a-f]+)|:(.+))?$/.exec(text) ?? []
    return repository && text.startsWith(registry) ? [{repository, image: digest ?? tag}] : []
  })
}

function listenerOf(resolver: Resolver, logicalId: string): DeclaredListener {
  const {Port, DefaultActions, Certificates} = resolver.properties(logicalId)
  const targetGroups = texts(
    listOf(DefaultActions).map(action =>
      typeof action === 'object' && action !== null && 'TargetGroupArn' in action
        ? action.TargetGroupArn
        : undefined,
    ),
  )
  const [certificate] = texts(
    listOf(Certificates).map(each =>
      typeof each === 'object' && each !== null && 'CertificateArn' in each ? each.CertificateArn : undefined,
    ),
  )
  return {port: Number(Port), targetGroups, certificate}
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const texts = (values: readonly unknown[]): string[] =>
  values.flatMap(value => (typeof value === 'string' && !value.includes(unknown) ? [value] : []))
