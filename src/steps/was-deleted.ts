/** The ARN ends in the physical id, or is it: CloudFormation is believed over a list that lags behind. */
export function wasDeleted(arn: string, deleted: ReadonlySet<string>): boolean {
  if (deleted.has(arn)) return true
  const [, , , , , ...rest] = arn.split(':')
  const resource = rest.join(':')
  const last = resource.split(/[/:]/).at(-1) ?? ''
  return deleted.has(resource) || deleted.has(last) || deleted.has(resource.replace(/^[^/:]+[/:]/, ''))
}
