import {readFileSync} from 'node:fs'

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
  'endpoint-not-in-zone',
  'cluster-not-idempotent',
  'service-not-stable',
  'custom-resource-silent',
  'custom-resource-failed',
  'build-not-started',
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

/** AWS's words for a rule: the first of test/diagnosis/samples.tsv, of a type of resource or of any, as one line without double quotes. */
export function wordsOfRule(rule: string, type?: string): string {
  const samples = readFileSync(new URL('../../diagnosis/samples.tsv', import.meta.url), 'utf8').split('\n')
  const [, , words] =
    samples.map(line => line.split('\t')).find(([id, of]) => id === rule && (type ?? of) === of) ?? []
  if (words === undefined) throw new Error(`No sample of ${rule}`)
  return words.replaceAll('\\n', ' ').replaceAll('"', "'")
}
