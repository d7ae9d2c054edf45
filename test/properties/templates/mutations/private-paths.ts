import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('private-paths')
const rule = placeAt('compute', 'KeycloakMetricsRule')

/** They show at the listener, with or without a domain. */
const at = 'compute.KeycloakHttp'

export const privatePathMutations: readonly Mutation[] = [
  planted(rule, 'lets the health through', ({Conditions: [condition]}) => {
    condition.PathPatternConfig.Values = ['/metrics*']
  }),
  planted(rule, 'lets the metrics through', ({Conditions: [condition]}) => {
    condition.PathPatternConfig.Values = ['/health*']
  }),
  planted(rule, 'lets what lies below through', ({Conditions: [condition]}) => {
    condition.PathPatternConfig.Values = ['/metrics', '/health']
  }),
  planted(rule, 'refuses the console as well', ({Conditions: [condition]}) => {
    condition.PathPatternConfig.Values = ['/*']
  }),
  planted(rule, 'refuses only on one host', ({Conditions: conditions}) => {
    conditions.push({Field: 'host-header', HostHeaderConfig: {Values: ['example.com']}})
  }),
  planted(rule, 'forwards after all', properties => {
    properties.Actions = [{Type: 'forward', TargetGroupArn: {Ref: 'KeycloakTargetGroup'}}]
  }),
  planted(rule, 'is at the listener that redirects', properties => {
    properties.ListenerArn = {Ref: 'KeycloakHttpListener'}
  }),
  planted(rule, 'is missing without a domain', properties => {
    properties.ListenerArn = {
      'Fn::If': ['HasDomain', {Ref: 'KeycloakHttpsListener'}, {Ref: 'MainHttpListener'}],
    }
  }),
].map(mutation => ({...mutation, at}))
