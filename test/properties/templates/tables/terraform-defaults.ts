/** A default of Terraform v1.0.7, as text. */
export interface TerraformDefault {
  /** Variable of the root module unless `where` says otherwise. */
  readonly variable: string
  /** `null` where Terraform asks for a value. */
  readonly default: string | null
  readonly where?: string
}

const gateway = 'gateway module'
const keycloakTask = 'literal of the Keycloak task definition'

/** Parameters whose default is Terraform's. */
export const equalToTerraform: Readonly<Record<string, TerraformDefault>> = {
  EnvironmentName: {variable: 'name', default: 'mcp-gateway'},
  VpcCidr: {variable: 'vpc_cidr', default: '10.0.0.0/16'},
  IngressCidrBlocks: {variable: 'ingress_cidr_blocks', default: '0.0.0.0/0'},
  UseRegionalDomains: {variable: 'use_regional_domains', default: 'true'},
  KeycloakAdminUsername: {variable: 'keycloak_admin', default: 'admin'},
  KeycloakLogLevel: {variable: 'keycloak_log_level', default: 'INFO'},
  KeycloakDatabaseUsername: {variable: 'keycloak_database_username', default: 'keycloak'},
  DatabaseMinACU: {variable: 'keycloak_database_min_acu', default: '0.5'},
  DatabaseMaxACU: {variable: 'keycloak_database_max_acu', default: '2'},
  ServiceCpu: {variable: 'cpu', default: '1024', where: gateway},
  ServiceMemory: {variable: 'memory', default: '2048', where: gateway},
  KeycloakCpu: {variable: 'cpu', default: '1024', where: keycloakTask},
  KeycloakMemory: {variable: 'memory', default: '2048', where: keycloakTask},
  EnableAutoScaling: {variable: 'enable_autoscaling', default: 'true', where: gateway},
  MaxCapacity: {variable: 'autoscaling_max_capacity', default: '4', where: gateway},
  TargetCpuUtilization: {variable: 'autoscaling_target_cpu', default: '70', where: gateway},
  TargetMemoryUtilization: {variable: 'autoscaling_target_memory', default: '80', where: gateway},
  EmbeddingsProvider: {variable: 'embeddings_provider', default: 'sentence-transformers'},
  EmbeddingsModelName: {variable: 'embeddings_model_name', default: 'all-MiniLM-L6-v2'},
  EmbeddingsModelDimensions: {variable: 'embeddings_model_dimensions', default: '384'},
  EmbeddingsAwsRegion: {variable: 'embeddings_aws_region', default: 'us-east-1'},
  EmbeddingsApiKey: {variable: 'embeddings_api_key', default: ''},
  SessionCookieSecure: {variable: 'session_cookie_secure', default: 'true'},
  SessionCookieDomain: {variable: 'session_cookie_domain', default: ''},
  EnableMonitoring: {variable: 'enable_monitoring', default: 'true'},
  AlarmEmail: {variable: 'alarm_email', default: ''},
  CurrentTimeImageRepo: {variable: 'currenttime_image_uri', default: ''},
  McpgwImageRepo: {variable: 'mcpgw_image_uri', default: ''},
  RealServerFakeToolsImageRepo: {variable: 'realserverfaketools_image_uri', default: ''},
  FlightBookingAgentImageRepo: {variable: 'flight_booking_agent_image_uri', default: ''},
  TravelAssistantAgentImageRepo: {variable: 'travel_assistant_agent_image_uri', default: ''},
  RegistryImageTag: {variable: 'registry_image_uri', default: 'latest', where: 'its tag'},
  AuthServerImageTag: {variable: 'auth_server_image_uri', default: 'latest', where: 'its tag'},
  KeycloakImageTag: {variable: 'image', default: 'latest', where: `${keycloakTask}, its tag`},
  CurrentTimeImageTag: {variable: 'currenttime_image_uri', default: 'latest', where: 'its tag'},
  McpgwImageTag: {variable: 'mcpgw_image_uri', default: 'latest', where: 'its tag'},
  RealServerFakeToolsImageTag: {
    variable: 'realserverfaketools_image_uri',
    default: 'latest',
    where: 'its tag',
  },
  FlightBookingAgentImageTag: {
    variable: 'flight_booking_agent_image_uri',
    default: 'latest',
    where: 'its tag',
  },
  TravelAssistantAgentImageTag: {
    variable: 'travel_assistant_agent_image_uri',
    default: 'latest',
    where: 'its tag',
  },
}

/** Parameters whose default is another one on purpose. */
export const otherThanTerraform: Readonly<
  Record<string, TerraformDefault & {readonly ours: string; readonly reason: string}>
> = {
  BaseDomain: {
    variable: 'base_domain',
    default: 'mycorp.click',
    ours: '',
    reason: 'without a hosted zone the environment is reached through CloudFront',
  },
  MinCapacity: {
    variable: 'autoscaling_min_capacity',
    default: '2',
    where: gateway,
    ours: '1',
    reason: 'a workshop runs every service once; registry and Keycloak keep state in each task',
  },
  RegistryImageRepo: {
    variable: 'registry_image_uri',
    default: 'mcpgateway/registry:latest',
    where: gateway,
    ours: '',
    reason:
      "the environment's own repository, into which the stack builds, instead of an image on Docker Hub",
  },
  AuthServerImageRepo: {
    variable: 'auth_server_image_uri',
    default: 'mcpgateway/auth-server:latest',
    ours: '',
    reason:
      "the environment's own repository, into which the stack builds, instead of an image on Docker Hub",
  },
  KeycloakAdminPassword: {
    variable: 'keycloak_admin_password',
    default: null,
    ours: '',
    reason: 'Secrets Manager generates one; neither side has a literal',
  },
  KeycloakDatabasePassword: {
    variable: 'keycloak_database_password',
    default: null,
    ours: '',
    reason: 'Secrets Manager generates one; neither side has a literal',
  },
}

/** Parameters that Terraform has nothing for. `ours` is `null` where the template asks for a value. */
export const notInTerraform: Readonly<
  Record<string, {readonly ours: string | null; readonly reason: string}>
> = {
  TemplateS3Bucket: {ours: null, reason: 'where CloudFormation finds the nested templates'},
  TemplateS3Prefix: {ours: '', reason: 'where CloudFormation finds the nested templates'},
  AgentModelId: {
    ours: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    reason: 'Terraform gives the agents no permission for a model; their source names this one',
  },
  AgentInferenceProfile: {ours: 'us', reason: 'as AgentModelId'},
  PermissionsBoundaryArn: {ours: '', reason: 'Terraform gives its roles none'},
  DirectAccessCidrBlocks: {
    ours: '',
    reason: 'Terraform admits ingress_cidr_blocks to ports 7860 and 8888 as well',
  },
  CloudFrontPrefixListId: {ours: '', reason: 'Terraform has no CloudFront in front of the load balancers'},
  AdminCidrBlocks: {ours: '0.0.0.0/0', reason: 'Terraform lets everybody reach what Keycloak serves'},
  OriginHeaderTurn: {ours: '1', reason: 'Terraform has no CloudFront in front of the load balancers'},
  HostedZoneId: {ours: '', reason: 'Terraform looks the zone up by its name, which CloudFormation cannot'},
  KeepDatabaseSnapshot: {
    ours: 'false',
    reason: 'Terraform fixes it; a teardown leaves nothing unless asked to',
  },
  DatabaseEngineVersion: {
    ours: '8.0.mysql_aurora.3.08.2',
    reason: 'Terraform fixes it; environments that stand keep theirs, and mcpgw gives new ones another',
  },
  DatabaseThroughProxy: {ours: 'true', reason: 'Terraform connects past its proxy, and offers no choice'},
  GitHubRepoUrl: {
    ours: 'https://github.com/agentic-community/mcp-gateway-registry.git',
    reason: 'Terraform takes images that somebody has built before',
  },
  GitHubBranch: {ours: 'v1.0.7', reason: 'the version of the Terraform whose defaults these are'},
  ContainerImagesBucket: {ours: '', reason: 'Terraform imports no images'},
  ContainerImagesPrefix: {ours: '', reason: 'Terraform imports no images'},
  ContainerImagesExportBucket: {ours: '', reason: 'Terraform exports no images'},
  ContainerImagesExportPrefix: {ours: '', reason: 'Terraform exports no images'},
  KeycloakImageRepo: {
    ours: '',
    reason: 'Terraform makes the repository itself and names it in the task definition',
  },
}
