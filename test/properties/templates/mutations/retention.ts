// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('retention')

export const retentionMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::Logs::LogGroup').flatMap(place => [
    planted(place, 'keeps its log for ever', properties => {
      delete properties.RetentionInDays
    }),
    planted(place, 'keeps its log as long as the others do', properties => {
      properties.RetentionInDays = properties.RetentionInDays === 7 ? 30 : 7
    }),
  ]),
  planted(placeAt('compute', 'ExecLogGroup'), 'forgets sessions after a month', properties => {
    properties.RetentionInDays = 30
  }),
  planted(placeAt('services', 'RegistryLogGroup'), 'keeps its log longer with alarms', properties => {
    properties.RetentionInDays = {'Fn::If': ['HasAlarms', 90, 30]}
  }),
  planted(placeAt('compute', 'BuildTriggerFunction'), 'logs to a group that Lambda makes', properties => {
    delete properties.LoggingConfig
  }),
  planted(placeAt('compute', 'ContainerBuildProject'), 'logs to a group that CodeBuild makes', properties => {
    delete properties.LogsConfig
  }),
  planted(placeAt('compute', 'MainEcsCluster'), 'logs sessions to a group that nobody makes', properties => {
    const {LogConfiguration: log} = properties.Configuration.ExecuteCommandConfiguration
    log.CloudWatchLogGroupName = {'Fn::Sub': '/aws/ecs/${EnvironmentName}/exec'}
  }),
  planted(placeAt('compute', 'KeycloakEcsCluster'), 'has another name than its insights', properties => {
    properties.ClusterName = {'Fn::Sub': '${EnvironmentName}-kc-cluster'}
  }),
  planted(placeAt('data', 'DatabaseProxy'), 'has another name than its log group', properties => {
    properties.DBProxyName = {'Fn::Sub': '${EnvironmentName}-proxy'}
  }),
]
