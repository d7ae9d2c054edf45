import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import {otherThanTerraform} from '../tables/terraform-defaults.js'
import {type Document, loadTemplates} from '../template-set.js'
import type {Mutation} from './mutation.js'

const sensitive = ['KeycloakAdminPassword', 'KeycloakDatabasePassword', 'EmbeddingsApiKey']
const templates = loadTemplates()

/** Every declaration of a parameter in any template. */
const declarations = labels.flatMap(label =>
  Object.entries(templates[label].parameters).map(([name, declaration]) => ({label, name, declaration})),
)

const declared =
  (property: string) =>
  (label: Label, name: string, what: string, edit: (declaration: Document) => void): Mutation => ({
    name: `parameter ${label}.${name} ${what}`,
    property,
    at: `${label}.${name}`,
    plant: documents => edit(documents[label].Parameters[name]),
  })
const inNoEcho = declared('no-echo')
const inDefaults = declared('terraform-defaults')

export const noEchoMutations: readonly Mutation[] = [
  ...declarations
    .filter(({name}) => sensitive.includes(name))
    .flatMap(({label, name}) => [
      inNoEcho(label, name, 'is not NoEcho', declaration => {
        delete declaration.NoEcho
      }),
      inNoEcho(label, name, 'is NoEcho: false', declaration => {
        declaration.NoEcho = false
      }),
      inNoEcho(label, name, 'has a literal default', declaration => {
        declaration.Default = 'Change.Me.Please.1'
      }),
      inNoEcho(label, name, 'offers a literal as one of its values', declaration => {
        declaration.AllowedValues = ['', 'Change.Me.Please.1']
      }),
    ]),
  {
    name: 'a secret takes a parameter whose name does not say that it is secret',
    property: 'no-echo',
    at: 'data.EmbeddingsAccess',
    plant({data}) {
      data.Parameters.EmbeddingsAccess = {Type: 'String', Default: ''}
      data.Resources.EmbeddingsApiKeySecret.Properties.SecretString = {Ref: 'EmbeddingsAccess'}
    },
  },
  {
    name: 'the main stack passes on as a password what is not NoEcho',
    property: 'no-echo',
    at: 'main.KeycloakAdminPhrase',
    plant({main}) {
      main.Parameters.KeycloakAdminPhrase = {Type: 'String', Default: ''}
      main.Resources.DataStack.Properties.Parameters.KeycloakAdminPassword = {Ref: 'KeycloakAdminPhrase'}
    },
  },
]

export const terraformDefaultMutations: readonly Mutation[] = [
  ...declarations
    .filter(({declaration}) => declaration.default !== undefined)
    .map(({label, name}) =>
      inDefaults(label, name, 'has no default', declaration => {
        delete declaration.Default
      }),
    ),
  ...Object.keys(otherThanTerraform)
    .filter(name => otherThanTerraform[name]?.default !== null)
    .map(name =>
      inDefaults('main', name, "has Terraform's default", declaration => {
        declaration.Default = otherThanTerraform[name]?.default
      }),
    ),
  ...(
    [
      ['main', 'ServiceCpu', '512'],
      ['services', 'ServiceCpu', '512'],
      ['main', 'ServiceMemory', '4096'],
      ['main', 'DatabaseMaxACU', '4'],
      ['data', 'DatabaseMinACU', '1'],
      ['main', 'GitHubBranch', 'main'],
      ['compute', 'GitHubRepoUrl', 'https://github.com/somebody/a-fork.git'],
      ['main', 'UseRegionalDomains', 'false'],
      ['main', 'VpcCidr', '10.1.0.0/16'],
      ['network', 'IngressCidrBlocks', '10.0.0.0/8'],
      ['services', 'KeycloakLogLevel', 'WARN'],
      ['main', 'EnvironmentName', 'mcp-gateway-v2'],
      ['services', 'EnableMonitoring', 'false'],
    ] as const
  ).map(([label, name, value]) =>
    inDefaults(label, name, `is ${value} by default`, declaration => {
      declaration.Default = value
    }),
  ),
  {
    name: 'a parameter that nobody has compared',
    property: 'terraform-defaults',
    at: 'main.EfsThroughputMode',
    plant({main}) {
      main.Parameters.EfsThroughputMode = {Type: 'String', Default: 'bursting'}
    },
  },
  {
    name: 'a parameter of the services stack that the main stack does not offer',
    property: 'terraform-defaults',
    at: 'services.LogRetentionDays',
    plant({services}) {
      services.Parameters.LogRetentionDays = {Type: 'Number', Default: 30}
    },
  },
  {
    name: 'the template bucket has a placeholder for a default',
    property: 'terraform-defaults',
    at: 'main.TemplateS3Bucket',
    plant({main}) {
      main.Parameters.TemplateS3Bucket.Default = 'your-bucket'
    },
  },
]
