/** The parts of `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** The rest: `cluster/demo`, `stack/demo/1234`, `log-group:/aws/x`, `bucket`. */
  readonly resource: string
}

/** Undefined for anything that is not an ARN. */
export function parseArn(arn: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = arn.split(':')
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined) return
  return {partition, service, region, account, resource: rest.join(':')}
}

/** The stack's name in its id, `arn:…:stack/NAME/UUID`; a name is given back as it is. */
export function stackNameOf(nameOrId: string): string {
  return parseArn(nameOrId)?.resource.split('/')[1] ?? nameOrId
}
