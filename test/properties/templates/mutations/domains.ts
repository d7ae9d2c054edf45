// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('domains')
const certificate = placeAt('compute', 'RegistryCertificate')
const record = placeAt('compute', 'KeycloakRecord')
const authServer = placeAt('services', 'AuthServerTaskDefinition')

const region = {'Fn::If': ['RegionInDomain', {'Fn::Sub': '${AWS::Region}.'}, '']}
const hostName = (text: string) => ({'Fn::Sub': [text, {Region: region}]})

/** Names of which one part is not where or what it must be. */
const wrongNames: readonly (readonly [what: string, name: Document])[] = [
  ['has the region first', hostName('${Region}registry.${BaseDomain}')],
  ['has the region last', {'Fn::Sub': 'registry.${BaseDomain}.${AWS::Region}'}],
  ['never has the region', {'Fn::Sub': 'registry.${BaseDomain}'}],
  ['always has the region', {'Fn::Sub': 'registry.${AWS::Region}.${BaseDomain}'}],
  ['has a region that is fixed', {'Fn::Sub': 'registry.us-west-2.${BaseDomain}'}],
  ['begins with the environment', hostName('${EnvironmentName}.${Region}${BaseDomain}')],
  ['joins service and region with a hyphen', hostName('registry-${Region}${BaseDomain}')],
]

const output = (label: 'main' | 'compute', name: string, value: Document): Mutation => ({
  name: `output ${label}.${name} is another address`,
  property: 'domains',
  at: `${label}.${name}`,
  plant: documents => {
    documents[label].Outputs[name].Value = value
  },
})

const environment = (what: string, variable: string, value: Document) =>
  planted(authServer, what, properties => {
    const container = properties.ContainerDefinitions.at(-1)
    container.Environment.find(({Name: name}: Document) => name === variable).Value = value
  })

export const domainMutations: readonly Mutation[] = [
  ...wrongNames.flatMap(([what, name]) => [
    planted(certificate, what, properties => {
      properties.DomainName = name
      properties.DomainValidationOptions[0].DomainName = name
    }),
    planted(placeAt('compute', 'RegistryRecord'), what, properties => {
      properties.Name = name
    }),
  ]),
  planted(record, 'is called keycloak, not kc', properties => {
    properties.Name = hostName('keycloak.${Region}${BaseDomain}')
  }),
  planted(record, 'leads to the registry', properties => {
    properties.AliasTarget.DNSName = {'Fn::GetAtt': ['MainAlb', 'DNSName']}
  }),
  planted(record, 'is in a fixed zone', properties => {
    properties.HostedZoneId = 'Z0000000000'
  }),
  planted(certificate, 'is validated in no zone', properties => {
    delete properties.DomainValidationOptions
  }),
  planted(certificate, 'waits for somebody to answer an e-mail', properties => {
    properties.ValidationMethod = 'EMAIL'
  }),
  planted(certificate, 'is for the whole domain', properties => {
    properties.SubjectAlternativeNames = [{'Fn::Sub': '*.${BaseDomain}'}]
  }),
  planted(placeAt('compute', 'KeycloakHttpsListener'), "has the registry's certificate", properties => {
    properties.Certificates = [{CertificateArn: {Ref: 'RegistryCertificate'}}]
  }),
  planted(placeAt('compute', 'AuthListener'), "has Keycloak's certificate", properties => {
    properties.Certificates = {
      'Fn::If': ['HasDomain', [{CertificateArn: {Ref: 'KeycloakCertificate'}}], {Ref: 'AWS::NoValue'}],
    }
  }),
  {
    name: 'the region is left out when it is asked for, and the other way round',
    property: 'domains',
    at: certificate.at,
    plant({compute}) {
      compute.Conditions.RegionInDomain = {'Fn::Equals': [{Ref: 'UseRegionalDomains'}, 'false']}
    },
  },
  {
    name: 'the Keycloak distribution is before the registry',
    property: 'domains',
    at: 'sites behind CloudFront',
    plant({compute}) {
      const {DistributionConfig: config} = compute.Resources.KeycloakDistribution.Properties
      config.Origins[0].DomainName = {'Fn::GetAtt': ['MainAlb', 'DNSName']}
    },
  },
  output('compute', 'RegistryDomain', {'Fn::GetAtt': ['MainAlb', 'DNSName']}),
  output('compute', 'KeycloakUrl', {'Fn::Sub': 'http://${KeycloakAlb.DNSName}'}),
  output('main', 'RegistryUrl', {'Fn::GetAtt': ['ComputeStack', 'Outputs.KeycloakUrl']}),
  environment('is told the name of the load balancer', 'REGISTRY_URL', {
    'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-MainAlbDnsName'},
  }),
  environment('takes the registry for Keycloak', 'KEYCLOAK_EXTERNAL_URL', {
    'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-RegistryUrl'},
  }),
  environment('is told a port that no listener has for everyone', 'AUTH_SERVER_EXTERNAL_URL', {
    'Fn::Sub': ['${Url}:8888', {Url: {'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-RegistryUrl'}}}],
  }),
  planted(
    placeAt('services', 'KeycloakTaskDefinition'),
    'is told an address as its host name',
    properties => {
      const {Environment: variables} = properties.ContainerDefinitions[0]
      variables.find(({Name: name}: Document) => name === 'KC_HOSTNAME').Value = {
        'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-KeycloakUrl'},
      }
    },
  ),
  {
    name: 'Keycloak leaves the address of its console to what the load balancer says of a request',
    property: 'domains',
    at: 'KC_HOSTNAME_ADMIN_URL in keycloak',
    plant({services}) {
      const [keycloak] = services.Resources.KeycloakTaskDefinition.Properties.ContainerDefinitions
      keycloak.Environment = keycloak.Environment.filter(
        ({Name: name}: Document) => name !== 'KC_HOSTNAME_ADMIN_URL',
      )
    },
  },
]
