/** What an environment costs while nobody uses it: the hours of what exists, by the prices of docs/prices.yaml. */
import {readFileSync} from 'node:fs'
import {parse} from 'yaml'
import {tasks} from './costs.mjs'
import {table} from './tables.mjs'

const prices = parse(readFileSync(new URL('../../docs/prices.yaml', import.meta.url), 'utf8'))
/** In a month, as AWS's own estimates count them. */
const hoursInMonth = 730

/** The parts of a day's bill, the largest first. */
export function dayTable(deployment) {
  const rows = partsOf(deployment).map(([what, number, usd]) => [what, number, money(usd)])
  return table(
    ['by the hour', 'number', 'US dollars a day'],
    [...rows, ['**all**', '', `**${money(total(deployment))}**`]],
  )
}

/** The sentence for the front page. */
export function daySentence(deployment) {
  const {as_of: year, region} = prices
  return `An environment costs about **$${Math.round(total(deployment))} a day** while nobody uses it (${region}, approximate prices of ${year}), and nothing\nonce it is torn down.`
}

function total(deployment) {
  return partsOf(deployment).reduce((sum, [, , usd]) => sum + usd, 0)
}

function partsOf(deployment) {
  const {hourly, monthly} = prices
  const ofType = type => deployment.resources.filter(resource => resource.type === type && resource.exists)
  const count = type => ofType(type).length
  const zones = (members, subnets) =>
    members.reduce((sum, {properties}) => sum + properties[subnets].length, 0)
  const balancers = ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
  const [database] = ofType('AWS::RDS::DBCluster')
  const units = Number(database.properties.ServerlessV2ScalingConfiguration.MinCapacity)
  const addresses = count('AWS::EC2::EIP') + zones(balancers, 'Subnets')
  const endpoints = ofType('AWS::EC2::VPCEndpoint').filter(({properties}) => properties.SubnetIds)
  const alarms = count('AWS::CloudWatch::Alarm') + 2 * count('AWS::ApplicationAutoScaling::ScalingPolicy')
  const sizes = tasks(deployment)
  const sum = amount => sizes.reduce((all, size) => all + amount(size) * size.fewest, 0)
  const vcpu = sum(size => size.vcpu)
  const gb = sum(size => size.gb)
  const perHour = (what, number, price) => [what, number, number * price * 24]
  const perMonth = (what, number, price) => [what, number, (number * price * 24) / hoursInMonth]
  return [
    [
      'Fargate tasks',
      `${sum(() => 1)} (${vcpu} vCPU, ${gb} GB)`,
      (vcpu * hourly.fargate_vcpu + gb * hourly.fargate_gb) * 24,
    ],
    perHour('NAT gateways', count('AWS::EC2::NatGateway'), hourly.nat_gateway),
    perHour('RDS Proxy', count('AWS::RDS::DBProxy'), hourly.rds_proxy),
    perHour('Aurora capacity units, at the fewest', units, hourly.aurora_serverless_v2_acu),
    perHour('load balancers', balancers.length, hourly.application_load_balancer),
    perHour('public IPv4 addresses', addresses, hourly.public_ipv4_address),
    perHour('interface endpoints, in each zone', zones(endpoints, 'SubnetIds'), hourly.interface_endpoint),
    perMonth('secrets', count('AWS::SecretsManager::Secret'), monthly.secret),
    perMonth('KMS keys', count('AWS::KMS::Key'), monthly.kms_key),
    perMonth('CloudWatch alarms', alarms, monthly.cloudwatch_alarm),
    perMonth('private hosted zone', count('AWS::ServiceDiscovery::PrivateDnsNamespace'), monthly.hosted_zone),
  ].sort(([, , one], [, , other]) => other - one)
}

function money(usd) {
  return usd.toFixed(2)
}
