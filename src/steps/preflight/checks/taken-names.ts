import {shell} from '../../../aws/command-line.js'
import {among, nameCheck, type Taken} from './names.js'

/** A secret that waits for its deletion keeps its name for 7 to 30 days. */
export const secrets = nameCheck({
  id: 'secrets',
  title: 'Secret names',
  looksAt: 'names of secrets, including those pending deletion',
  thing: ['secret', 'secrets'],
  properties: {'AWS::SecretsManager::Secret': 'Name'},
  async taken(names, aws, environment) {
    const found = await aws.secrets.withPrefix(environment)
    return found
      .filter(({name}) => names.includes(name))
      .map(({name, deletedAt}): Taken => {
        const remove = shell`secretsmanager delete-secret --secret-id ${name} --force-delete-without-recovery`
        if (deletedAt === undefined) return {name, freeing: [remove]}
        return {
          name,
          how: 'is pending deletion',
          freeing: [shell`secretsmanager restore-secret --secret-id ${name}`, remove],
        }
      })
  },
})

export const logGroups = nameCheck({
  id: 'log-groups',
  title: 'Log group names',
  looksAt: 'names of log groups',
  thing: ['log group', 'log groups'],
  properties: {'AWS::Logs::LogGroup': 'LogGroupName'},
  async taken(names, aws, environment) {
    const prefixes = new Set(names.map(name => upTo(name, environment)))
    const found = await Promise.all(Array.from(prefixes, prefix => aws.logGroups.withPrefix(prefix)))
    return among(names, found.flat(), name => shell`logs delete-log-group --log-group-name ${name}`)
  },
})

export const repositories = nameCheck({
  id: 'repositories',
  title: 'Repository names',
  looksAt: 'names of ECR repositories',
  thing: ['repository', 'repositories'],
  properties: {'AWS::ECR::Repository': 'RepositoryName'},
  taken: async (names, aws) =>
    among(
      names,
      await aws.repositories.names(),
      name => shell`ecr delete-repository --repository-name ${name} --force`,
    ),
})

export const parameters = nameCheck({
  id: 'parameters',
  title: 'Parameter names',
  looksAt: 'names of Systems Manager parameters',
  thing: ['parameter', 'parameters'],
  properties: {'AWS::SSM::Parameter': 'Name'},
  taken: async (names, aws) =>
    among(
      names,
      await aws.parameterStore.existing(names),
      name => shell`ssm delete-parameter --name ${name}`,
    ),
})

export const roles = nameCheck({
  id: 'roles',
  title: 'Role names',
  looksAt: 'names of IAM roles, if the templates set any',
  thing: ['role', 'roles'],
  properties: {'AWS::IAM::Role': 'RoleName'},
  async taken(names, aws) {
    const exist = await Promise.all(names.map(name => aws.roles.exists(name)))
    const existing = names.filter((_, index) => exist[index])
    return among(names, existing, name => shell`iam delete-role --role-name ${name}`)
  },
})

export const balancerNames = nameCheck({
  id: 'load-balancer-names',
  title: 'Load balancer names',
  looksAt: 'names of load balancers and target groups',
  thing: ['load balancer or target group', 'load balancers or target groups'],
  properties: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
    'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  },
  async taken(names, aws) {
    const [balancers, groups] = await Promise.all([
      aws.loadBalancers.all(),
      aws.loadBalancers.targetGroups(names),
    ])
    return [
      ...balancers
        .filter(({name}) => names.includes(name))
        .map(({name, arn}) => ({
          name,
          freeing: [shell`elbv2 delete-load-balancer --load-balancer-arn ${arn}`],
        })),
      ...groups.map(({name, arn}) => ({
        name,
        freeing: [shell`elbv2 delete-target-group --target-group-arn ${arn}`],
      })),
    ]
  },
})

/** One call finds all names with the same beginning. */
function upTo(name: string, part: string): string {
  const at = name.indexOf(part)
  return at < 0 ? name : name.slice(0, at + part.length)
}
