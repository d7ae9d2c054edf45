import {stackNameOf} from '../../aws/arn.js'
import {awsCommand, shell} from '../../aws/command-line.js'
import type {ProtectedKind} from '../../aws/protections.js'
import {isDeleted} from '../../aws/stack-status.js'
import {type McpgwError, refused} from '../../errors.js'
import {listed} from '../listed.js'
import type {Step} from '../step.js'
import type {Protected, TeardownContext} from './context.js'
import {unlessRefused} from './refused.js'
import {noteUnchecked} from './unchecked.js'

/** What of a stack may be protected, by its type. */
const kinds = {
  'AWS::RDS::DBCluster': 'rds:cluster',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'elasticloadbalancing:loadbalancer',
} as const

const words: Readonly<Record<ProtectedKind, string>> = {
  'cloudformation:stack': 'stack',
  'rds:cluster': 'database cluster',
  'elasticloadbalancing:loadbalancer': 'load balancer',
}

/**
 * Looks for what AWS deletes only when its protection is lifted, before anything is deleted: CloudFormation meets it in the
 * middle of its work. Whoever does not ask for the lifting is refused.
 */
export function findProtected(): Step<TeardownContext> {
  return {
    id: 'protections',
    title: 'Look for deletion protection',
    skip: ({existingStacks}) => (existingStacks?.length === 0 ? 'no stack exists' : undefined),
    async run(context, {tell}) {
      const found = await protectedIn(context, (what, reason) => noteUnchecked(context, what, reason, {tell}))
      context.protections = found
      if (found.length > 0 && !context.liftProtection && !context.foreseesOnly)
        throw protectedRefusal(found, context)
    },
  }
}

/** Lifts what was found, right before the deletion begins. */
export function liftProtections(): Step<TeardownContext> {
  return {
    id: 'lift-protections',
    title: 'Lift deletion protection',
    skip: ({protections = []}) => (protections.length === 0 ? 'nothing is protected' : undefined),
    async run(context, {tell}) {
      const {aws, protections = [], existingStacks = []} = context
      for (const {kind, id, name} of protections) {
        await aws.protections.lift(kind, id)
        tell({
          kind: 'note',
          text: `Lifted the protection of ${words[kind]} ${name}, as --lift-protection asked`,
        })
      }
      context.protections = []
      context.existingStacks = existingStacks.map(each => ({
        ...each,
        stack: {...each.stack, terminationProtection: false},
      }))
    },
  }
}

async function protectedIn(
  {aws, existingStacks = [], inventory = [], forecast}: TeardownContext,
  onRefused: (what: string, reason: string) => void,
): Promise<readonly Protected[]> {
  const staying = new Set(forecast?.stays.map(({logicalId}) => logicalId))
  const stacks = existingStacks
    .filter(({stack}) => stack.terminationProtection)
    .map(({stack}) => protectedOne(aws, 'cloudformation:stack', stack.id, stack.name))
  const resources = inventory
    .flatMap(each => each.resources)
    .filter(
      ({physicalId, status, logicalId}) => physicalId !== '' && !isDeleted(status) && !staying.has(logicalId),
    )
  const looks = resources.flatMap(({type, physicalId: id}) => {
    const kind = Object.entries(kinds).find(([name]) => name === type)?.[1]
    return kind === undefined ? [] : [{kind, id}]
  })
  const found = await Promise.all(
    looks.map(async ({kind, id}) => {
      const isProtected = await unlessRefused(
        () => aws.protections.isProtected(kind, id),
        reason => onRefused(`whether ${words[kind]} ${id} is protected against deletion`, reason),
      )
      const name = kind === 'rds:cluster' ? id : balancerName(id)
      return isProtected ? [protectedOne(aws, kind, id, name)] : []
    }),
  )
  return [...stacks, ...found.flat()]
}

function protectedOne(aws: TeardownContext['aws'], kind: ProtectedKind, id: string, name: string): Protected {
  const lifting: Readonly<Record<ProtectedKind, string>> = {
    'cloudformation:stack': shell`cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackNameOf(id)}`,
    'rds:cluster': shell`rds modify-db-cluster --no-deletion-protection --apply-immediately --db-cluster-identifier ${id}`,
    'elasticloadbalancing:loadbalancer': shell`elbv2 modify-load-balancer-attributes --attributes Key=deletion_protection.enabled,Value=false --load-balancer-arn ${id}`,
  }
  return {kind, id, name, command: awsCommand(aws, lifting[kind])}
}

/** Of `arn:…:loadbalancer/app/NAME/ID`. */
function balancerName(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}

function protectedRefusal(found: readonly Protected[], {commandLine}: TeardownContext): McpgwError {
  const names = listed(found.map(({kind, name}) => `${words[kind]} ${name}`))
  const [be, it] = found.length === 1 ? ['is', 'it'] : ['are', 'them']
  const commands = found.map(({command}) => `\`${command}\``).join(', ')
  const message = `${names.slice(0, 1).toUpperCase()}${names.slice(1)} ${be} protected against deletion. Nothing was deleted.`
  const hint = `If ${it === 'it' ? 'it is' : 'they are'} to go: \`${commandLine('teardown')} --lift-protection\`, or lift the protection first (${commands}), then run \`${commandLine('teardown')}\`.`
  return found.some(({kind}) => kind === 'cloudformation:stack')
    ? refused('TERMINATION_PROTECTED', message, hint)
    : refused('DELETION_PROTECTED', message, hint)
}
