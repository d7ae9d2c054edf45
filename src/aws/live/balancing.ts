import {isNamed} from '../errors.js'
import {forwardedTo} from '../load-balancers.js'
import {allPages, unlessAbsent} from '../pages.js'
import {type LiveState, type Look, thereOf} from './state.js'

const loadBalancers: Look = async clients => {
  const sdk = await clients.loadBalancing()
  const all = await allPages(async marker => {
    const page = await sdk.describeLoadBalancers({Marker: marker})
    return {items: page.LoadBalancers, token: page.NextMarker}
  })
  return thereOf(all.map(({LoadBalancerArn}) => LoadBalancerArn))
}

/** All of the region: a call with ARNs fails as a whole when one of them is missing. */
const targetGroups: Look = async clients => {
  const sdk = await clients.loadBalancing()
  const all = await allPages(async marker => {
    const page = await sdk.describeTargetGroups({Marker: marker})
    return {items: page.TargetGroups, token: page.NextMarker}
  })
  return thereOf(all.map(({TargetGroupArn}) => TargetGroupArn))
}

/** By load balancer, for the same reason: `…:listener/app/NAME/ID/ID` belongs to `…:loadbalancer/app/NAME/ID`. */
const listeners: Look = async (clients, ids) => {
  const sdk = await clients.loadBalancing()
  const balancers = new Set(ids.map(id => withoutLast(id).replace(':listener/', ':loadbalancer/')))
  const found = await Promise.all(
    [...balancers].map(arn =>
      unlessAbsent(
        () =>
          allPages(async marker => {
            const page = await sdk.describeListeners({LoadBalancerArn: arn, Marker: marker})
            return {items: page.Listeners, token: page.NextMarker}
          }),
        error => isNamed(error, 'LoadBalancerNotFoundException'),
        [],
      ),
    ),
  )
  return new Map(
    found.flat().map(({ListenerArn = '', Port = 0, DefaultActions = [], Certificates = []}) => {
      const state: LiveState = {
        ...{is: 'listener', port: Port, targetGroups: forwardedTo(DefaultActions)},
        certificate: Certificates[0]?.CertificateArn,
      }
      return [ListenerArn, state]
    }),
  )
}

/** By listener: `…:listener-rule/app/NAME/ID/LISTENER/ID` belongs to `…:listener/app/NAME/ID/LISTENER`. */
const rules: Look = async (clients, ids) => {
  const sdk = await clients.loadBalancing()
  const owners = new Set(ids.map(id => withoutLast(id).replace(':listener-rule/', ':listener/')))
  const found = await Promise.all(
    [...owners].map(arn =>
      unlessAbsent(
        () =>
          allPages(async marker => {
            const page = await sdk.describeRules({ListenerArn: arn, Marker: marker})
            return {items: page.Rules, token: page.NextMarker}
          }),
        error => isNamed(error, 'ListenerNotFoundException'),
        [],
      ),
    ),
  )
  return thereOf(found.flat().map(({RuleArn}) => RuleArn))
}

const withoutLast = (path: string): string => path.slice(0, path.lastIndexOf('/'))

export const balancingLooks: Readonly<Record<string, Look>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancers,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroups,
  'AWS::ElasticLoadBalancingV2::Listener': listeners,
  'AWS::ElasticLoadBalancingV2::ListenerRule': rules,
}
