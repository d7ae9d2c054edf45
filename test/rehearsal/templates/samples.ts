import type {Parameters, RehearsedAccount} from './rehearsed.js'

/** What a sample template is expected to become. */
export interface Sample {
  /** Samples that exist beforehand, each as a stack that is called like its file. */
  before?: readonly string[]
  parameters?: (account: RehearsedAccount) => Parameters
  outputs: Readonly<Record<string, string | RegExp>>
  /** An update with these parameters: which resources it changes in place, and which it replaces. */
  update: {parameters: Parameters; inPlace?: readonly string[]; replaced?: readonly string[]}
  /** Done between two looks while the stack is being created. */
  meanwhile?: (account: RehearsedAccount) => Promise<void> | void
  /** Types of what stays after the deletion. */
  kept?: readonly string[]
}

const inVpc = {before: ['vpc'], parameters: () => ({NetworkStack: 'vpc'})} as const
const hex17 = '[0-9a-f]{17}'
const uuid = '[0-9a-f-]{36}'
const arn = (service: string, rest: string, region = 'us-west-2') =>
  new RegExp(`^arn:aws:${service}:${region}:\\d{12}:${rest}$`)
/** A name that CloudFormation makes up. */
const made = (stack: string, logicalId: string) => `${stack}-${logicalId}-[A-Z0-9]{12}`
const exactly = (text: string) => new RegExp(`^${text}$`)

/** By file name without ending. Files that begin with `child-` are nested into others. */
export const samples: Readonly<Record<string, Sample>> = {
  vpc: {
    outputs: {
      VpcId: exactly(`vpc-${hex17}`),
      PublicSubnets: exactly(`subnet-${hex17},subnet-${hex17}`),
      NatAddress: /^\d+\.\d+\.\d+\.\d+$/,
      PrivateTwoRange: '10.20.3.0/24',
    },
    update: {parameters: {DnsHostnames: 'false'}, inPlace: ['Network']},
  },
  bastion: {
    ...inVpc,
    outputs: {
      Host: exactly(`i-${hex17}`),
      Image: exactly(`ami-${hex17}`),
      Zone: 'us-west-2a',
      PrivateAddress: /^10\.20\.0\.\d+$/,
      Fingerprint: /^([0-9a-f]{2}:){19}[0-9a-f]{2}$/,
      Login: /^ssh ec2-user@\d+\.\d+\.\d+\.\d+$/,
    },
    update: {parameters: {Administrators: '198.51.100.0/24'}, inPlace: ['Access', 'Host']},
  },
  'web-tier': {
    before: ['vpc'],
    parameters: account => ({
      Network: account.outputs('vpc').VpcId ?? '',
      Subnets: account.outputs('vpc').PublicSubnets ?? '',
    }),
    outputs: {
      Address: /^http:\/\/[\w.-]+\.us-west-2\.elb\.amazonaws\.com\/$/,
      Group: exactly(made('web-tier', 'Group')),
      TemplateVersion: '1',
    },
    update: {
      parameters: {Largest: '6', Image: 'ami-00000000000000001'},
      inPlace: ['Group', 'Template'],
    },
  },
  'scheduled-function': {
    outputs: {
      Function: arn('lambda', `function:${made('scheduled-function', 'Function')}`),
      Version: arn('lambda', `function:${made('scheduled-function', 'Function')}:1`),
      Alias: arn('lambda', `function:${made('scheduled-function', 'Function')}:live`),
      Layer: arn('lambda', 'layer:tools:1'),
      Address: /^https:\/\/[a-z0-9]{32}\.lambda-url\.us-west-2\.on\.aws\/$/,
    },
    update: {parameters: {Schedule: 'rate(2 hours)'}, inPlace: ['EveryHour']},
  },
  'static-site': {
    outputs: {
      Bucket: /^static-site-site-[a-z0-9]{12}$/,
      Address: /^https:\/\/d[a-z0-9]+\.cloudfront\.net$/,
      Rewrite: arn('cloudfront', 'function/static-site-index', ''),
    },
    update: {parameters: {Headline: 'good morning'}, inPlace: ['Headers']},
  },
  database: {
    ...inVpc,
    outputs: {
      Address: /^database-database-[a-z0-9]{12}\.[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com:3306$/,
      Database: /^database-database-[a-z0-9]{12}$/,
    },
    update: {parameters: {Storage: '40'}, inPlace: ['Database']},
  },
  aurora: {
    ...inVpc,
    outputs: {
      Writer: /^aurora-cluster-[a-z0-9]{12}\.cluster-[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com$/,
      Proxy: /^aurora\.proxy-[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com$/,
      ReadOnly: /^aurora-read\.endpoint\.proxy-[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com$/,
    },
    update: {parameters: {Largest: '4'}, inPlace: ['Cluster']},
    kept: ['AWS::Logs::LogGroup'],
  },
  'shared-files': {
    ...inVpc,
    outputs: {
      Address: exactly(`fs-${hex17}\\.efs\\.us-west-2\\.amazonaws\\.com`),
      AccessPoint: arn('elasticfilesystem', `access-point/fsap-${hex17}`),
    },
    update: {parameters: {Owner: '1001'}, replaced: ['Uploads']},
  },
  'fargate-service': {
    ...inVpc,
    outputs: {
      Address: /^http:\/\/[\w.-]+\.elb\.amazonaws\.com$/,
      Service: exactly(made('fargate-service', 'Service')),
    },
    update: {parameters: {Tasks: '2'}, inPlace: ['Service']},
  },
  names: {
    ...inVpc,
    outputs: {
      Namespace: arn('servicediscovery', 'namespace/ns-[0-9a-z]{16}'),
      HttpNamespace: /^ns-[0-9a-z]{16}$/,
      Zone: /^Z[A-Z0-9]+$/,
      Service: /^orders\.ns-[0-9a-z]{16}$/,
    },
    update: {parameters: {Port: '8081'}, inPlace: ['Legacy']},
  },
  'fan-out': {
    outputs: {
      Billing: /^https:\/\/sqs\.us-west-2\.amazonaws\.com\/\d{12}\/orders-billing$/,
      BillingName: 'orders-billing',
      Shipping: arn('sqs', `fan-out-Shipping-[A-Z0-9]{12}\\.fifo`),
      Topic: 'orders-topic',
    },
    update: {
      parameters: {Name: 'sales'},
      replaced: ['Topic', 'Billing', 'ToBilling'],
      inPlace: ['BillingPolicy', 'TopicPolicy'],
    },
  },
  watching: {
    outputs: {
      Board: 'watching',
      Filter: exactly(made('watching', 'ErrorsInLog')),
      Alarm: arn('cloudwatch', 'alarm:watching-both'),
    },
    update: {parameters: {Mail: 'ops@example.com'}, inPlace: ['TooManyErrors', 'ByMail']},
  },
  people: {
    outputs: {
      User: arn('iam', 'user/staff/people-ada', ''),
      Group: arn('iam', `group/staff/${made('people', 'Analysts')}`, ''),
      Policy: arn('iam', `policy/${made('people', 'Read')}`, ''),
      Key: /^AKIA[A-Z0-9]{16}$/,
      Provider: arn('iam', 'oidc-provider/token\\.actions\\.example\\.com', ''),
    },
    update: {parameters: {Readers: 'arn:aws:s3:::accounts'}, inPlace: ['Read']},
  },
  upkeep: {
    outputs: {
      Level: 'info',
      LevelName: '/upkeep/log-level',
      Document: 'upkeep-restart',
      Window: exactly(`mw-${hex17}`),
      Baseline: exactly(`pb-${hex17}`),
    },
    update: {parameters: {Level: 'debug', Day: 'MON'}, inPlace: ['LogLevel', 'AtNight']},
  },
  encryption: {
    outputs: {Key: arn('kms', `key/${uuid}`), Alias: 'alias/app'},
    update: {parameters: {Name: 'other'}, inPlace: ['Queue'], replaced: ['Alias']},
  },
  parent: {
    outputs: {
      Log: /^parent-Logs-[A-Z0-9]+-Log-[A-Z0-9]{12}$/,
      Queue: /^parent-Queue-[A-Z0-9]+-Queue-[A-Z0-9]{12}$/,
    },
    update: {parameters: {Retention: '14'}, inPlace: ['Logs']},
  },
  exporter: {
    outputs: {Bucket: /^exporter-bucket-[a-z0-9]{12}$/, Kept: 'one'},
    update: {parameters: {Kept: 'two'}, inPlace: ['Setting']},
  },
  importer: {
    before: ['exporter'],
    outputs: {Setting: /^s3:\/\/exporter-bucket-[a-z0-9]{12}\/in\/one$/},
    update: {parameters: {Prefix: 'out'}, inPlace: ['Setting']},
  },
  regional: {
    outputs: {
      Second: 'b',
      Stream: arn('dynamodb', `table/${made('regional', 'Table')}/stream/2026-01-01T[\\d:.]+`),
      Mapping: exactly(uuid),
    },
    update: {parameters: {Size: 'large'}, inPlace: ['Table', 'Function']},
  },
  stages: {
    outputs: {Report: 'dev quiet'},
    update: {
      parameters: {Stage: 'prod'},
      inPlace: ['Bucket', 'Trail', 'Alarm', 'Report'],
    },
  },
  waiting: {
    outputs: {Told: '{"one":"1","two":"2"}'},
    async meanwhile(account) {
      const handle = account.find('waiting').resources.Handle?.physicalId
      if (!handle) return
      for (const [UniqueId, Data] of Object.entries({one: '1', two: '2'})) {
        await fetch(handle, {
          method: 'PUT',
          body: JSON.stringify({Status: 'SUCCESS', Reason: 'done', UniqueId, Data}),
        })
      }
    },
    update: {parameters: {Timeout: '700'}, inPlace: ['Condition']},
  },
  signalled: {
    outputs: {Host: exactly(`i-${hex17}`)},
    meanwhile: account => account.signal('signalled', 'Host', {uniqueId: 'host', status: 'SUCCESS'}),
    update: {parameters: {Minutes: '20'}},
  },
  'custom-resource': {
    outputs: {Id: 'reversed-mirror', Reversed: 'rorrim'},
    update: {parameters: {Word: 'level'}, inPlace: ['Reversed']},
    kept: ['AWS::Logs::LogGroup'],
  },
  keeping: {
    outputs: {Table: 'keeping-first', Archive: /^keeping-archive-[a-z0-9]{12}$/},
    update: {parameters: {Name: 'second'}, replaced: ['Table']},
    kept: ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::Table'],
  },
  ruled: {
    outputs: {Setting: 'dev small', Zones: 'us-west-2a us-west-2b'},
    update: {parameters: {Stage: 'prod', Size: 'large'}, inPlace: ['Setting']},
  },
  'mutual-groups': {
    ...inVpc,
    outputs: {Left: exactly(`sg-${hex17}`)},
    update: {parameters: {Port: '3306'}, replaced: ['FromLeft', 'FromRight', 'ToLeft']},
  },
  endpoints: {
    outputs: {
      Flow: exactly(`fl-${hex17}`),
      OutOnly: exactly(`eigw-${hex17}`),
      Endpoint: exactly(`vpce-${hex17}`),
    },
    update: {parameters: {Services: 'logs,ssm'}, replaced: ['Logs']},
  },
  peering: {
    outputs: {
      Peering: exactly(`pcx-${hex17}`),
      Ranges: arn('ec2', `prefix-list/pl-${hex17}`),
      Card: '10.40.1.4',
    },
    update: {parameters: {Domain: 'new.example'}, replaced: ['Names', 'NamesOfLeft']},
  },
  transit: {
    outputs: {
      Hub: exactly(`tgw-${hex17}`),
      Table: exactly(`tgw-rtb-${hex17}`),
      Tunnel: exactly(`vpn-${hex17}`),
    },
    update: {
      parameters: {Office: '192.0.2.20'},
      replaced: ['OfficeGateway', 'Tunnel', 'OfficeRange'],
    },
  },
  functions: {
    outputs: {
      Account: /^\d{12}$/,
      StackId: arn('cloudformation', `stack/functions/${uuid}`),
      Suffix: 'aws us-west-2 amazonaws.com functions',
      Base64: 'cGxhaW4gdGV4dA==',
      Joined: 'red|green|blue',
      Selected: 'blue',
      Split: 'b',
      Sub: exactly(`red red ${made('functions', 'Setting')} ff0000 \\$\\{Literal\\}`),
      Mapped: 'rouge rosso',
      Zones: 'us-west-2a us-west-2b',
      Ranges: '10.0.0.0/27 10.0.0.32/27',
      Attribute: 'String',
      If: 'both',
      Notified: '',
    },
    update: {parameters: {Colour: 'green'}, inPlace: ['Setting']},
  },
  zone: {
    outputs: {
      Zone: /^Z[A-Z0-9]{20}$/,
      Servers: /^(ns-\d+\.awsdns-\d+\.(com|net|org|co\.uk) ?){4}$/,
      Check: exactly(uuid),
    },
    update: {parameters: {Ttl: '60'}, inPlace: ['Www']},
  },
  workbench: {
    outputs: {
      Bucket: /^bench-assets-\d{12}-us-west-2$/,
      Images: /^\d{12}\.dkr\.ecr\.us-west-2\.amazonaws\.com\/bench-images$/,
      Version: '27',
    },
    update: {parameters: {Trusted: '111122223333'}, inPlace: ['Deployment']},
  },
  parameters: {
    before: ['vpc', 'facts'],
    parameters: account => ({
      Network: account.outputs('vpc').VpcId ?? '',
      Subnets: account.outputs('vpc').PrivateSubnets ?? '',
      Group: account.outputs('facts').Group ?? '',
      Key: 'facts',
    }),
    outputs: {
      Setting:
        'text 1.5 a+b 2 us-west-2a ami-0123456789abcdef0 water fire+earth /facts/stored Z0123456789ABCDEFGHIJ',
      Network: exactly(`vpc-${hex17}`),
    },
    update: {parameters: {Zone: 'us-west-2b', Hidden: 'other'}, inPlace: ['Setting', 'Secret']},
  },
  facts: {
    before: ['vpc'],
    outputs: {Group: exactly(`sg-${hex17}`)},
    update: {parameters: {Fact: 'air'}, inPlace: ['Stored']},
  },
  registry: {
    outputs: {
      Repository: /^\d{12}\.dkr\.ecr\.us-west-2\.amazonaws\.com\/registry-repository-[a-z0-9]{12}$/,
      Mirror: 'mirror',
      Scanning: /^\d{12}$/,
    },
    update: {parameters: {Expiry: '30'}, inPlace: ['Repository']},
  },
}
