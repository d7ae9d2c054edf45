/** A network interface as EC2 describes it, as far as it tells whose it is. */
export interface InterfaceFacts {
  readonly id: string
  readonly description: string
  readonly instanceId: string | undefined
  /** Nothing uses it. */
  readonly isAvailable: boolean
  readonly requester: string | undefined
  /** For an ARN, which AWS does not give. */
  readonly place: {readonly partition: string; readonly region: string; readonly account: string}
}

/** Whose an interface is. It goes with its owner, so that the owner is what is deleted. */
export interface InterfaceOwner {
  /** In words: "the Lambda function search". */
  readonly owner: string
  /** The owner's id or name in its service, where the description has it. */
  readonly id: string | undefined
  /** Kind and ARN as `deletingCommand` takes them; undefined where nobody could name what to delete. */
  readonly target: {readonly kind: string; readonly arn: string; readonly name: string} | undefined
}

type Read = (found: readonly string[], facts: InterfaceFacts) => InterfaceOwner

const owned = (owner: string, kind: string, name: string, arn = name): InterfaceOwner => ({
  owner,
  id: name,
  target: {kind, arn, name},
})

/**
 * What services write into the description of the interfaces that they make. Sources: EC2 user guide, "Requester-managed
 * network interfaces"; AWS re:Post, "How do I find the resources that own unknown network interfaces".
 */
const forms: readonly (readonly [RegExp, Read])[] = [
  [
    /^AWS Lambda VPC ENI-(.+?)(?:-[0-9a-f]{8}-[0-9a-f-]{27})?$/,
    ([, name = '']) => owned(`the Lambda function ${name}`, 'lambda:function', name),
  ],
  [
    /^ELB ((app|net|gwy)\/([^/]+)\/\w+)$/,
    ([, path = '', , name = ''], {place: {partition, region, account}}) =>
      owned(
        `the load balancer ${name}`,
        'elasticloadbalancing:loadbalancer',
        path,
        `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${path}`,
      ),
  ],
  [/^ELB ([\w-]+)$/, ([, name = '']) => owned(`the Classic Load Balancer ${name}`, 'elb:loadbalancer', name)],
  [
    /^EFS mount target for (fs-\w+) \((fsmt-\w+)\)$/,
    ([, fileSystem = '', id = '']) =>
      owned(`the file system ${fileSystem}`, 'elasticfilesystem:mount-target', id),
  ],
  [
    /^Interface for NAT Gateway (nat-\w+)$/,
    ([, id = '']) => owned(`the NAT gateway ${id}`, 'ec2:natgateway', id),
  ],
  [
    /^Network interface for DBProxy (\S+)$/i,
    ([, name = '']) => owned(`the database proxy ${name}`, 'rds:db-proxy-name', name),
  ],
  [
    /directory (d-\w+)/,
    ([, id = '']) => owned(`the directory ${id} of AWS Directory Service`, 'ds:directory', id),
  ],
  [
    /^(?:RDSNetworkInterface)$/,
    () => ({owner: 'a database of Amazon RDS', id: undefined, target: undefined}),
  ],
  [
    /^arn:[\w-]+:ecs:[\w-]+:\d+:attachment\//,
    () => ({owner: 'a task of Amazon ECS', id: undefined, target: undefined}),
  ],
  [/[Ww]ork[Ss]paces/, () => ({owner: 'Amazon WorkSpaces', id: undefined, target: undefined})],
]

/** Whose an interface is, by its instance, else by its description. */
export function interfaceOwner(facts: InterfaceFacts): InterfaceOwner {
  const {id, description, instanceId, isAvailable, requester} = facts
  if (instanceId !== undefined) return owned(`the instance ${instanceId}`, 'ec2:instance', instanceId)
  for (const [form, read] of forms) {
    const found = form.exec(description)
    if (found)
      return read(
        [...found].map(text => text ?? ''),
        facts,
      )
  }
  const words = description === '' ? 'someone who gave it no description' : description
  const owner = requester === undefined ? words : `${requester} (${words})`
  // One that is attached goes with what it is attached to.
  return {
    owner,
    id: undefined,
    target: isAvailable ? {kind: 'ec2:network-interface', arn: id, name: id} : undefined,
  }
}
