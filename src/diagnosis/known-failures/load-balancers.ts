import type {KnownFailure} from './known-failure.js'

/** Load balancers, listeners and target groups. */
export const loadBalancers: readonly KnownFailure[] = [
  {
    id: 'load-balancers-not-allowed',
    reason: /account currently does not support creating load balancers/,
    meaning:
      'AWS does not yet let this account create load balancers, as is common for accounts that are new or not verified.',
    advice:
      'Open a case with AWS Support (Account and billing, free) and quote the message; this takes from a few hours to a day. Until then, use another account.',
  },
  {
    id: 'target-group-attached-twice',
    reason:
      /[Tt]arget groups? .*cannot be associated with more than one load balancer|TargetGroupAssociationLimit/,
    meaning:
      'A target group is already associated with another load balancer: one that an earlier attempt left behind, or that someone created by hand.',
    advice:
      'Delete the load balancer that it is associated with (EC2 console, Target groups, column "Load balancer").',
  },
  {
    id: 'target-group-without-listener',
    reason: /does not have an associated load balancer/,
    meaning:
      'No listener of the load balancer forwards to the target group of a service, or none does any longer.',
    advice: 'Run `mcpgw deploy --repair`: it restores the listener before it creates the services.',
  },
  {
    id: 'load-balancer-name-taken',
    reason: /A load balancer with the same name '\S+' exists|DuplicateLoadBalancerName/,
    meaning: 'Another load balancer has a name that the environment uses.',
    advice:
      'Delete it if it is left over (EC2 console, Load balancers), or deploy with another `--environment`.',
  },
  {
    id: 'target-group-name-taken',
    reason: /A target group with the same name '\S+' exists|DuplicateTargetGroupName/,
    meaning: 'Another target group has a name that the environment uses.',
    advice:
      'Delete it if it is left over (EC2 console, Target groups), or deploy with another `--environment`.',
  },
  {
    id: 'listener-exists',
    reason: /A listener already exists on this port for this load balancer|DuplicateListener/,
    meaning: 'The load balancer already has a listener on that port: someone added a listener by hand.',
    advice:
      'Run `mcpgw deploy --repair`: where the listener of the environment is missing, it names the other one and the command that deletes it. Otherwise, see EC2 console, Load balancers, Listeners.',
  },
  {
    id: 'rule-priority-taken',
    reason: /Priority '\d+' is currently in use|PriorityInUse/,
    meaning: 'The listener already has a rule with that priority: someone added it by hand.',
    advice:
      'Run `mcpgw deploy --repair`: where the rule of the environment is missing, it names the other one and the command that deletes it. Otherwise, see EC2 console, Load balancers, Listeners and rules.',
  },
  {
    id: 'certificate-unusable',
    types: /^AWS::ElasticLoadBalancingV2::/,
    reason:
      /certificate '?\S+'? (must have a fully-qualified domain name|was not found|not found|is not valid)|UnsupportedCertificate|CertificateNotFound/i,
    meaning:
      'The load balancer cannot use the certificate: somebody deleted it, or it is not issued. The stacks request those of the environment themselves, and wait until they are issued.',
    advice:
      'Find out who or what deletes certificates (CloudTrail, event DeleteCertificate), then deploy again: what was rolled back is requested anew. If one is gone from a stack that stands, `mcpgw verify` names it and the command that brings it back.',
  },
]
