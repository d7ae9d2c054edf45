// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const property = 'origin-header'
const planted = plantedFor(property)
const sides = ['Main', 'Keycloak'] as const

const originOf = ({DistributionConfig}: Document) => DistributionConfig.Origins[0]

export const originHeaderMutations: readonly Mutation[] = [
  ...sides.flatMap(side => {
    const at = `compute.${side}Distribution`
    const distribution = placeAt('compute', `${side}Distribution`)
    const rule = placeAt('compute', `${side}OriginRule`)
    const refusal = placeAt('compute', `${side}OriginRefusal`)
    return [
      planted(distribution, 'sends no header', properties => {
        delete originOf(properties).OriginCustomHeaders
      }),
      planted(distribution, 'sends what the template says', properties => {
        originOf(properties).OriginCustomHeaders[0].HeaderValue = 'only-we-know'
      }),
      planted(distribution, 'sends another header', properties => {
        originOf(properties).OriginCustomHeaders[0].HeaderName = 'X-Other'
      }),
      planted(rule, 'accepts what the template says', ({Conditions: [condition]}) => {
        condition.HttpHeaderConfig.Values = ['only-we-know']
      }),
      planted(rule, 'accepts the first header only', ({Conditions: [condition]}) => {
        condition.HttpHeaderConfig.Values.pop()
      }),
      planted(rule, 'accepts anything', ({Conditions: [condition]}) => {
        condition.HttpHeaderConfig.Values = ['*']
      }),
      planted(rule, 'asks for no header', ({Conditions: [condition]}) => {
        Object.assign(condition, {Field: 'path-pattern', PathPatternConfig: {Values: ['*']}})
        delete condition.HttpHeaderConfig
      }),
      planted(rule, 'sends to nobody', properties => {
        properties.Actions = [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '200'}}]
      }),
      planted(refusal, 'comes first', properties => {
        properties.Priority = 5
      }),
      planted(refusal, 'refuses some paths', ({Conditions: [condition]}) => {
        condition.PathPatternConfig.Values = ['/api/*']
      }),
      planted(refusal, 'refuses nobody', properties => {
        properties.Actions = [{Type: 'forward', TargetGroupArn: {Ref: 'RegistryTargetGroup'}}]
      }),
      planted(placeAt('compute', `${side}OriginHeader1`), 'is short', ({GenerateSecretString}) => {
        GenerateSecretString.PasswordLength = 8
      }),
      planted(placeAt('compute', `${side}OriginHeader2`), 'may hold a wildcard', ({GenerateSecretString}) => {
        delete GenerateSecretString.ExcludePunctuation
      }),
      planted(placeAt('compute', `${side}OriginHeader2`), 'is in the template', properties => {
        delete properties.GenerateSecretString
        properties.SecretString = 'only-we-know'
      }),
    ].map(mutation => ({...mutation, at}))
  }),
  planted(placeAt('compute', 'KeycloakDistribution'), 'sends the header of the registry', properties => {
    originOf(properties).OriginCustomHeaders[0].HeaderValue = {
      'Fn::If': [
        'SendsFirstHeader',
        {'Fn::Sub': '{{resolve:secretsmanager:${MainOriginHeader1}:SecretString:::}}'},
        {'Fn::Sub': '{{resolve:secretsmanager:${MainOriginHeader2}:SecretString:::}}'},
      ],
    }
  }),
  {
    name: 'compute.MainOriginRule is there with a domain',
    property,
    at: 'compute.MainOriginRule',
    plant({compute}) {
      const rule = compute.Resources.MainOriginRule
      delete rule.Condition
      delete rule.DependsOn
      rule.Properties.Conditions[0].HttpHeaderConfig.Values = ['x']
    },
  },
]
