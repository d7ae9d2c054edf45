// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const property = 'admin-guard'
const planted = plantedFor(property)

const publicRule = placeAt('compute', 'KeycloakPublicRule')
const natRule = placeAt('compute', 'KeycloakNatRule')
const adminRule = placeAt('compute', 'KeycloakAdminRule')
const refusal = placeAt('compute', 'KeycloakAdminRefusal')
const guard = placeAt('compute', 'KeycloakViewerFunction')
const distribution = placeAt('compute', 'KeycloakDistribution')

const atListener = 'compute.KeycloakHttpsListener'
const atEdge = 'compute.KeycloakDistribution'

const paths = ({Conditions: [condition]}: Document) => condition.PathPatternConfig.RegexValues as string[]
const code = ({FunctionCode}: Document, from: string, to: string) => {
  const [text, values] = FunctionCode['Fn::Sub']
  if (!text.includes(from)) throw new Error(`The function does not say ${from}`)
  FunctionCode['Fn::Sub'] = [text.replace(from, () => to), values]
}

export const adminGuardMutations: readonly Mutation[] = [
  ...[
    planted(
      publicRule,
      'lets all of the realm through, however it is written',
      ({Conditions: [condition]}) => {
        condition.PathPatternConfig = {Values: ['/realms/mcp-gateway*', '/resources/*']}
      },
    ),
    planted(publicRule, 'lets paths with dots through', properties => {
      paths(properties)[0] = '^/realms/mcp-gateway(/[A-Za-z0-9._-]+)*/?$'
    }),
    planted(publicRule, 'lets every realm through', properties => {
      paths(properties)[0] = '^/realms/[a-z-]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*|/\\.well-known)*/?$'
    }),
    planted(publicRule, 'looks at the beginning only', properties => {
      paths(properties)[1] = '^/(resources|js)/'
    }),
    planted(publicRule, 'looks at the end only', properties => {
      paths(properties)[1] = '(resources|js)(/[A-Za-z0-9_@-][A-Za-z0-9@._-]*)+$|/$'
    }),
    planted(publicRule, 'forgets the style of the login page', properties => {
      paths(properties).splice(1, 1)
    }),
    planted(publicRule, 'forgets what verify asks', properties => {
      paths(properties).pop()
    }),
    planted(natRule, 'forgets a NAT gateway', ({Conditions: [condition]}) => {
      condition.SourceIpConfig.Values.pop()
    }),
    planted(adminRule, 'admits everybody', ({Conditions: [condition]}) => {
      condition.SourceIpConfig.Values = ['0.0.0.0/0']
    }),
    planted(adminRule, 'admits nobody', ({Conditions: [condition]}) => {
      condition.SourceIpConfig.Values = ['192.0.2.255/32']
    }),
    planted(adminRule, 'comes too late', properties => {
      properties.Priority = 50
    }),
    planted(refusal, 'refuses /admin as it is usually written', ({Conditions: [condition]}) => {
      condition.PathPatternConfig.Values = ['/admin*', '/realms/master*']
    }),
    planted(refusal, 'comes before the rule of the logins', properties => {
      properties.Priority = 29
    }),
    planted(refusal, 'forwards', properties => {
      properties.Actions = [{Type: 'forward', TargetGroupArn: {Ref: 'KeycloakTargetGroup'}}]
    }),
    planted(refusal, 'has more values than a condition takes', ({Conditions: [condition]}) => {
      condition.PathPatternConfig.Values = ['*', '/a', '/b', '/c']
    }),
  ].map(mutation => ({...mutation, at: atListener})),
  ...[
    planted(distribution, 'has no function', ({DistributionConfig}) => {
      delete DistributionConfig.DefaultCacheBehavior.FunctionAssociations
    }),
    planted(distribution, 'asks the function about answers', ({DistributionConfig}) => {
      DistributionConfig.DefaultCacheBehavior.FunctionAssociations['Fn::If'][1][0].EventType =
        'viewer-response'
    }),
    planted(guard, 'is not published', properties => {
      properties.AutoPublish = false
    }),
    planted(guard, 'is longer than CloudFront takes', properties => {
      code(properties, 'function handler', `// ${'x'.repeat(10_000)}\nfunction handler`)
    }),
    planted(guard, 'admits everybody', properties => {
      code(properties, 'isEverybodys || isAdmitted', 'true')
    }),
    planted(guard, 'refuses everybody', properties => {
      code(properties, 'isEverybodys || isAdmitted', 'false')
    }),
    planted(guard, 'takes a part for the whole', properties => {
      code(properties, "'/'", "'.'")
    }),
    planted(guard, 'takes IPv6 for everything', properties => {
      code(properties, 'return NaN;', 'return 0;')
      code(properties, 'Math.floor(numberOf(parts[0]) / size) ===', 'numberOf(address) === 0 || 0 ===')
    }),
    planted(guard, 'forgets the NAT gateways', properties => {
      const [text] = properties.FunctionCode['Fn::Sub']
      properties.FunctionCode['Fn::Sub'] = [text, {Ranges: {'Fn::Join': [',', {Ref: 'AdminCidrBlocks'}]}}]
    }),
    planted(guard, 'lets paths with dots through', properties => {
      code(properties, '(\\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?', '(\\/[A-Za-z0-9._-]*)*)?')
    }),
    planted(guard, 'lets every realm through', properties => {
      code(properties, 'mcp-gateway', '[a-z-]+')
    }),
  ].map(mutation => ({...mutation, at: atEdge})),
]
