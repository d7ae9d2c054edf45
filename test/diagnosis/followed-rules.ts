/** A drill that makes the situation of a rule and follows its advice, beside those of test/drills/situations. */
export interface Elsewhere {
  /** From the folder of the drills. */
  file: string
  /** As the file has it. */
  title: string
}

export const followedElsewhere: Readonly<Record<string, Elsewhere>> = {
  'secret-missing-at-deletion': {
    file: 'foreign.test.ts',
    title: 'keeps the database, which is deleted by hand as advised; then all goes',
  },
  'boundary-demanded': {
    file: 'preflight-advice.test.ts',
    title: 'an organization that demands a permissions boundary gets one',
  },
  'deployment-circuit-breaker': {file: 'table/builds.ts', title: 'a task never finds its image'},
}

/** Rules whose situation no drill makes, by why. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'The embedded account has no operation for a command that the advice prints.': [
    'iam-attachment-limit',
    'found-by-early-validation',
    'alias-exists',
    'function-exists',
    'boundary-missing',
    'linked-role-denied',
    'service-role-unusable',
    'certificate-unusable',
    'database-class',
    'cloudfront-name-taken',
    'refused-by-hook',
    'certificate-in-use',
    'network-interface-in-use',
  ],
  'It comes of the value of a parameter, and the advice is another value; most of these mcpgw refuses before AWS is asked.':
    [
      'name-too-long',
      'subnet-conflict',
      'invalid-range',
      'prefix-list-missing',
      'database-version',
      'database-downgrade',
      'database-password',
      'database-user',
      'fargate-size',
      'source-missing',
      'subscription-invalid',
      'parameter-does-not-exist',
      'parameter-missing',
      'image-set-unusable',
    ],
  'It needs a domain that is registered, and a hosted zone that the world asks.': [
    'certificate-limit',
    'cloudfront-certificate',
    'certificate-not-validated',
    'hosted-zone-missing',
    'record-exists',
    'record-conflict',
    'record-outside-zone',
    'hosted-zone-not-empty',
  ],
  'The advice is another region: the environment would stand there, and the drills look at one region.': [
    'too-few-zones',
    'zone-without-subnets',
    'database-zones',
    'file-system-zone',
    'type-unavailable',
  ],
  'The templates that come with mcpgw, and how it uses them, rule it out: it befalls those of others.': [
    'template-too-large',
    'template-invalid',
    'invalid-property',
    'key-policy-lockout',
    'bucket-not-empty',
    'export-in-use',
    'in-another-stack',
  ],
  'Somebody changes what a stack is about to make, in the minutes in which it is made: no fault does that yet.':
    [
      'private-dns-conflict',
      'rule-exists',
      'route-exists',
      'target-group-attached-twice',
      'namespace-conflict',
      'custom-resource-not-invoked',
    ],
  'Amazon RDS refuses what the embedded account grants, and the words are bound to the type of the resource.':
    [
      'database-limit',
      'database-exists',
      'database-proxy-targets',
      'database-proxy-time-out',
      'key-not-usable',
    ],
}

export const notFollowed: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, ids]) => ids.map(id => [id, reason] as const)),
)
