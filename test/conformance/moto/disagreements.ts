/** An answer in which the two servers differ, decided by documentation. */
export interface Disagreement {
  ours: unknown
  motos: unknown
  /** Which of them AWS gives. */
  right: 'ours' | 'motos' | 'both'
  /** Where that is documented, and what it says. */
  source: string
}

/** By the title of the check. What is not listed has to be the same; what is listed has to differ just so. */
export const DISAGREEMENTS: Readonly<Record<string, Disagreement>> = {
  's3: create a bucket with a name in capitals': {
    ours: {code: 'InvalidBucketName', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html: names consist of lower-case letters, digits, dots and hyphens. moto makes it.',
  },
  's3: default encryption': {
    ours: {SSEAlgorithm: 'AES256'},
    motos: {code: 'ServerSideEncryptionConfigurationNotFoundError', status: 404},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: since January 2023 every new bucket is encrypted with SSE-S3. moto has none.',
  },
  's3: public access block of a new bucket': {
    ours: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    motos: {code: 'NoSuchPublicAccessBlockConfiguration', status: 404},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-bucket.html: since April 2023 all four settings are on for new buckets. moto has none.',
  },
  's3: list with a token that nobody gave': {
    ours: {code: 'InvalidArgument', status: 400},
    motos: {code: 'Error', status: 500},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: InvalidArgument, 400, for an invalid argument. moto fails with an internal error.',
  },
  's3: get if it has changed': {
    ours: {code: 'Unknown', status: 304},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: If-None-Match answers 304 Not Modified, and `*` matches whatever exists (RFC 9110, 13.1.2). moto returns the object.',
  },
  's3: get a version that is not there': {
    ours: {code: 'InvalidArgument', status: 400},
    motos: {code: 'NoSuchVersion', status: 404},
    right: 'both',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: NoSuchVersion, 404, is for a version that does not exist; InvalidArgument, 400, for a version id that is none. `absent` is none.',
  },
  'cloudformation: create a stack of no template': {
    ours: {code: 'ValidationError', status: 400},
    motos: {code: 'Error', status: 500},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html: ValidationError, 400. moto fails with an internal error.',
  },
  'cloudformation: create a stack with a parameter that is not declared': {
    ours: {code: 'ValidationError', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html: ValidationError, 400; CloudFormation says that parameters do not exist in the template. moto makes the stack.',
  },
  'cloudformation: create a stack with a parameter that its pattern forbids': {
    ours: {code: 'ValidationError', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html: AllowedPattern, a value that does not match is refused. moto makes the stack.',
  },
  'cloudformation: parameters of the template': {
    ours: [['Digits', '1', false]],
    motos: {code: 'ValidationError', status: 400},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ValidateTemplate.html: Parameters, what the template declares. moto refuses or forgets them.',
  },
  'cloudformation: update to the same': {
    ours: {code: 'ValidationError', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html: "No updates are to be performed", a ValidationError. moto updates.',
  },
  'cloudformation: the stack': {
    ours: [
      {
        StackStatus: 'CREATE_COMPLETE',
        Tags: [{Key: 'made', Value: 'by both'}],
        Description: 'A network for both',
        DisableRollback: false,
        EnableTerminationProtection: false,
      },
    ],
    motos: [
      {
        StackStatus: 'UPDATE_COMPLETE',
        Tags: [{Key: 'made', Value: 'by both'}],
        Description: 'A network for both',
        DisableRollback: false,
        EnableTerminationProtection: false,
      },
    ],
    right: 'ours',
    source: 'Follows from the update to the same, which moto makes: UPDATE_COMPLETE.',
  },
  'cloudformation: resources of the stack': {
    ours: [
      ['Address', 'AWS::EC2::EIP', 'CREATE_COMPLETE'],
      ['Attachment', 'AWS::EC2::VPCGatewayAttachment', 'CREATE_COMPLETE'],
      ['Balancer', 'AWS::EC2::SecurityGroup', 'CREATE_COMPLETE'],
      ['Gateway', 'AWS::EC2::InternetGateway', 'CREATE_COMPLETE'],
      ['Nat', 'AWS::EC2::NatGateway', 'CREATE_COMPLETE'],
      ['Private', 'AWS::EC2::Subnet', 'CREATE_COMPLETE'],
      ['Public', 'AWS::EC2::Subnet', 'CREATE_COMPLETE'],
      ['PublicRoutes', 'AWS::EC2::SubnetRouteTableAssociation', 'CREATE_COMPLETE'],
      ['Routes', 'AWS::EC2::RouteTable', 'CREATE_COMPLETE'],
      ['Tasks', 'AWS::EC2::SecurityGroup', 'CREATE_COMPLETE'],
      ['TasksFromBalancer', 'AWS::EC2::SecurityGroupIngress', 'CREATE_COMPLETE'],
      ['ToGateway', 'AWS::EC2::Route', 'CREATE_COMPLETE'],
      ['Vpc', 'AWS::EC2::VPC', 'CREATE_COMPLETE'],
    ],
    motos: [
      ['', '', 'CREATE_COMPLETE'],
      ['Address', 'AWS::EC2::EIP', 'CREATE_COMPLETE'],
      ['Attachment', 'AWS::EC2::VPCGatewayAttachment', 'CREATE_COMPLETE'],
      ['Balancer', 'AWS::EC2::SecurityGroup', 'CREATE_COMPLETE'],
      ['Nat', 'AWS::EC2::NatGateway', 'CREATE_COMPLETE'],
      ['Private', 'AWS::EC2::Subnet', 'CREATE_COMPLETE'],
      ['Public', 'AWS::EC2::Subnet', 'CREATE_COMPLETE'],
      ['PublicRoutes', 'AWS::EC2::SubnetRouteTableAssociation', 'CREATE_COMPLETE'],
      ['Routes', 'AWS::EC2::RouteTable', 'CREATE_COMPLETE'],
      ['Tasks', 'AWS::EC2::SecurityGroup', 'CREATE_COMPLETE'],
      ['TasksFromBalancer', 'AWS::EC2::SecurityGroupIngress', 'CREATE_COMPLETE'],
      ['ToGateway', 'AWS::EC2::Route', 'CREATE_COMPLETE'],
      ['Vpc', 'AWS::EC2::VPC', 'CREATE_COMPLETE'],
    ],
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceSummary.html: LogicalResourceId and ResourceType are required. moto lists an entry without either.',
  },
  'cloudformation: a resource that the stack lacks': {
    ours: {code: 'ValidationError', status: 400},
    motos: {code: 'Error', status: 500},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html and CommonErrors.html: ValidationError, 400. moto fails with an internal error.',
  },
  'cloudformation: the newest event of the stack': {
    ours: ['both-network', 'AWS::CloudFormation::Stack', 'CREATE_COMPLETE'],
    motos: ['both-network', 'AWS::CloudFormation::Stack', 'UPDATE_COMPLETE'],
    right: 'ours',
    source: 'Follows from the update to the same, which moto makes: UPDATE_COMPLETE.',
  },
  'ec2: its subnets': {
    ours: [
      {
        CidrBlock: '10.8.0.0/24',
        AvailabilityZone: 'us-west-2a',
        MapPublicIpOnLaunch: true,
        State: 'available',
        DefaultForAz: false,
      },
      {
        CidrBlock: '10.8.16.0/20',
        AvailabilityZone: 'us-west-2b',
        MapPublicIpOnLaunch: false,
        State: 'available',
        DefaultForAz: false,
      },
    ],
    motos: [
      {
        CidrBlock: '10.8.0.0/24',
        AvailabilityZone: 'us-west-2a',
        MapPublicIpOnLaunch: false,
        State: 'available',
        DefaultForAz: false,
      },
      {
        CidrBlock: '10.8.16.0/20',
        AvailabilityZone: 'us-west-2b',
        MapPublicIpOnLaunch: false,
        State: 'available',
        DefaultForAz: false,
      },
    ],
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html: MapPublicIpOnLaunch is what the template says, true for one of them. moto makes it false.',
  },
  "cloudformation: create the project's own network": {
    ours: 'SUCCESS',
    motos: {code: 'ValidationError', status: 400},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html, pseudo-parameter-reference.html: Fn::Cidr exists, and AWS::NoValue removes an entry of a list. moto has neither.',
  },
  'cloudformation: delete the network': {
    ours: {state: 'SUCCESS', gone: ['both-network']},
    motos: {code: 'DependencyViolation', status: 400},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html: resources are deleted in the reverse order of their dependencies. moto deletes the VPC first and refuses with DependencyViolation.',
  },
  'ecs: a service that is not there': {
    ours: {
      services: [],
      failures: [{arn: 'arn:aws:ecs:us-west-2:<account>:service/both-cluster/absent', reason: 'MISSING'}],
    },
    motos: {
      services: [],
      failures: [{arn: 'arn:aws:ecs:us-west-2:<account>:service/absent', reason: 'MISSING'}],
    },
    right: 'ours',
    source:
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html: long ARN formats carry the cluster's name. moto gives the old one.",
  },
  'ecs: a task that is not there': {
    ours: {
      tasks: [],
      failures: [
        {
          arn: 'arn:aws:ecs:us-west-2:<account>:task/both-cluster/0123456789abcdef0123456789abcdef',
          reason: 'MISSING',
        },
      ],
    },
    motos: {tasks: [], failures: []},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html: failures, with the reason MISSING (developerguide/api_failures_messages.html). moto gives none.',
  },
  'ecs: the task definition': {
    ours: {
      family: 'both-task',
      revision: 1,
      status: 'ACTIVE',
      cpu: '256',
      memory: '512',
      mode: 'awsvpc',
      launch: ['FARGATE'],
      containers: [{name: 'web', image: 'nginx', essential: true, environment: [{name: 'A', value: 'b'}]}],
    },
    motos: {
      family: 'both-task',
      revision: 1,
      status: 'ACTIVE',
      memory: '512',
      mode: 'bridge',
      containers: [{name: 'web', image: 'nginx', essential: true, environment: [{name: 'A', value: 'b'}]}],
    },
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html: Cpu, NetworkMode and RequiresCompatibilities are what the template says. moto loses them.',
  },
  'elbv2: attributes of the load balancer': {
    ours: {
      'access_logs.s3.bucket': '',
      'access_logs.s3.enabled': 'false',
      'access_logs.s3.prefix': '',
      'client_keep_alive.seconds': '3600',
      'deletion_protection.enabled': 'false',
      'idle_timeout.timeout_seconds': '60',
      'load_balancing.cross_zone.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.preserve_host_header.enabled': 'false',
      'routing.http.xff_client_port.enabled': 'false',
      'routing.http.xff_header_processing.mode': 'append',
      'routing.http2.enabled': 'true',
    },
    motos: {
      'access_logs.s3.bucket': '',
      'access_logs.s3.prefix': '',
      'deletion_protection.enabled': 'false',
      'load_balancing.cross_zone.enabled': 'false',
    },
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html: names and defaults; cross-zone load balancing of an Application Load Balancer is on. moto knows four.',
  },
  'elbv2: attributes of the target group': {
    ours: {
      'deregistration_delay.timeout_seconds': '300',
      'load_balancing.algorithm.type': 'round_robin',
      'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
      'slow_start.duration_seconds': '0',
      'stickiness.enabled': 'false',
      'stickiness.lb_cookie.duration_seconds': '86400',
      'stickiness.type': 'lb_cookie',
    },
    motos: {
      'deregistration_delay.timeout_seconds': '300',
      'load_balancing.algorithm.type': 'round_robin',
      'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
      'slow_start.duration_seconds': '0',
      'stickiness.enabled': 'false',
      'stickiness.type': 'lb_cookie',
      'waf.fail_open.enabled': 'false',
    },
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html: stickiness.lb_cookie.duration_seconds, 86400 by default, belongs to every group of an Application Load Balancer; waf.fail_open.enabled to load balancers. moto has it the other way round.',
  },
  'elbv2: health of a target that is not registered': {
    ours: [{Target: {Id: '10.9.0.9', Port: 80}, state: 'unused', reason: 'Target.NotRegistered'}],
    motos: [{Target: {Id: '10.9.0.9', Port: 80}, state: 'unavailable', reason: 'Target.NotRegistered'}],
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html: Target.NotRegistered is a reason of the state unused. moto says unavailable.',
  },
  'elbv2: tags of a load balancer that is not there': {
    ours: {code: 'LoadBalancerNotFound', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html: LoadBalancerNotFound, 400. moto gives nothing.',
  },
  'codebuild: a project that is not there': {
    ours: {projects: [], projectsNotFound: ['absent']},
    motos: {projects: []},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetProjects.html: projectsNotFound. moto leaves it out.',
  },
  'codebuild: a build that is not there': {
    ours: {builds: [], buildsNotFound: ['absent:12345678-1234-1234-1234-<account>']},
    motos: {builds: []},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetBuilds.html: buildsNotFound. moto leaves it out.',
  },
  'logs: keep for as long as CloudWatch does not know': {
    ours: {code: 'InvalidParameterException', status: 400},
    motos: {code: 'none'},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html: the possible values do not hold 8; InvalidParameterException, 400. moto takes it.',
  },
  'secretsmanager: value of a secret that is not there': {
    ours: {code: 'ResourceNotFoundException', status: 400},
    motos: {code: 'ResourceNotFoundException', status: 404},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html: ResourceNotFoundException, HTTP Status Code: 400. moto sends 404.',
  },
  'secretsmanager: a secret that is not there': {
    ours: {code: 'ResourceNotFoundException', status: 400},
    motos: {code: 'ResourceNotFoundException', status: 404},
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html: ResourceNotFoundException, HTTP Status Code: 400. moto sends 404.',
  },
  'ec2: the rules of its security groups': {
    ours: [
      {
        GroupName: 'both-balancer',
        into: [
          ['tcp', 443, 443, ['192.0.2.0/24'], 0],
          ['tcp', 80, 80, ['0.0.0.0/0'], 0],
        ],
        out: [['-1', null, null, ['0.0.0.0/0'], 0]],
      },
      {
        GroupName: 'both-tasks',
        into: [['tcp', 8080, 8080, [], 1]],
        out: [['-1', null, null, ['0.0.0.0/0'], 0]],
      },
      {
        GroupName: 'default',
        into: [['-1', null, null, [], 1]],
        out: [['-1', null, null, ['0.0.0.0/0'], 0]],
      },
    ],
    motos: [
      {
        GroupName: 'both-balancer',
        into: [
          ['tcp', 443, 443, ['192.0.2.0/24'], 0],
          ['tcp', 80, 80, ['0.0.0.0/0'], 0],
        ],
        out: [['-1', null, null, ['0.0.0.0/0'], 0]],
      },
      {
        GroupName: 'both-tasks',
        into: [['tcp', 8080, 8080, [], 1]],
        out: [['-1', null, null, ['0.0.0.0/0'], 0]],
      },
      {GroupName: 'default', into: [], out: [['-1', null, null, ['0.0.0.0/0'], 0]]},
    ],
    right: 'ours',
    source:
      'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html: the default group lets in whatever carries it. moto lets nothing in.',
  },
}
