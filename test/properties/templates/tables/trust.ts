/** What a role says of whoever takes it on, beside the service. */
export interface Trust {
  /** `StringEquals`, or with `IfExists` where AWS does not say that the service names its account. */
  readonly operator: 'StringEquals' | 'StringEqualsIfExists'
  /** The narrowest `aws:SourceArn` that AWS documents for the service; undefined where it documents none. */
  arn?(place: {partition: string; region: string; account: string; environment: string}): string
  /** Where AWS says what the service names. */
  readonly source: string
}

/**
 * By service, and for Amazon ECS by what the role is for. A key that a service does not name would keep it from taking
 * the role on, at the first start of a task or build.
 */
export const trusts: Readonly<Record<string, Trust>> = {
  'ecs-tasks.amazonaws.com task role': {
    operator: 'StringEquals',
    arn: ({partition, region, account}) => `arn:${partition}:ecs:${region}:${account}:*`,
    source:
      'ECS developer guide, "Amazon ECS task IAM role": both keys; no narrower ARN than all of the account',
  },
  'ecs-tasks.amazonaws.com execution role': {
    operator: 'StringEqualsIfExists',
    source:
      'ECS developer guide, "Amazon ECS task execution IAM role": a role without keys; elsewhere one with the key is in use',
  },
  'codebuild.amazonaws.com': {
    operator: 'StringEquals',
    arn: ({partition, region, account, environment}) =>
      `arn:${partition}:codebuild:${region}:${account}:project/${environment}-container-build`,
    source: 'CodeBuild user guide, "Cross-service confused deputy prevention"',
  },
  'lambda.amazonaws.com': {
    operator: 'StringEqualsIfExists',
    source:
      'Lambda developer guide, "Defining Lambda function permissions with an execution role": a role without keys',
  },
  'rds.amazonaws.com': {
    operator: 'StringEqualsIfExists',
    source: 'the guide of RDS Proxy shows a role without keys, and does not say that the proxy names any',
  },
}
