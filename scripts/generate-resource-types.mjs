/**
 * Writes src/rehearsal/kinds/resource-types.json from the AWS CDK team's database of CloudFormation resource types.
 *
 * The database takes seconds and hundreds of megabytes to load, so the embedded account reads this extract instead.
 * Run it after an upgrade of @aws-cdk/aws-service-spec: `node scripts/generate-resource-types.mjs`. With `--print`
 * it writes to standard output instead.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {loadAwsServiceSpecSync} from '@aws-cdk/aws-service-spec'

const target = new URL('../src/rehearsal/kinds/resource-types.json', import.meta.url)
const templates = new URL('../cloudformation/', import.meta.url)

/** Services whose every type is known, so that a changed template meets CloudFormation's own checks. */
const services = [
  'ApplicationAutoScaling',
  'CertificateManager',
  'CloudFront',
  'CloudWatch',
  'CodeBuild',
  'DynamoDB',
  'EC2',
  'ECR',
  'ECS',
  'EFS',
  'ElasticLoadBalancingV2',
  'Events',
  'IAM',
  'KMS',
  'Lambda',
  'Logs',
  'RDS',
  'Route53',
  'S3',
  'SNS',
  'SQS',
  'SSM',
  'SecretsManager',
  'ServiceDiscovery',
]

const extract = {}
for (const resource of loadAwsServiceSpecSync().all('resource')) {
  if (isWanted(resource.cloudFormationType)) extract[resource.cloudFormationType] = entryOf(resource)
}
const text = render(extract)
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(target, text)

function isWanted(type) {
  return services.includes(type.split('::')[1]) ? type.startsWith('AWS::') : templateTypes().has(type)
}

/** The types that the five templates name. */
function templateTypes() {
  const texts = readdirSync(templates)
    .filter(name => name.endsWith('.yaml'))
    .map(name => readFileSync(new URL(name, templates), 'utf8'))
  return new Set(
    texts.flatMap(text => Array.from(text.matchAll(/Type:\s*(AWS::\w+::\w+)/g), ([, type]) => type)),
  )
}

/** What is empty is left out: most types need only half of these. */
function entryOf(resource) {
  const properties = Object.entries(resource.properties).filter(([, {deprecated}]) => deprecated !== 'IGNORE')
  const named = test => properties.filter(([, property]) => test(property)).map(([name]) => name)
  const causing = answer => named(({causesReplacement}) => causesReplacement === answer)
  return compact({
    properties: properties.map(([name]) => name).sort(),
    required: named(({required}) => required === true).sort(),
    immutable: causing('yes').sort(),
    maybeImmutable: causing('maybe').sort(),
    tags: resource.tagInformation?.tagPropertyName,
    arn: resource.arnTemplate,
  })
}

function compact(entry) {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** One line a type, so that an upgrade's difference can be read. */
function render(types) {
  const lines = Object.keys(types)
    .sort()
    .map(type => `${JSON.stringify(type)}:${JSON.stringify(types[type])}`)
  return `{\n${lines.join(',\n')}\n}\n`
}
