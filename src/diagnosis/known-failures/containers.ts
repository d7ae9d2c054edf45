import type {KnownFailure} from './known-failure.js'

/** ECS services, and the images and the room that they need. Source: Amazon ECS developer guide, "Service event messages". */
export const containers: readonly KnownFailure[] = [
  {
    id: 'deployment-circuit-breaker',
    reason: /ECS Deployment Circuit Breaker was triggered/,
    meaning:
      'The tasks of a service stopped again and again, so that ECS gave the deployment up. Why they stopped is not in this message.',
    advice:
      'Read why the tasks stopped and their last log lines; with `--on-failure keep` they stay for a look. In the console: ECS, the cluster, the service, Tasks, filter Stopped.',
  },
  {
    id: 'service-not-stable',
    types: /^AWS::ECS::Service$/,
    reason: /NotStabilized|did not stabilize|Exceeded attempts to wait/,
    meaning: 'A service had not as many healthy tasks as it should within three hours.',
    advice: [
      "Read the events of the service: `aws ecs describe-services --cluster {cluster} --services {service} --query 'services[0].events[:5].message'`.",
      'Read the events of the service: ECS console, the cluster, the service, Events.',
    ],
  },
  {
    id: 'service-connect-name-in-use',
    reason: /SC service is already used by/,
    meaning:
      'The name of a service in the private domain still belongs to a service that is being deleted: ECS gives it back some minutes later.',
    advice:
      'Deploy again in five minutes. When it comes again: `aws servicediscovery list-services` shows the names; remove one that nothing uses in the AWS Cloud Map console.',
  },
  {
    id: 'docker-hub-limit',
    reason: /toomanyrequests|reached your (unauthenticated )?pull rate limit/i,
    meaning:
      'Docker Hub lets everybody behind one address fetch a limited number of images in six hours, and that number is reached.',
    advice:
      'Wait, or import the images instead of building them: `mcpgw deploy --images s3://BUCKET/PREFIX/`.',
  },
  {
    id: 'disk-full',
    reason: /no space left on device/i,
    meaning: 'The disk of a task or of the image build is full.',
    advice:
      'Deploy again. When it comes again, the images have grown beyond what fits: report it with the log.',
  },
  {
    id: 'fargate-capacity',
    reason: /Capacity is unavailable at this time/,
    meaning: 'AWS has no room for another Fargate task in that Availability Zone at the moment.',
    advice: 'Wait a quarter of an hour and deploy again, or deploy in another region.',
  },
  {
    id: 'fargate-size',
    reason: /No Fargate configuration exists for given values|Invalid 'cpu' setting for task/,
    meaning: 'Fargate has no task with that processor and that memory together.',
    advice:
      'Give a pair that it has, for example `--set ServiceCpu=1024 --set ServiceMemory=2048`: "Task CPU and memory" in the ECS developer guide lists them.',
  },
  {
    id: 'namespace-conflict',
    types: /^AWS::ServiceDiscovery::/,
    reason: /ConflictingDomainExists|already been associated with the hosted zone|NamespaceAlreadyExists/,
    meaning: 'The VPC has a private domain of that name already.',
    advice:
      "Delete the namespace that is left over: `aws servicediscovery list-namespaces --query 'Namespaces[].[Id,Name]'` shows which there are; one of an environment that is gone, its `mcpgw teardown` names with the command that deletes it.",
  },
  {
    id: 'scaling-without-service',
    types: /^AWS::ApplicationAutoScaling::/,
    reason: /ECS service doesn't exist|No scalable target (found|registered)/,
    meaning: 'The service to scale does not exist: somebody deleted it while the stack was being changed.',
    advice: 'Deploy again; a service that was deleted by hand is missing until then.',
  },
]
