import {expect, test} from 'vitest'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {needsReplacement} from '../../../src/rehearsal/resources/resource-schema.js'
import {fixedChoices} from './choices.js'
import {loadTemplates} from './template-set.js'

const [choice] = fixedChoices
if (choice === undefined) throw new Error('There are hand-picked choices')
const resources = deploy(loadTemplates(), choice).resources()

/** Values of Terraform v1.0.7 that our environments cannot take over: what has them is there, under a name of its own. */
test.each<[string, Readonly<Record<string, unknown>>]>([
  ['AuthTargetGroup', {Port: 80}],
  ['GradioTargetGroup', {Port: 80}],
  ['KeycloakTargetGroup', {Name: 'keycloak-tg-abc'}],
  ['KeycloakService', {LaunchType: 'FARGATE', CapacityProviderStrategy: undefined}],
])('%s would be replaced if it were as in Terraform', (name, there) => {
  const {type, properties} = resources.find(({logicalId}) => logicalId === name) ?? {type: '', properties: {}}
  expect(needsReplacement(type, properties, {...properties, ...there})).toBe(true)
})

test('what was taken over replaces nothing', () => {
  for (const [name, there] of [
    ['PublicSubnet1', {MapPublicIpOnLaunch: true}],
    ['MainCapacityProviders', {DefaultCapacityProviderStrategy: []}],
    ['KeycloakService', {DeploymentConfiguration: {MinimumHealthyPercent: 66}}],
    ['ExecLogGroup', {RetentionInDays: 30}],
    ['AuthListener', {SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'}],
    ['RegistryCpuScalingPolicy', {TargetTrackingScalingPolicyConfiguration: {}}],
    ['RegistryCpuHighAlarm', {TreatMissingData: 'notBreaching'}],
  ] as const) {
    const {type, properties} = resources.find(({logicalId}) => logicalId === name) ?? {
      type: '',
      properties: {},
    }
    expect(needsReplacement(type, {...properties, ...there}, properties), name).toBe(false)
  }
})
