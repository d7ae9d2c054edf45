import type {KnownFailure} from './known-failure.js'

/** ECS services, and the images and the room that they need. Source: Amazon ECS developer guide, "Service event messages". */
export const containers: readonly KnownFailure[] = [
  {
    id: 'deployment-circuit-breaker',
    reason: /ECS Deployment Circuit Breaker was triggered/,
    meaning:
      'The tasks of a service stopped repeatedly, so ECS ended the deployment. This message does not say why they stopped.',
    advice:
      'Read why the tasks stopped and their last log lines; with `--on-failure keep` they are kept so that you can inspect them. In the console: ECS, the cluster, the service, Tasks, filter Stopped.',
  },
  {
    id: 'service-not-stable',
    types: /^AWS::ECS::Service$/,
    reason: /NotStabilized|did not stabilize|Exceeded attempts to wait/,
    meaning: 'A service did not reach its desired number of healthy tasks within three hours.',
    advice: [
      "Read the events of the service: `aws ecs describe-services --cluster {cluster} --services {service} --query 'services[0].events[:5].message'`.",
      'Read the events of the service: ECS console, the cluster, the service, Events.',
    ],
  },
  {
    id: 'service-connect-name-in-use',
    reason: /SC service is already used by/,
    meaning:
      'The name of a service in the private domain still belongs to a service that is being deleted: ECS releases it a few minutes later.',
    advice:
      'Deploy again in five minutes. If it fails again: `aws servicediscovery list-services` shows the names; delete one that is not in use in the AWS Cloud Map console.',
  },
  {
    id: 'docker-hub-limit',
    reason: /toomanyrequests|reached your (unauthenticated )?pull rate limit/i,
    meaning:
      'Docker Hub limits how many images can be pulled from one IP address in six hours, and that limit has been reached.',
    advice:
      'Wait, or import the images instead of building them: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'disk-full',
    reason: /no space left on device/i,
    meaning: 'The disk of a task or of the image build is full.',
    advice:
      'Deploy again. If it fails again, the images have become too large for the disk: report it with the log.',
  },
  {
    id: 'fargate-capacity',
    reason: /Capacity is unavailable at this time/,
    meaning:
      'AWS does not have enough capacity for another Fargate task in that Availability Zone at the moment.',
    advice: 'Wait 15 minutes and deploy again, or deploy to another region with `--region`.',
    inAnotherRegion: 'instead',
  },
  {
    id: 'fargate-size',
    reason: /No Fargate configuration exists for given values|Invalid 'cpu' setting for task/,
    meaning: 'Fargate does not support that combination of CPU and memory.',
    advice:
      'Specify a supported combination, for example `--set ServiceCpu=1024 --set ServiceMemory=2048`: "Task CPU and memory" in the ECS developer guide lists them.',
  },
  {
    id: 'namespace-conflict',
    types: /^AWS::ServiceDiscovery::/,
    reason: /ConflictingDomainExists|already been associated with the hosted zone|NamespaceAlreadyExists/,
    meaning: 'The VPC already has a private domain with that name.',
    advice:
      "Delete the namespace that is left over: `aws servicediscovery list-namespaces --query 'Namespaces[].[Id,Name]'` lists them all. If it belongs to an environment that no longer exists, `mcpgw teardown` of that environment names it with the command that deletes it.",
  },
  {
    id: 'scaling-without-service',
    types: /^AWS::ApplicationAutoScaling::/,
    reason: /ECS service doesn't exist|No scalable target (found|registered)/,
    meaning: 'The service to scale does not exist: someone deleted it while the stack was being changed.',
    advice: 'Deploy again; a service that was deleted by hand stays missing until then.',
  },
]
