import {readFileSync} from 'node:fs'
import type {StartState} from '../harness/states.js'

/**
 * Rules whose advice is that somebody else lifts what AWS refuses (a quota, a policy, a session, a check of the account),
 * or that a person puts right by hand what the words name, and that the command is run again then. What is refused is a
 * service: any resource may be. Deeds outside of the printed commands are the end of the refusal.
 */
export const lifted = [
  'nat-gateway-limit',
  'vpc-endpoint-limit',
  'fargate-cpu-limit',
  'build-limit',
  'lambda-concurrency',
  'stack-limit',
  'iam-limit',
  'quota-used-up',
  'forbidden-by-organization',
  'forbidden-by-boundary',
  'refused-by-hook',
  'role-not-passed',
  'credentials-expired',
  'credentials-invalid',
  'account-suspended',
  'load-balancers-not-allowed',
  'load-balancer-name-taken',
  'target-group-name-taken',
  'cloudfront-not-verified',
  'cloudfront-limit',
  'certificate-forbidden',
  'github-unreachable',
  'template-denied',
  'template-missing',
  'forbidden-explicitly',
  'capability-missing',
  'stack-timed-out',
  'export-missing',
  'no-free-addresses',
  'cluster-not-idempotent',
  'service-not-stable',
  'custom-resource-silent',
  'custom-resource-failed',
  'build-not-started',
  'found-by-early-validation',
  'cloudfront-name-taken',
  'name-too-long',
  'subnet-conflict',
  'invalid-range',
  'prefix-list-missing',
  'fargate-size',
  'source-missing',
  'image-set-unusable',
  'parameter-does-not-exist',
  'parameter-missing',
  'cloudfront-certificate',
  'hosted-zone-missing',
  'record-exists',
  'record-conflict',
  'record-outside-zone',
  'template-too-large',
  'template-invalid',
  'invalid-property',
  'key-policy-lockout',
  'in-another-stack',
  'export-in-use',
  'private-dns-conflict',
  'target-group-attached-twice',
  'key-not-usable',
] as const

/** The same of what ECS says of a task, and of how it stopped: CloudFormation tells nothing of it. */
export const liftedTasks = [
  ['docker-hub-limit', 'TaskFailedToStart'],
  ['disk-full', 'TaskFailedToStart'],
  ['image-platform', 'TaskFailedToStart'],
  ['image-unreachable', 'TaskFailedToStart'],
  ['task-secrets-unreachable', 'TaskFailedToStart'],
  ['container-unhealthy', 'ServiceSchedulerInitiated'],
  ['container-exited', 'EssentialContainerExited'],
] as const

/** What only resources of one type say, or of one stack: the stack, and the resource that is refused. */
export const liftedElsewhere: readonly {
  start: StartState
  rules: readonly (readonly [rule: string, resource: string, words?: string])[]
}[] = [
  {
    start: 'empty',
    rules: [
      ['route-exists', 'PrivateDefaultRoute1'],
      // Its words have double quotes, which those of a fault cannot have: the code of the same error.
      ['rule-exists', 'AWS::EC2::SecurityGroupIngress', 'InvalidPermission.Duplicate'],
    ],
  },
  {
    start: 'network-and-data',
    rules: [
      ['iam-attachment-limit', 'TaskRole'],
      ['boundary-missing', 'TaskRole'],
      ['namespace-conflict', 'ServiceDiscoveryNamespace'],
      ['custom-resource-not-invoked', 'ContainerImages'],
    ],
  },
  {
    start: 'network-and-compute',
    rules: [
      ['database-limit', 'DatabaseCluster'],
      ['linked-role-denied', 'DatabaseCluster'],
      ['database-exists', 'DatabaseCluster'],
      ['database-version', 'DatabaseCluster'],
      ['database-downgrade', 'DatabaseCluster'],
      ['database-password', 'DatabaseCluster'],
      ['database-user', 'DatabaseCluster'],
      ['database-proxy-targets', 'DatabaseProxyTargetGroup'],
      ['database-proxy-time-out', 'DatabaseProxy'],
    ],
  },
]

/** What keeps a teardown from its end and is somebody else's: all that is left each time is the VPC. */
export const liftedDeletions = ['bucket-not-empty', 'hosted-zone-not-empty'] as const

/** AWS's words for a rule: the first of test/diagnosis/samples.tsv, of a type of resource or of any, as one line without double
 * quotes, and of this environment. */
export function wordsOfRule(rule: string, type?: string): string {
  const samples = readFileSync(new URL('../../diagnosis/samples.tsv', import.meta.url), 'utf8').split('\n')
  const [, , words] =
    samples.map(line => line.split('\t')).find(([id, of]) => id === rule && (type ?? of) === of) ?? []
  if (words === undefined) throw new Error(`No sample of ${rule}`)
  return words.replaceAll('\\n', ' ').replaceAll('"', "'").replaceAll('demo', 'mcp-gateway')
}
