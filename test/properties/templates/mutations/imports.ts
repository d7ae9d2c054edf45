// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's

import {labels} from '../../../../src/parity/templates/template-set.js'
import {argumentsOf} from '../mentions.js'
import {type Document, type Documents, loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'imports'
const templates = loadTemplates()

/** The names that some resource imports, without the environment's. */
const imported = new Set(
  labels.flatMap(label =>
    Object.values(templates[label].resources).flatMap(({properties}) =>
      argumentsOf('Fn::ImportValue', properties).map(argument =>
        JSON.stringify(argument).replace(/.*EnvironmentName\}-(\w+).*/, '$1'),
      ),
    ),
  ),
)

/** The outputs that export them. */
const exporting = labels.flatMap(label =>
  Object.entries(templates[label].outputs).flatMap(([output, {exportName = null}]) => {
    const name = JSON.stringify(exportName).replace(/.*EnvironmentName\}-(\w+).*/, '$1')
    return imported.has(name) ? [{label, output, name}] : []
  }),
)

const importOf = (name: string) => ({'Fn::ImportValue': {'Fn::Sub': `\${EnvironmentName}-${name}`}})

function planted(name: string, at: string, plant: (documents: Documents) => void): Mutation {
  return {name, property, at, plant}
}

export const importMutations: readonly Mutation[] = [
  ...some(exporting, 14).map(({label, output, name}) =>
    planted(`${label} no longer exports ${name}`, `-${name}, which no stack exports`, documents => {
      delete documents[label].Outputs[output].Export
    }),
  ),
  ...some(exporting, 8).map(({label, output, name}) =>
    planted(`${label} exports ${name} under another name`, `-${name}, which no stack exports`, documents => {
      documents[label].Outputs[output].Export.Name = {'Fn::Sub': `\${EnvironmentName}-${name}s`}
    }),
  ),
  planted('compute exports its target group with a domain only', '-RegistryTargetGroupArn', ({compute}) => {
    compute.Outputs.RegistryTargetGroupArn.Condition = 'HasDomain'
  }),
  planted('data exports the API key only with a snapshot', '-EmbeddingsApiKeySecretArn', ({data}) => {
    data.Outputs.EmbeddingsApiKeySecretArn.Condition = 'KeepsSnapshot'
  }),
  planted('the registry always imports the API key', 'services.RegistryTaskDefinition', ({services}) => {
    const [, {Secrets: secrets}] = services.Resources.RegistryTaskDefinition.Properties.ContainerDefinitions
    const last: Document = secrets.pop()
    secrets.push(last['Fn::If'][1])
  }),
  planted(
    'compute imports a secret of data',
    'compute import mcp-gateway-SecretKeySecretArn',
    ({compute}) => {
      compute.Resources.TaskRole.Properties.Description = importOf('SecretKeySecretArn')
    },
  ),
  planted('data imports a cluster of compute', 'data import mcp-gateway-MainEcsClusterName', ({data}) => {
    data.Resources.FileSystem.Properties.FileSystemTags[0].Value = importOf('MainEcsClusterName')
  }),
  planted(
    'network imports a file system of data',
    'network import mcp-gateway-EfsFileSystemId',
    ({network}) => {
      network.Resources.Vpc.Properties.Tags[0].Value = importOf('EfsFileSystemId')
    },
  ),
  planted('the data stack is begun before the network exists', 'data import', ({main}) => {
    delete main.Resources.DataStack.DependsOn
  }),
  planted('the compute stack is begun before the network exists', 'compute import', ({main}) => {
    delete main.Resources.ComputeStack.DependsOn
  }),
  planted('the services stack does not wait for data', 'services import', ({main}) => {
    main.Resources.ServicesStack.DependsOn = ['ComputeStack']
  }),
  planted('the services stack does not wait for compute', 'services import', ({main}) => {
    main.Resources.ServicesStack.DependsOn = ['DataStack']
  }),
  planted('the compute stack waits for data', 'compute: what is before it', ({main}) => {
    main.Resources.ComputeStack.DependsOn = ['NetworkStack', 'DataStack']
  }),
  planted('the data stack names the compute stack', 'data: what is before it', ({main}) => {
    main.Resources.DataStack.Properties.Tags = [{Key: 'Beside', Value: {Ref: 'ComputeStack'}}]
  }),
  planted('two stacks export one name', 'two outputs export mcp-gateway-VpcId', ({data}) => {
    data.Outputs.RdsKmsKeyArn.Export.Name = {'Fn::Sub': '${EnvironmentName}-VpcId'}
  }),
  planted('services imports from a fixed environment', 'services', ({services}) => {
    const {AwsvpcConfiguration: network} = services.Resources.RegistryService.Properties.NetworkConfiguration
    network.SecurityGroups = [{'Fn::ImportValue': 'mcp-gateway-EcsTasksSG'}]
  }),
]
