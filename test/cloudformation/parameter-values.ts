/** What a parameter takes at the edges of what is allowed, and what it refuses because something later would. */
export interface ParameterValues {
  readonly accepted: readonly string[]
  /** The value, and who would refuse it or what would break. */
  readonly refused: Readonly<Record<string, string>>
}

const word = (length: number) => 'a'.repeat(length)

const trueOrFalse: ParameterValues = {
  accepted: ['true', 'false'],
  refused: {yes: 'no condition compares with it', True: 'no condition compares with it'},
}

const cpu: ParameterValues = {
  accepted: ['256', '512', '1024', '2048', '4096'],
  refused: {
    '128': 'Fargate begins at 256',
    '1000': 'Fargate knows sizes, no amounts',
    '0.25': 'ECS counts units',
  },
}

const memory: ParameterValues = {
  accepted: ['512', '1024', '2048', '8192', '30720'],
  refused: {
    '256': 'Fargate begins at 512',
    '1536': 'Fargate goes in steps of 1024',
    '31744': 'more than 4096 units of CPU go with',
    '2 GB': 'the unit is MiB',
  },
}

const imageRepo: ParameterValues = {
  accepted: ['', 'ab', 'registry', 'shared/mcp-gateway.registry_1', '0/1', word(256)],
  refused: {
    a: 'ECR wants 2 characters',
    [word(257)]: 'ECR takes 256',
    Registry: 'ECR wants lower case',
    'shared//registry': 'an empty part',
    'mcp--registry': 'two separators in a row',
    '/registry': 'a separator first',
    'registry-': 'a separator last',
    'registry:v1': 'a tag',
    '123456789012.dkr.ecr.us-west-2.amazonaws.com/registry:v1': 'an address',
  },
}

const imageTag: ParameterValues = {
  accepted: ['latest', 'v1.0.7', '_', '0', word(128)],
  refused: {
    '': 'an image has a tag',
    '-v1': 'a hyphen first',
    '.v1': 'a dot first',
    'v1:0': 'a colon',
    'a b': 'a space',
    [word(129)]: 'a tag has 128',
  },
}

const taskCount: ParameterValues = {
  accepted: ['1', '9', '10', '99', '100'],
  refused: {
    '0': 'a service without tasks is never healthy',
    '1.5': 'ECS counts whole tasks',
    '101': 'above our limit',
    '-1': 'less than none',
    '1e1': 'CloudFormation would pass it on as it is',
    one: 'no number',
  },
}

const percentage: ParameterValues = {
  accepted: ['1', '70', '99.5', '100'],
  refused: {'0': 'scaling would never end', '101': 'nothing uses more', '70%': 'no number', '': 'no number'},
}

const bucketCommon = {
  ab: 'S3 wants 3 characters',
  [word(64)]: 'S3 takes 63',
  Templates: 'S3 wants lower case',
  my_templates: 'an underscore',
  '-templates': 'a hyphen first',
  'templates-': 'a hyphen last',
  'xn--templates': 'a beginning that S3 keeps for itself',
  'sthree-templates': 'a beginning that S3 keeps for itself',
  'amzn-s3-demo-templates': 'a beginning that S3 keeps for itself',
  'templates-s3alias': 'an ending that S3 keeps for itself',
  'templates--ol-s3': 'an ending that S3 keeps for itself',
  'templates--x-s3': 'an ending that S3 keeps for itself',
  'templates--table-s3': 'an ending that S3 keeps for itself',
  's3://templates': 'an address',
}

const imagesBucket: ParameterValues = {
  accepted: ['', 'abc', 'images.example.com', word(63)],
  refused: {
    ...bucketCommon,
    'my..images': 'two dots in a row',
    '192.0.2.1': 'an address',
    'images.mrap': 'an ending that S3 keeps for itself',
  },
}

const imagesPrefix: ParameterValues = {
  accepted: ['', 'v/', 'images/v1.0.7/', "a!_.'()-/", `${word(255)}/`],
  refused: {
    v1: 'the names of the tarballs would run into it',
    '/v1/': 'an empty part',
    'a b/': 'a space',
    'a*/': 'IAM would allow more than is meant',
    [`${word(256)}/`]: 'above our limit',
  },
}

const range = {
  '192.0.2.1': 'no size',
  '192.0.2.0/33': 'a size beyond 32',
  '192.0.2.256/24': 'no IPv4 address',
  '192.0.2/24': 'no IPv4 address',
  '192.0.02.0/24': 'EC2 takes no leading zero',
  '2001:db8::/32': 'the rules are for IPv4',
  '192.0.2.0/24;198.51.100.0/24': 'a comma separates',
  '192.0.2.0/24,any': 'one of them is no range',
}

/** Every parameter of the five templates. */
export const parameterValues: Readonly<Record<string, ParameterValues>> = {
  EnvironmentName: {
    accepted: ['a1', 'mcp-gateway', 'a-b-c', 'internals', `a${word(18)}`],
    refused: {
      a: 'too short for our names',
      [word(20)]: 'a target group would have more than 32 characters',
      'Mcp-gateway': 'ECR and DNS want lower case',
      '1st': 'a stack begins with a letter',
      'mcp-': 'ECR refuses two hyphens in a row',
      'a--b': 'ECR and RDS Proxy refuse two hyphens in a row',
      a_b: 'a load balancer has no underscore',
      'aws-class': 'Parameter Store keeps /aws',
      awsome: 'Parameter Store keeps /aws',
      'ssm-class': 'Parameter Store keeps /ssm',
      internal: 'a load balancer does not begin with internal-',
      'internal-1': 'a load balancer does not begin with internal-',
    },
  },
  TemplateS3Bucket: {
    accepted: ['abc', '0-0', word(63), 'mcpgw-mcp-gateway-123456789012-us-west-2'],
    refused: {
      ...bucketCommon,
      '': 'the nested templates are somewhere',
      'my.templates': 'TLS: a dot too many',
    },
  },
  TemplateS3Prefix: {
    accepted: ['', 'v1/', 'mcpgw/v1.0/a_b-c/', `${word(255)}/`, '.a/', '..a/', 'a../'],
    refused: {
      v1: 'the name of the template would run into it',
      '/v1/': 'the address would have an empty part',
      '../v1/': 'an address goes up',
      'v1/./': 'an address leaves it out',
      'a b/': 'a space',
      'v1/?x=/': 'the rest would be a query',
      [`${word(256)}/`]: 'above our limit',
    },
  },
  PermissionsBoundaryArn: {
    accepted: [
      '',
      'arn:aws:iam::123456789012:policy/workshop-boundary',
      'arn:aws-us-gov:iam::123456789012:policy/a/b/c+=,.@_-',
      'arn:aws:iam::aws:policy/PowerUserAccess',
    ],
    refused: {
      'workshop-boundary': 'a name',
      'arn:aws:iam::123456789012:role/boundary': 'a role',
      'arn:aws:iam::1234:policy/boundary': 'no account',
      'arn:aws:iam::123456789012:policy/': 'without a name',
      'arn:aws:iam::123456789012:policy/a b': 'a space',
      [`arn:aws:iam::123456789012:policy/${word(641)}`]: 'IAM takes 512 for the path and 128 for the name',
    },
  },
  VpcCidr: {
    accepted: [
      '10.0.0.0/16',
      '1.0.0.0/16',
      '172.31.0.0/16',
      '192.168.0.0/16',
      '100.64.0.0/16',
      '223.255.0.0/16',
    ],
    refused: {
      '10.0.0.0/15': 'a VPC has /16 at most',
      '10.0.0.0/17': 'the six subnets do not fit',
      '10.0.0.0/28': 'the six subnets do not fit',
      '10.0.1.0/16': 'not where a /16 begins',
      '10.0.0.0': 'no size',
      '256.0.0.0/16': 'no IPv4 address',
      '0.1.0.0/16': '0.0.0.0/8 is no network',
      '127.0.0.0/16': '127.0.0.0/8 is every host itself',
      '169.254.0.0/16': 'where instances ask for metadata',
      '224.0.0.0/16': 'for multicast',
      '255.255.0.0/16': 'reserved',
      'fd00::/16': 'the VPC is for IPv4',
    },
  },
  IngressCidrBlocks: {
    accepted: ['0.0.0.0/0', '255.255.255.255/32', '192.0.2.0/24, 198.51.100.0/24'],
    refused: {...range, '': 'a security group rule wants one', '192.0.2.0/24,': 'the last is empty'},
  },
  DirectAccessCidrBlocks: {
    accepted: ['', '0.0.0.0/0', '255.255.255.255/32', '192.0.2.0/24, 198.51.100.0/24'],
    refused: range,
  },
  AdminCidrBlocks: {
    accepted: ['0.0.0.0/0', '192.0.2.0/24', '192.0.2.7/32,198.51.100.0/24'],
    refused: {'': 'nobody could make the realm', ...range},
  },
  OriginHeaderTurn: {
    accepted: ['1', '2', '3', '4', '5', '6', '7', '8'],
    refused: {'0': 'turns begin at 1', '9': 'after 8 comes 1', '01': 'no mapping has it', '': 'one is sent'},
  },
  CloudFrontPrefixListId: {
    accepted: ['', 'pl-82a045eb', 'pl-0123456789abcdef0'],
    refused: {
      'pl-82a045e': '8 digits or 17',
      'pl-82a045eb0': '8 digits or 17',
      'pl-82A045EB': 'lower case',
      '82a045eb': 'no pl-',
      'com.amazonaws.global.cloudfront.origin-facing': 'a name is no id',
    },
  },
  BaseDomain: {
    accepted: ['', 'example.com', 'a.co', 'a-b.c-d.example.org', `${word(51)}.com`],
    refused: {
      example: 'one label is no domain',
      'Example.com': 'Route 53 answers in lower case',
      'example.com.': 'the names would have two dots',
      '.example.com': 'the names would have two dots',
      '*.example.com': 'no name can be made below it',
      'https://example.com': 'an address',
      'a_b.example.com': 'ACM refuses underscores',
      '-a.example.com': 'a hyphen first',
      [`${word(64)}.com`]: 'a label has 63',
      [`${word(52)}.com`]: 'a certificate takes 64, with registry. in front',
    },
  },
  HostedZoneId: {
    accepted: ['', 'Z1', 'Z0123456789ABCDEFGHIJ', `Z${'A'.repeat(31)}`],
    refused: {
      Z: 'too short',
      z0123456789: 'capital letters',
      '/hostedzone/Z0123456789': 'the id alone',
      'example.com': 'a name is no id',
      [`Z${'A'.repeat(32)}`]: 'Route 53 takes 32',
    },
  },
  UseRegionalDomains: trueOrFalse,
  KeycloakAdminUsername: {
    accepted: ['ad', 'admin', 'a.b_c-1', word(64)],
    refused: {
      '': 'Parameter Store takes no empty value',
      a: 'too short',
      '1a': 'a digit first',
      'a b': 'a space',
      [word(65)]: 'too long',
    },
  },
  KeycloakAdminPassword: {
    accepted: ['', word(12), word(128), 'Az09!%*+,.:=?^_~-'],
    refused: {
      [word(11)]: 'too short to be safe',
      [word(129)]: 'too long',
      'quoted"password': 'the secret would not be JSON',
      'back\\slash-password': 'the secret would not be JSON',
      'spaced password': 'a start script would cut it',
      dollar$password: 'a start script would expand it',
    },
  },
  KeycloakLogLevel: {
    accepted: ['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'],
    refused: {
      info: 'Keycloak would not start',
      VERBOSE: 'Keycloak would not start',
      '': 'Keycloak would not start',
    },
  },
  KeycloakDatabaseUsername: {
    accepted: ['k', 'admin', 'key_cloak1', word(16)],
    refused: {
      '': 'Aurora wants one',
      [word(17)]: 'Aurora takes 16',
      '1keycloak': 'Aurora wants a letter first',
      _keycloak: 'Aurora wants a letter first',
      'key-cloak': 'Aurora takes letters, digits and underscores',
      rdsadmin: 'RDS keeps it for itself',
      rdsproxyadmin: 'RDS Proxy keeps it for itself',
    },
  },
  KeycloakDatabasePassword: {
    accepted: ['', word(12), word(41), 'Az09!%*+,.:=?^_~-'],
    refused: {
      [word(11)]: 'too short to be safe',
      [word(42)]: 'Aurora takes 41',
      'slash/password': 'Aurora refuses it',
      'at@password1': 'Aurora refuses it',
      'quoted"password': 'Aurora refuses it',
      'spaced password': 'Aurora refuses it',
      dollar$password: 'a start script would expand it',
      pässwörter123: 'Aurora takes ASCII',
    },
  },
  DatabaseMinACU: {
    accepted: ['0.5', '1', '1.5', '99.5', '100', '255.5', '256'],
    refused: {
      '0': 'a cluster that pauses is not offered',
      '0.25': 'Aurora goes in steps of 0.5',
      '1.25': 'Aurora goes in steps of 0.5',
      '256.5': 'Aurora ends at 256',
      '.5': 'the rules would not know it',
      '1.0': 'the rules would not know it',
      '-1': 'less than nothing',
      two: 'no number',
    },
  },
  DatabaseMaxACU: {
    accepted: ['1', '1.5', '2', '128', '255.5', '256'],
    refused: {
      '0.5': 'Aurora begins at 1',
      '1.2': 'Aurora goes in steps of 0.5',
      '256.5': 'Aurora ends at 256',
      '1000': 'Aurora ends at 256',
      '': 'no number',
    },
  },
  DatabaseEngineVersion: {
    accepted: ['8.0.mysql_aurora.3.08.2', '8.0.mysql_aurora.3.10.3', '8.0.mysql_aurora.3.12.10'],
    refused: {
      '': 'Amazon RDS would choose, and choose otherwise next year',
      '3.10.3': 'Amazon RDS wants the version of MySQL before it',
      '8.0': 'Amazon RDS would choose the rest',
      '5.7.mysql_aurora.2.12.0': 'it has no Serverless v2',
      '8.0.mysql_aurora.3.10': 'Amazon RDS would choose the rest',
      '8.0.36': 'a version of MySQL, not of Aurora',
    },
  },
  DatabaseThroughProxy: trueOrFalse,
  KeepDatabaseSnapshot: trueOrFalse,
  GitHubRepoUrl: {
    accepted: [
      'https://github.com/a/b',
      'https://github.com/owner/repository.git',
      'https://github.com/o-1/.github',
    ],
    refused: {
      'http://github.com/owner/repository': 'CodeBuild wants https',
      'git@github.com:owner/repository.git': 'CodeBuild wants https',
      'https://gitlab.com/owner/repository': 'the source is GitHub',
      'https://github.com/owner': 'no repository',
      'https://github.com/owner/repository/tree/main': 'an address inside the repository',
      'https://token@github.com/owner/repository': 'the template is no place for a token',
      'https://github.com/owner/.git': 'no name',
      'https://github.com/owner/..': 'no name',
      [`https://github.com/${word(40)}/b`]: 'GitHub takes 39',
    },
  },
  GitHubBranch: {
    accepted: ['v1.0.7', 'main', 'a', 'feature/one_two-3', 'refs/tags/v1', word(40), word(128)],
    refused: {
      '': 'a build wants a version',
      '-f': 'git would take it for an option',
      'a..b': 'git takes it for a range',
      'a//b': 'git refuses an empty part',
      'feature/': 'git refuses a slash last',
      'v1.': 'git refuses a dot last',
      'a/.b': 'git refuses a dot first in a part',
      'main.lock': 'git keeps .lock for itself',
      'a.lock/b': 'git keeps .lock for itself',
      'a b': 'a space',
      'a~1': 'git takes it for an ancestor',
      [word(129)]: 'above our limit',
    },
  },
  ContainerImagesBucket: imagesBucket,
  ContainerImagesPrefix: imagesPrefix,
  ContainerImagesExportBucket: imagesBucket,
  ContainerImagesExportPrefix: imagesPrefix,
  ...Object.fromEntries(
    [
      ...['Registry', 'AuthServer', 'Keycloak', 'CurrentTime', 'Mcpgw'],
      ...['RealServerFakeTools', 'FlightBookingAgent', 'TravelAssistantAgent'],
    ].flatMap(image => [
      [`${image}ImageRepo`, imageRepo],
      [`${image}ImageTag`, imageTag],
    ]),
  ),
  ServiceCpu: cpu,
  ServiceMemory: memory,
  KeycloakCpu: cpu,
  KeycloakMemory: memory,
  EnableAutoScaling: trueOrFalse,
  MinCapacity: taskCount,
  MaxCapacity: taskCount,
  TargetCpuUtilization: percentage,
  TargetMemoryUtilization: percentage,
  EmbeddingsProvider: {
    accepted: ['sentence-transformers', 'litellm'],
    refused: {bedrock: 'the registry would not start', '': 'the registry would not start'},
  },
  EmbeddingsModelName: {
    accepted: ['a', 'all-MiniLM-L6-v2', 'bedrock/amazon.titan-embed-text-v2:0', word(255)],
    refused: {
      '': 'a model has a name',
      '/model': 'a slash first',
      'a model': 'a space',
      [word(256)]: 'too long',
    },
  },
  EmbeddingsModelDimensions: {
    accepted: ['1', '384', '99999'],
    refused: {
      '0': 'no vectors',
      '384.5': 'the registry reads a whole number',
      '-1': 'no vectors',
      '100000': 'above our limit',
      '1e3': 'the registry reads digits',
    },
  },
  EmbeddingsAwsRegion: {
    accepted: ['us-east-1', 'ap-southeast-12', 'us-gov-west-1'],
    refused: {
      'us-east-1a': 'a zone',
      'US-EAST-1': 'lower case',
      'us-east': 'no number',
      '': 'Bedrock is in a region',
    },
  },
  EmbeddingsApiKey: {
    accepted: ['', '!', 'not:a"real\\key~', word(4096)],
    refused: {
      'two words': 'no header takes it',
      'line\n': 'no header takes it',
      ключ: 'no header takes it',
      [word(4097)]: 'CloudFormation takes 4096 bytes',
    },
  },
  AgentModelId: {
    accepted: [
      'anthropic.claude-haiku-4-5-20251001-v1:0',
      'amazon.nova-lite-v1:0',
      'openai.gpt-oss-120b-1:0',
    ],
    refused: {
      '': 'the agents talk to one',
      'claude-haiku-4-5': 'without its provider',
      'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0': 'an ARN',
      'Anthropic.claude': 'lower case',
      'anthropic.claude*': 'IAM would allow more than is meant',
    },
  },
  AgentInferenceProfile: {
    accepted: ['', 'us', 'us-gov', 'eu', 'jp', 'au', 'apac', 'global'],
    refused: {'us.': 'the dot is ours', 'us-east-1': 'a region'},
  },
  SessionCookieSecure: trueOrFalse,
  SessionCookieDomain: {
    accepted: ['', '.example.com', 'mcp.example.com'],
    refused: {
      com: 'browsers take no cookie for it',
      '*.example.com': 'browsers take no cookie for it',
      'https://example.com': 'an address',
      'example.com:443': 'a port',
      [`${`${word(62)}.`.repeat(4)}com`]: 'a name has 253',
    },
  },
  EnableMonitoring: trueOrFalse,
  AlarmEmail: {
    accepted: [
      '',
      'a@b.co',
      'first.last+class@mail.example.com',
      "o'neil@example.com",
      `${word(64)}@example.com`,
    ],
    refused: {
      teacher: 'SNS wants an address',
      'teacher@localhost': 'SNS wants a domain',
      'teacher@example.com,other@example.com': 'a subscription has one address',
      'Teacher <teacher@example.com>': 'a subscription has the address alone',
      '.teacher@example.com': 'no mail server takes a dot first',
      'a..b@example.com': 'no mail server takes two dots in a row',
      'a@b@example.com': 'an address has one @',
      'teacher@-example.com': 'no domain',
      [`${word(65)}@example.com`]: 'mail takes 64 before the @',
    },
  },
}
