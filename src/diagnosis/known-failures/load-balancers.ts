import type {KnownFailure} from './known-failure.js'

/** Load balancers, listeners and target groups. */
export const loadBalancers: readonly KnownFailure[] = [
  {
    id: 'load-balancers-not-allowed',
    reason: /account currently does not support creating load balancers/,
    meaning:
      'AWS does not let this account make load balancers, as it does with accounts that are new or not verified.',
    advice:
      'Open a case with AWS Support (Account and billing, free) and quote the message; it takes hours to a day. Until then use another account.',
  },
  {
    id: 'target-group-attached-twice',
    reason:
      /[Tt]arget groups? .*cannot be associated with more than one load balancer|TargetGroupAssociationLimit/,
    meaning:
      'A target group belongs to another load balancer already: one that an earlier attempt left behind, or that somebody made.',
    advice: 'Delete the load balancer that has it (EC2 console, Target groups, column "Load balancer").',
  },
  {
    id: 'target-group-without-listener',
    reason: /does not have an associated load balancer/,
    meaning:
      'A service was to be put behind a load balancer whose listener does not send to its target group (any more).',
    advice: 'Run `mcpgw deploy --repair`: it puts the listener back before it makes the services.',
  },
  {
    id: 'load-balancer-name-taken',
    reason: /A load balancer with the same name '\S+' exists|DuplicateLoadBalancerName/,
    meaning: 'Another load balancer has the name that the environment uses.',
    advice:
      'Delete it if it is left over (EC2 console, Load balancers), or deploy under another `--environment`.',
  },
  {
    id: 'target-group-name-taken',
    reason: /A target group with the same name '\S+' exists|DuplicateTargetGroupName/,
    meaning: 'Another target group has the name that the environment uses.',
    advice:
      'Delete it if it is left over (EC2 console, Target groups), or deploy under another `--environment`.',
  },
  {
    id: 'listener-exists',
    reason: /A listener already exists on this port for this load balancer|DuplicateListener/,
    meaning: 'The load balancer listens on that port already: somebody added a listener by hand.',
    advice:
      'Run `mcpgw deploy --repair`: where the listener of the environment is missing, it names the other one and the command that deletes it. Else see EC2 console, Load balancers, Listeners.',
  },
  {
    id: 'rule-priority-taken',
    reason: /Priority '\d+' is currently in use|PriorityInUse/,
    meaning: 'The listener has another rule with that priority: somebody added it by hand.',
    advice:
      'Run `mcpgw deploy --repair`: where the rule of the environment is missing, it names the other one and the command that deletes it. Else see EC2 console, Load balancers, Listeners and rules.',
  },
  {
    id: 'certificate-unusable',
    types: /^AWS::ElasticLoadBalancingV2::/,
    reason:
      /certificate '?\S+'? (must have a fully-qualified domain name|was not found|not found|is not valid)|UnsupportedCertificate|CertificateNotFound/i,
    meaning:
      'The load balancer cannot use the certificate: it is not issued (yet), is in another region, or is of a kind that it does not take.',
    advice: [
      'Look at it: `aws acm describe-certificate --certificate-arn {certificate} --query Certificate.Status`; it must be ISSUED and in the region of the environment.',
      'Look at it in the ACM console: it must be ISSUED and in the region of the environment.',
    ],
  },
]
