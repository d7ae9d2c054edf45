/** Who calls whom, read from the resolved templates. A flow has `from` and `to`, ids of nodes, and a `label`. */
import {idsIn} from './deployment.mjs'
import {securityGroupsOf} from './nodes.mjs'

/** Types whose references are calls: what they name, directly or through equipment, they use. */
const callers = new Set([
  'AWS::CloudFront::Distribution',
  'AWS::CodeBuild::Project',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBProxy',
])

export function flowsOf(deployment, nodes) {
  const nodeOf = new Map(nodes.flatMap(node => node.resources.map(({id}) => [id, node])))
  const context = {...deployment, existing: deployment.resources.filter(({exists}) => exists), nodes, nodeOf}
  const flows = [
    ...fromClients(context),
    ...throughListeners(context),
    ...betweenServices(context),
    ...byReference(context),
    ...throughProxies(context),
    ...fromEvents(context),
    ...toTheInternet(context),
  ]
  return withoutOwnNames(merged(flows.filter(({from, to}) => from !== to)), context)
}

function fromClients({nodes}) {
  const fronts = nodes.filter(({resources}) => resources[0].type === 'AWS::CloudFront::Distribution')
  return fronts.map(({id}) => ({from: 'clients', to: id, label: 'HTTPS'}))
}

/** Load balancer, listener, target group, service. */
function throughListeners({existing, nodeOf}) {
  return ofType(existing, 'AWS::ElasticLoadBalancingV2::Listener').flatMap(({properties}) => {
    const {LoadBalancerArn, Protocol, Port, DefaultActions} = properties
    const [balancer] = idsIn(LoadBalancerArn)
    const groups = idsIn(DefaultActions.map(({TargetGroupArn}) => TargetGroupArn))
    return ofType(existing, 'AWS::ECS::Service')
      .filter(service => idsIn(service.properties.LoadBalancers).some(id => groups.includes(id)))
      .map(({id}) => ({from: nodeOf.get(balancer).id, to: nodeOf.get(id).id, label: `${Protocol} ${Port}`}))
  })
}

/** Where a security group admits another one on a port that a task behind it listens on. */
function betweenServices({existing, find, nodeOf}) {
  const services = ofType(existing, 'AWS::ECS::Service').map(({id, properties}) => {
    const [definition] = idsIn(properties.TaskDefinition)
    const containers = find(definition).properties.ContainerDefinitions
    const ports = containers.flatMap(({PortMappings = []}) =>
      PortMappings.map(({ContainerPort}) => ContainerPort),
    )
    return {node: nodeOf.get(id).id, groups: idsIn(securityGroupsOf(properties)), ports}
  })
  return admissions(existing).flatMap(({source, target, from, to}) =>
    services
      .filter(({groups}) => groups.includes(source))
      .flatMap(caller =>
        services
          .filter(({groups}) => groups.includes(target))
          .flatMap(({node, ports}) =>
            ports
              .filter(port => port >= from && port <= to)
              .map(port => ({from: caller.node, to: node, label: String(port)})),
          ),
      ),
  )
}

function admissions(existing) {
  const inline = ofType(existing, 'AWS::EC2::SecurityGroup').flatMap(({id, properties}) =>
    (properties.SecurityGroupIngress ?? []).map(rule => ({...rule, GroupId: `«${id}»`})),
  )
  const separate = ofType(existing, 'AWS::EC2::SecurityGroupIngress').map(({properties}) => properties)
  return [...inline, ...separate].flatMap(({GroupId, SourceSecurityGroupId, FromPort, ToPort}) => {
    const [source] = idsIn(SourceSecurityGroupId)
    const [target] = idsIn(GroupId)
    return source === undefined ? [] : [{source, target, from: Number(FromPort), to: Number(ToPort)}]
  })
}

/** What a caller names, through everything that is not drawn. */
function byReference({existing, find, nodeOf}) {
  return existing
    .filter(({type}) => callers.has(type))
    .flatMap(caller => {
      const seen = new Set()
      const open = idsIn(caller.properties)
      const reached = []
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (seen.has(id)) continue
        seen.add(id)
        if (nodeOf.has(id)) reached.push(id)
        else open.push(...idsIn(find(id)?.properties))
      }
      return reached.map(id => ({from: nodeOf.get(caller.id).id, to: nodeOf.get(id).id, label: ''}))
    })
}

/** A proxy does not name its database: its target group names both. */
function throughProxies({existing, nodeOf}) {
  return ofType(existing, 'AWS::RDS::DBProxyTargetGroup').map(({properties}) => {
    const [proxy] = idsIn(properties.DBProxyName)
    const [cluster] = idsIn(properties.DBClusterIdentifiers)
    return {from: nodeOf.get(proxy).id, to: nodeOf.get(cluster).id, label: ''}
  })
}

/** Events, alarms and CloudFormation's request: what they are about, and whom they wake. */
function fromEvents({existing, nodeOf}) {
  const arrow = (from, to) => ({from: nodeOf.get(from)?.id, to: nodeOf.get(to)?.id, label: ''})
  const rules = ofType(existing, 'AWS::Events::Rule').flatMap(({id, properties}) => [
    ...idsIn(properties.EventPattern).map(source => arrow(source, id)),
    ...idsIn(properties.Targets).map(target => arrow(id, target)),
  ])
  const alarms = ofType(existing, 'AWS::CloudWatch::Alarm').flatMap(({id, properties}) =>
    idsIn(properties.AlarmActions).map(topic => arrow(id, topic)),
  )
  const requests = existing
    .filter(({type}) => type.startsWith('Custom::'))
    .flatMap(({id, properties}) => idsIn(properties.ServiceToken).map(provider => arrow(id, provider)))
  return [...rules, ...alarms, ...requests].filter(({from, to}) => from && to)
}

/** Subnet, route table, route: from the services over the NAT gateways and the internet gateway. */
function toTheInternet({existing, nodeOf}) {
  const gatewaysOf = subnets => {
    const tables = ofType(existing, 'AWS::EC2::SubnetRouteTableAssociation')
      .filter(({properties}) => idsIn(properties.SubnetId).some(id => subnets.includes(id)))
      .flatMap(({properties}) => idsIn(properties.RouteTableId))
    return ofType(existing, 'AWS::EC2::Route')
      .filter(({properties}) => idsIn(properties.RouteTableId).some(id => tables.includes(id)))
      .flatMap(({properties}) => idsIn([properties.NatGatewayId, properties.GatewayId]))
  }
  const onwards = (resource, subnets) =>
    gatewaysOf(idsIn(subnets)).map(id => ({
      from: nodeOf.get(resource.id).id,
      to: nodeOf.get(id).id,
      label: '',
    }))
  return [
    ...ofType(existing, 'AWS::ECS::Service').flatMap(service =>
      onwards(service, service.properties.NetworkConfiguration.AwsvpcConfiguration.Subnets),
    ),
    ...ofType(existing, 'AWS::EC2::NatGateway').flatMap(gateway =>
      onwards(gateway, gateway.properties.SubnetId),
    ),
    ...ofType(existing, 'AWS::EC2::InternetGateway').map(({id}) => ({
      from: nodeOf.get(id).id,
      to: 'internet',
      label: '',
    })),
  ]
}

/** A service knows the public name under which it is reached itself: it does not call that. */
function withoutOwnNames(flows, {nodes}) {
  const services = new Set(nodes.filter(({isService}) => isService).map(({id}) => id))
  const leadsTo = (start, goal) => {
    const reached = new Set([start])
    // What is added on the way is visited too.
    for (const id of reached) {
      if (services.has(id)) continue
      for (const {from, to} of flows) if (from === id) reached.add(to)
    }
    return reached.has(goal)
  }
  return flows.filter(({from, to}) => !services.has(from) || services.has(to) || !leadsTo(to, from))
}

/** One arrow for each pair of nodes, with all its labels. */
function merged(flows) {
  const labels = new Map()
  for (const {from, to, label} of flows) {
    const key = `${from} ${to}`
    labels.set(key, [...(labels.get(key) ?? []), ...(label ? [label] : [])])
  }
  return Array.from(labels, ([key, texts]) => {
    const [from, to] = key.split(' ')
    return {from, to, label: [...new Set(texts)].join(', ')}
  })
}

function ofType(resources, type) {
  return resources.filter(resource => resource.type === type)
}
