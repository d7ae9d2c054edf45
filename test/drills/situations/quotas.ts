import type {Situation} from '../harness/rule-drill.js'

/** What the advice asks for is granted: to the number that its command has, which must be enough. */
function quota(rule: string, code: string, value: number, skipped = ''): Situation {
  return {
    rule,
    start: 'empty',
    command: `mcpgw deploy --layout individual${skipped && ` --skip-check ${skipped}`}`,
    faults: () => [`quota ${code} value=${value}`],
    lasting: true,
  }
}

/** A quota is used up, and whoever deploys did not let the preflight look. */
export const quotas: readonly Situation[] = [
  quota('elastic-ip-limit', 'L-0263D0A3', 2, 'elastic-ips'),
  quota('vpc-limit', 'L-F678F1CE', 0, 'vpcs'),
  // AWS has it follow the quota of VPCs, which the advice raises; the embedded account counts the two by themselves.
  {...quota('internet-gateway-limit', 'L-A4707A72', 0), lasting: undefined},
  quota('security-group-limit', 'L-E79EC296', 1),
  quota('security-group-rule-limit', 'L-0EA8095F', 2),
  {...quota('load-balancer-limit', 'L-53DA6B97', 0, 'load-balancers'), start: 'network-and-data'},
]
