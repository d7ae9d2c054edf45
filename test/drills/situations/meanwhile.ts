import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {EFS} from '@aws-sdk/client-efs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {Scene, Situation} from '../harness/rule-drill.js'

const command = 'mcpgw deploy --layout individual'
const elb = ({account}: Scene) => new ElasticLoadBalancingV2(account.clientConfig)

/** The load balancer of the environment, as soon as it is there. */
async function balancerOf(scene: Scene): Promise<string | undefined> {
  const answer = await elb(scene)
    .describeLoadBalancers({Names: ['mcp-gateway-alb']})
    .catch(() => undefined)
  return answer?.LoadBalancers?.[0]?.LoadBalancerArn
}

async function listenerOn(scene: Scene, port: number): Promise<string | undefined> {
  const LoadBalancerArn = await balancerOf(scene)
  if (LoadBalancerArn === undefined) return undefined
  const {Listeners = []} = await elb(scene).describeListeners({LoadBalancerArn})
  return Listeners.find(({Port}) => Port === port)?.ListenerArn
}

async function hasStack({account}: Scene, name: string): Promise<boolean> {
  const {Stacks = []} = await new CloudFormation(account.clientConfig).describeStacks({})
  return Stacks.some(({StackName}) => StackName === name)
}

const answer = [{Type: 'fixed-response', FixedResponseConfig: {StatusCode: '200'}}] as const

/** Somebody else is quicker than a stack with what it is about to make, while the command follows it. */
export const meanwhile: readonly Situation[] = [
  {
    rule: 'listener-exists',
    start: 'network-and-data',
    command,
    async during(scene) {
      const LoadBalancerArn = await balancerOf(scene)
      if (LoadBalancerArn === undefined) return false
      return elb(scene).createListener({
        LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 7860,
        DefaultActions: [...answer],
      })
    },
  },
  {
    rule: 'rule-priority-taken',
    start: 'network-and-data',
    command,
    async during(scene) {
      const ListenerArn = await listenerOn(scene, 80)
      if (ListenerArn === undefined) return false
      return elb(scene).createRule({
        ListenerArn,
        Priority: 10,
        Conditions: [{Field: 'path-pattern', Values: ['/theirs']}],
        Actions: [...answer],
      })
    },
  },
  {
    rule: 'target-group-without-listener',
    start: 'no-services',
    command,
    async during(scene) {
      if (!(await hasStack(scene, 'mcp-gateway-services'))) return false
      return elb(scene).deleteListener({ListenerArn: await listenerOn(scene, 7860)})
    },
  },
  {
    rule: 'mount-target-conflict',
    start: 'network-and-compute',
    command,
    faults: () => ['slow AWS::EFS::FileSystem factor=20 operation=create'],
    async during({account, id}) {
      const {FileSystems: [ours] = []} = await new EFS(account.clientConfig).describeFileSystems({})
      if (ours === undefined) return false
      const Properties = {
        FileSystemId: ours.FileSystemId,
        SubnetId: id('PrivateSubnet1'),
        SecurityGroups: [id('EfsSecurityGroup')],
      }
      const Resources = {Theirs: {Type: 'AWS::EFS::MountTarget', Properties}}
      return new CloudFormation(account.clientConfig).createStack({
        StackName: 'somebody-elses-things',
        TemplateBody: JSON.stringify({Resources}),
      })
    },
    says: /then remove it: EFS console, the file system, Network/,
    async byHand({account}) {
      const efs = new EFS(account.clientConfig)
      const {FileSystems: [ours] = []} = await efs.describeFileSystems({})
      const {MountTargets = []} = await efs.describeMountTargets({FileSystemId: ours?.FileSystemId})
      for (const {MountTargetId} of MountTargets) await efs.deleteMountTarget({MountTargetId})
      await account.pass(600)
    },
  },
]
