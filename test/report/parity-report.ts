import type {ParityDifference, ParityReport, ParityResource} from '../../src/results.js'

const differing = (difference: Partial<ParityDifference>): ParityDifference => ({
  attribute: 'idle_timeout',
  property: 'IdleTimeout',
  verdict: 'different',
  terraform: 60,
  here: '120',
  reason: null,
  ...difference,
})

const resource = (address: string, more: Partial<ParityResource>): ParityResource => ({
  address,
  type: address.split('.')[0] ?? '',
  verdict: 'different',
  counterpart: {kind: 'resource', resource: 'compute.MainAlb', reason: null},
  differences: [differing({})],
  ...more,
})

/** A report with one of everything. */
export const report: ParityReport = {
  environment: 'mcp-gateway',
  region: 'us-east-1',
  layout: 'nested',
  plan: {tool: 'opentofu', version: '1.12.6', formatVersion: '1.2', resources: 8},
  partial: [],
  parameters: {EnvironmentName: 'mcp-gateway'},
  totals: {same: 1, accepted: 2, different: 2, unknown: 1, missing: 2, onlyHere: 2},
  resources: [
    resource('aws_vpc.this', {verdict: 'same', differences: []}),
    resource('aws_lb.main', {
      differences: [
        differing({}),
        differing({attribute: 'drop', property: null, terraform: true, here: undefined}),
        differing({attribute: null, property: 'Scheme', terraform: undefined, here: {a: ['x'.repeat(300)]}}),
        differing({attribute: 'ip', property: 'Ip', verdict: 'accepted', reason: 'IPv4 is enough.'}),
      ],
    }),
    resource('aws_lb_listener.web', {
      counterpart: {kind: 'resource', resource: 'network.Listener', reason: null},
    }),
    resource('aws_ecs_service.keycloak', {
      verdict: 'accepted',
      counterpart: {kind: 'resource', resource: 'services.KeycloakService', reason: null},
      differences: [
        differing({
          attribute: 'desired_count',
          property: 'DesiredCount',
          verdict: 'accepted',
          reason: 'One task.',
        }),
      ],
    }),
    resource('aws_default_network_acl.this', {
      verdict: 'accepted',
      counterpart: {kind: 'nothing', resource: null, reason: 'CloudFormation cannot adopt it.'},
      differences: [],
    }),
    resource('aws_ecs_task_definition.keycloak', {
      verdict: 'unknown',
      counterpart: {kind: 'resource', resource: 'services.KeycloakTask', reason: null},
      differences: [
        differing({
          attribute: 'container_definitions',
          property: 'ContainerDefinitions',
          verdict: 'unknown',
          terraform: undefined,
          here: undefined,
        }),
      ],
    }),
    resource('aws_wafv2_web_acl.main', {verdict: 'missing', counterpart: null, differences: []}),
    resource('aws_sns_topic.alarms', {
      verdict: 'missing',
      counterpart: {kind: 'resource', resource: 'services.AlarmTopic', reason: null},
      differences: [],
    }),
  ],
  onlyHere: [
    {stack: 'data', logicalId: 'Stray', type: 'AWS::SQS::Queue', verdict: 'different', reason: null},
    {
      stack: 'compute',
      logicalId: 'Build',
      type: 'AWS::CodeBuild::Project',
      verdict: 'accepted',
      reason: 'Builds the images.',
    },
  ],
  stale: [{resource: 'network.Vpc', attribute: 'tags', reason: 'Named otherwise.'}],
  deadPatterns: ['aws_eip.gone[*]'],
  verdict: 'different',
  strict: false,
  withState: false,
  variables: [
    {variable: 'enable_waf', parameter: null, reason: 'parity/variables.yaml does not know it'},
    {variable: 'vpc_cidr', parameter: 'VpcCidr', reason: 'it is no /16'},
  ],
  against: null,
}

/** The same beside an older plan. */
export const reportAgainst: ParityReport = {
  ...report,
  against: {
    plan: {tool: 'terraform', version: '1.11.4', formatVersion: '1.2', resources: 7},
    partial: [{code: 'errored', detail: 'Planning failed before its end.'}],
    came: [{address: 'aws_wafv2_web_acl.main', type: 'aws_wafv2_web_acl', mapped: null}],
    went: [{address: 'aws_eip.nat[0]', type: 'aws_eip', mapped: 'network.NatEip1'}],
    changed: [
      {
        address: 'aws_lb.main',
        type: 'aws_lb',
        attributes: ['a', 'b', 'c', 'd', 'e', 'f'].map(attribute => ({attribute, before: 1, after: null})),
      },
    ],
    variables: [
      {variable: 'enable_waf', change: 'came', known: false},
      {variable: 'old', change: 'went', known: false},
    ],
  },
}
